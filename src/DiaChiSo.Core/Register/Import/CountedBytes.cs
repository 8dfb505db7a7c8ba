using System.Security.Cryptography;

namespace DiaChiSo.Core.Register.Import;

/// <summary>A file on its way through: its SHA-256 and how far it was read are known without reading it twice.</summary>
internal sealed class CountedBytes : Stream
{
    private const int LookedAt = 1 << 16;

    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] beginning;
    private long read;

    public CountedBytes(string path)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18, FileOptions.SequentialScan);
        beginning = new byte[(int)Math.Min(LookedAt, file.Length)];
        file.ReadExactly(beginning);
        file.Position = 0;
    }

    /// <summary>The first bytes, at most 64 KiB; they come again when it is read.</summary>
    public ReadOnlySpan<byte> Beginning => beginning;

    public double Done => file.Length == 0 ? 1 : Math.Min(1, read / (double)file.Length);

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(buffer);
        hash.AppendData(buffer[..count]);
        read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public void ReadToEnd()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
        {
        }
    }

    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        hash.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => file.Length;
    public override long Position { get => read; set => throw new NotSupportedException(); }
    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
