using System.Security.Cryptography;
using System.Text;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>
/// <c>X-ZEvent-Signature: mac=hex</c>, hex = SHA-256 of application id + raw body + timestamp + the account's secret key: a plain hash, and
/// over the bytes as they came (channels.md §2a).
/// </summary>
internal static class Signature
{
    public const string Header = "X-ZEvent-Signature";
    public const string TimestampHeader = "X-ZEvent-Timestamp";

    /// <param name="signature">The header; with or without <c>mac=</c>.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="timestamps">Those that it may have been made with: the body's own, then the header's.</param>
    public static bool Fits(string signature, ReadOnlySpan<byte> body, IEnumerable<string?> timestamps, string appId, string secretKey)
    {
        var given = signature.Trim();
        if (given.StartsWith("mac=", StringComparison.OrdinalIgnoreCase))
        {
            given = given[4..];
        }
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        if (given.Length != 2 * SHA256.HashSizeInBytes || Convert.FromHexString(given, mac, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }
        var fits = false;
        foreach (var timestamp in timestamps)
        {
            if (timestamp is { Length: > 0 })
            {
                fits |= CryptographicOperations.FixedTimeEquals(mac, Of(body, appId, timestamp, secretKey));
            }
        }
        return fits;
    }

    public static byte[] Of(ReadOnlySpan<byte> body, string appId, string timestamp, string secretKey)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(appId));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(Encoding.UTF8.GetBytes(secretKey));
        return hash.GetHashAndReset();
    }
}
