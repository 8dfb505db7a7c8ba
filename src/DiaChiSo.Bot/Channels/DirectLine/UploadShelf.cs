using System.Security.Cryptography;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// Pictures that a client uploaded, so that the clients of its conversation can draw them again: in memory for a few minutes, never on the disk.
/// Their addresses cannot be guessed. A client shows the file's name when the picture is gone.
/// </summary>
internal sealed class UploadShelf(TimeProvider time)
{
    public const string Path = "/v3/directline/uploads/";

    private const long MostBytes = 32 * 1024 * 1024;

    private readonly Lock guard = new();
    private readonly Dictionary<string, (byte[] Bytes, string Type, DateTimeOffset Until)> standing = [];
    private readonly Queue<string> oldestFirst = [];
    private long bytes;

    /// <summary>Its path on this host; null for what no browser should be handed back from here: only JPEG, PNG and WebP, by their first bytes.</summary>
    public string? Put(byte[] file)
    {
        if (TypeOf(file) is not { } type || file.Length > MostBytes)
        {
            return null;
        }
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        lock (guard)
        {
            // What is newer is what is being looked at.
            while (oldestFirst.Count > 0 && (bytes + file.Length > MostBytes || !IsGood(oldestFirst.Peek())))
            {
                TakeAway(oldestFirst.Dequeue());
            }
            standing.Add(key, (file, type, time.GetUtcNow() + Limits.UploadShown));
            oldestFirst.Enqueue(key);
            bytes += file.Length;
        }
        return Path + key;
    }

    /// <summary>Null: it was never there, or its time is over.</summary>
    public (byte[] Bytes, string Type)? Find(string key)
    {
        lock (guard)
        {
            return IsGood(key) ? (standing[key].Bytes, standing[key].Type) : null;
        }
    }

    /// <summary>Whether the picture behind this path (as <see cref="Put"/> gave it) is still there.</summary>
    public bool Has(string path)
    {
        lock (guard)
        {
            return IsGood(path[Path.Length..]);
        }
    }

    private bool IsGood(string key) => standing.TryGetValue(key, out var one) && one.Until > time.GetUtcNow();

    private void TakeAway(string key)
    {
        if (standing.Remove(key, out var one))
        {
            bytes -= one.Bytes.Length;
        }
    }

    // What a client calls its file says nothing: a page that is served from here as a "picture" would run as one of ours.
    private static string? TypeOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;
}
