using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>A photo by its file id: asked for (getFile), then downloaded, into memory and no further than the limit.</summary>
internal sealed class TelegramPhotos(TelegramLine line, TimeProvider time) : IPhotoSource
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(15);

    public string Channel => TelegramLine.Channel;

    public async Task<byte[]> Fetch(string fileKey, CancellationToken ct)
    {
        try
        {
            var file = await line.Client.GetFile(fileKey, ct);
            if (file.FileSize > Limits.PhotoBytes)
            {
                throw new PhotoFault(PhotoHolds.NotReadable);
            }
            // What the server says of the size and what it sends are two things.
            using var photo = new LimitedMemory(Limits.PhotoBytes);
            await line.Client.DownloadFile(file.FilePath!, photo, ct);
            return photo.ToArray();
        }
        // 429: asked to wait. A wait that is longer than the person's patience ends here.
        catch (ApiRequestException fault) when (fault.Parameters?.RetryAfter is { } seconds)
        {
            var wait = TimeSpan.FromSeconds(seconds);
            if (wait > LongestPatience)
            {
                throw new PhotoFault(PhotoHolds.NotFetched);
            }
            await Task.Delay(wait, time, ct);
            throw;
        }
        // 400: too big for a bot (20 MB), or an id that is no good any more. The same question has the same answer.
        catch (ApiRequestException fault) when (fault.ErrorCode == 400)
        {
            throw new PhotoFault(fault.Message.Contains("too big", StringComparison.OrdinalIgnoreCase) ? PhotoHolds.NotReadable : PhotoHolds.NotFetched);
        }
    }

    // Not derived from MemoryStream: its Write(span) and Write(array) call each other where a class derives from it.
    private sealed class LimitedMemory(int most) : Stream
    {
        private readonly MemoryStream held = new();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => held.Length;
        public override long Position { get => held.Position; set => throw new NotSupportedException(); }

        public byte[] ToArray() => held.ToArray();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (held.Length + count > most)
            {
                throw new PhotoFault(PhotoHolds.NotReadable);
            }
            held.Write(buffer, offset, count);
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            held.Dispose();
            base.Dispose(disposing);
        }
    }
}
