using System.Buffers;
using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Places;

/// <summary>What the page sends: <c>{"latitude":…,"longitude":…,"accuracy":…}</c>, or <c>{"words":"21.85630, 103.32910"}</c> as a person types a place.</summary>
internal static class HandedPlace
{
    /// <summary>A position has a hundred bytes, a pasted link of a map a few hundred.</summary>
    private const int LargestBody = 4 * 1024;

    /// <summary>A phone that knows itself no better than this does not know where it is (metres).</summary>
    private const double WorstAccuracy = 100_000;

    /// <returns>Null: no position, or too much of it. Nothing of what was sent is repeated anywhere.</returns>
    public static async Task<SharedPlace?> Read(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType() || request.ContentLength > LargestBody)
        {
            return null;
        }
        var body = ArrayPool<byte>.Shared.Rent(LargestBody + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(body.AsMemory(0, LargestBody + 1), LargestBody + 1, throwOnEndOfStream: false, ct);
            return length > LargestBody ? null : Of(JsonElement.Parse(body.AsSpan(0, length)));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body, clearArray: true);
        }
    }

    private static SharedPlace? Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        if (body.TryGetProperty("words", out var words))
        {
            return words.ValueKind == JsonValueKind.String && GeoPoint.TryParse(words.GetString(), out var typed) ? new SharedPlace(typed) : null;
        }
        var accuracy = body.TryGetProperty("accuracy", out var given) && given.ValueKind != JsonValueKind.Null ? Number(given) : null;
        var isOdd = body.TryGetProperty("accuracy", out given) && given.ValueKind != JsonValueKind.Null && accuracy is not (> 0 and <= WorstAccuracy);
        return !isOdd && body.TryGetProperty("latitude", out var latitude) && body.TryGetProperty("longitude", out var longitude)
            && Number(latitude) is >= -90 and <= 90 and var north && Number(longitude) is >= -180 and <= 180 and var east
            ? new SharedPlace(new GeoPoint(north, east), accuracy) : null;
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
