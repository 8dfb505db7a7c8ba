using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Plates;

/// <summary>
/// A drawn sketch, without any map tiles: for a place where houses have no number, and for comparing an old with a new pin.
/// PNG, 720 pixels wide, readable at half of that.
/// </summary>
public static partial class Sketch
{
    /// <summary>The candidates, numbered as in the list beside the picture, around the person who stands in the middle.</summary>
    /// <param name="language">"vi" or "en".</param>
    public static byte[] Around(GeoPoint standing, IReadOnlyList<SketchPoint> candidates, string language = "vi") =>
        DrawAround(standing, candidates, language);

    /// <summary>Where the gate was and where it would be, with the metres between, and the addresses nearby (for a review).</summary>
    /// <param name="language">"vi" or "en".</param>
    public static byte[] Moved(GeoPoint from, GeoPoint to, IReadOnlyList<SketchPoint> nearby, string language = "vi") =>
        DrawMoved(from, to, nearby, language);
}

/// <summary>One thing on a sketch.</summary>
/// <param name="Number">As in the list beside the picture; 0 for a neighbour that is only there to be recognised.</param>
/// <param name="Label">A few words: "Trạm y tế", "Số 15"; may be empty.</param>
public sealed record SketchPoint(GeoPoint Place, int Number, string Label);
