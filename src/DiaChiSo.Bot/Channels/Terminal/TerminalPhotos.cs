using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Terminal;

/// <summary>"!photo plate.jpg": a picture on this machine, looked at before it is said. "!photo qr:3260612345" and the like need none.</summary>
internal sealed class TerminalPhotos(PhotoDecoder decoder)
{
    /// <returns>Null: there is no such file.</returns>
    public async Task<SentPhoto?> See(SentPhoto typed, CancellationToken ct)
    {
        if (PhotoScript.Read(typed.FileKey) is { } written)
        {
            return typed with { Sight = written };
        }
        // A name with spaces, or a name and a caption behind it.
        var whole = typed.Caption is null ? typed.FileKey : $"{typed.FileKey} {typed.Caption}";
        var (file, caption) = File.Exists(whole) ? (whole, null) : (typed.FileKey, typed.Caption);
        try
        {
            return File.Exists(file)
                ? new SentPhoto("terminal", caption) { Sight = new FileInfo(file).Length > Limits.PhotoBytes ? new(PhotoHolds.NotReadable) : await decoder.Look(await File.ReadAllBytesAsync(file, ct), ct) }
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As it is written down in a golden chat, where no file of this machine is.</summary>
    public static string Line(SentPhoto photo) => $"!photo {PhotoScript.Of(photo.Sight!)} {photo.Caption}".TrimEnd();
}
