using DiaChiSo.Core.Register;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

internal enum FontWeight { Regular, SemiBold }

/// <summary>Type and paint for everything that is drawn: one typeface (Be Vietnam Pro, OFL, embedded), so that a picture is the same on every machine.</summary>
internal static class Ink
{
    private static readonly SKTypeface Regular = Typeface("BeVietnamPro-Regular.ttf");
    private static readonly SKTypeface SemiBold = Typeface("BeVietnamPro-SemiBold.ttf");

    public static SKFont Font(FontWeight weight, float pixels) =>
        new(weight == FontWeight.SemiBold ? SemiBold : Regular, pixels) { Edging = SKFontEdging.Antialias, Subpixel = true };

    public static SKPaint Fill(SKColor color) => new() { Color = color, IsAntialias = true };

    public static SKPaint Line(SKColor color, float width) =>
        new() { Color = color, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };

    public static byte[] Png(SKSurface surface)
    {
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static SKTypeface Typeface(string file)
    {
        using var stream = CoreData.Open($"Plates.Fonts.{file}");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The embedded font {file} cannot be read.");
    }
}
