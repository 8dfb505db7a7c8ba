using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Plates;

public static partial class Sketch
{
    private static byte[] DrawAround(GeoPoint standing, IReadOnlyList<SketchPoint> candidates, string language) => [];
    private static byte[] DrawMoved(GeoPoint from, GeoPoint to, IReadOnlyList<SketchPoint> nearby, string language) => [];
}
