using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Photos;

/// <summary>
/// Photos of a channel that brings the bytes with the message, between their arrival and the decoder: in memory, never on the disk. What is
/// lost with the process is answered with "send it again".
/// </summary>
internal sealed class PhotoTray(string channel, TimeProvider time) : IPhotoSource
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly Lock guard = new();
    private readonly Dictionary<string, (byte[] Photo, DateTimeOffset Since)> lying = [];
    private long bytes;

    public string Channel => channel;

    /// <summary>How many photos lie here.</summary>
    public int Count
    {
        get
        {
            lock (guard)
            {
                return lying.Count;
            }
        }
    }

    /// <summary>Lays it down until it is fetched. False: there is no room.</summary>
    public bool Lay(string key, byte[] photo)
    {
        lock (guard)
        {
            foreach (var (old, _) in lying.Where(one => time.GetUtcNow() - one.Value.Since > 2 * Limits.PhotoLookedAtWithin).ToList())
            {
                Take(old);
            }
            if (!lying.ContainsKey(key) && bytes + photo.Length <= MostBytes)
            {
                lying.Add(key, (photo, time.GetUtcNow()));
                bytes += photo.Length;
            }
            return lying.ContainsKey(key);
        }
    }

    public Task<byte[]> Fetch(string fileKey, CancellationToken ct)
    {
        lock (guard)
        {
            return Task.FromResult(Take(fileKey) ?? throw new PhotoFault(PhotoHolds.NotFetched));
        }
    }

    private byte[]? Take(string key)
    {
        if (!lying.Remove(key, out var one))
        {
            return null;
        }
        bytes -= one.Photo.Length;
        return one.Photo;
    }
}
