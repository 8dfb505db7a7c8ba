using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Plates;

/// <summary>
/// What a page says of a sketch that is to be drawn (<c>![…](sketch:{sketch})</c>): either <see cref="Standing"/> with numbered candidates
/// around, or <see cref="From"/> and <see cref="To"/> with the addresses nearby. It goes through the outbox, so it holds no person's words.
/// </summary>
/// <param name="Points">At most a handful (<see cref="IAddressRegister.Most"/>); WGS-84 degrees.</param>
/// <param name="Language">"vi" or "en".</param>
public sealed record SketchArgument(IReadOnlyList<SketchPoint> Points, string Language)
{
    /// <summary>Where the person stands.</summary>
    public GeoPoint? Standing { get; init; }

    /// <summary>The gate on record.</summary>
    public GeoPoint? From { get; init; }

    /// <summary>The gate as it would be.</summary>
    public GeoPoint? To { get; init; }

    /// <summary>As it stands in the page; empty where there is nothing to draw, so that the picture's line is dropped.</summary>
    public string InPage() => Standing is null && (From is null || To is null) ? "" : JsonSerializer.Serialize(this, Saved.Json);

    /// <summary>The picture (PNG) of what stands in a page.</summary>
    /// <exception cref="JsonException">It was not written by <see cref="InPage"/>.</exception>
    public static byte[] Draw(string inPage) => JsonSerializer.Deserialize<SketchArgument>(inPage, Saved.Json) switch
    {
        { Standing: { } standing } around => Sketch.Around(standing, around.Points, around.Language),
        { From: { } from, To: { } to } moved => Sketch.Moved(from, to, moved.Points, moved.Language),
        _ => throw new JsonException("A sketch has either a place to stand or an old and a new gate."),
    };
}
