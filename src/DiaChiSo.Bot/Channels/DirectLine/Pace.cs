using System.Net;
using System.Net.Sockets;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// So many a minute for each key: a bucket that fills steadily and holds one minute's worth. In memory, per process; a restart forgives.
/// </summary>
public sealed class Pace(TimeProvider time)
{
    private const int MostKeys = 50_000;

    private readonly Lock guard = new();
    private readonly Dictionary<string, (double Left, DateTimeOffset At)> buckets = [];

    /// <summary>Null when it may go on; otherwise how long to wait.</summary>
    public TimeSpan? Take(string key, int perMinute)
    {
        var now = time.GetUtcNow();
        lock (guard)
        {
            if (buckets.Count >= MostKeys)
            {
                DropFull(now);
            }
            var bucket = buckets.GetValueOrDefault(key, (Left: perMinute, At: now));
            var left = Math.Min(perMinute, bucket.Left + (now - bucket.At).TotalMinutes * perMinute);
            if (left < 1)
            {
                return TimeSpan.FromMinutes((1 - left) / perMinute);
            }
            buckets[key] = (left - 1, now);
            return null;
        }
    }

    /// <summary>One household or one SIM: an IPv4 address, or the /64 of an IPv6 one.</summary>
    public static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "?";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    // What was not asked for a minute is full again and need not be remembered.
    private void DropFull(DateTimeOffset now)
    {
        foreach (var key in buckets.Where(bucket => now - bucket.Value.At >= TimeSpan.FromMinutes(1)).Select(bucket => bucket.Key).ToList())
        {
            buckets.Remove(key);
        }
        if (buckets.Count >= MostKeys)
        {
            buckets.Clear();
        }
    }
}
