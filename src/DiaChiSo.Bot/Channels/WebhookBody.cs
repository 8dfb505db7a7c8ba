using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DiaChiSo.Bot.Channels;

/// <summary>What a channel brings to a webhook: read as bytes and no further than a limit, because whoever knows the address may send anything.</summary>
internal static class WebhookBody
{
    /// <returns>Null: larger than <paramref name="most"/> bytes.</returns>
    public static async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request, int most, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(piece, ct)) > 0)
        {
            if (body.Length + read > most)
            {
                return null;
            }
            body.Write(piece, 0, read);
        }
        return body.ToArray();
    }

    /// <returns>Null: too large, or no JSON. It would be no better the next time, so such a thing is answered with 200.</returns>
    public static async Task<JsonElement?> ReadJson(HttpRequest request, int most, CancellationToken ct)
    {
        try
        {
            return await Read(request, most, ct) is { } body ? JsonElement.Parse(body.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the header says the secret. Hashes are of one length, so the comparison tells nothing by its time.</summary>
    public static bool HasSecret(HttpRequest request, string header, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(request.Headers[header].ToString()), Hash(secret));

    private static byte[] Hash(string words) => SHA256.HashData(Encoding.UTF8.GetBytes(words));
}
