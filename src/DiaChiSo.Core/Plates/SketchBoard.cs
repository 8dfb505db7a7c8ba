using DiaChiSo.Core.Register;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

/// <summary>The sheet of a sketch: metres around a middle, drawn with north at the top; and where words may still stand.</summary>
internal sealed partial class SketchBoard : IDisposable
{
    private const int Width = 720;
    private const int Height = 720;
    private const int FootHeight = 84;
    private const int Margin = 96;
    private const double SmallestReachMetres = 15;
    private const double LargestReachMetres = 20_000;

    private readonly SKSurface surface = SKSurface.Create(new SKImageInfo(Width, Height + FootHeight));
    private readonly GeoPoint middle;
    private readonly double pixelsPerMetre;

    /// <param name="shown">The places that the sketch is about; what lies further out than they do is left off.</param>
    public SketchBoard(GeoPoint middle, IEnumerable<GeoPoint> shown)
    {
        this.middle = middle;
        var reach = shown.Select(Reach).Append(SmallestReachMetres).Max();
        pixelsPerMetre = (Width / 2.0 - Margin) / Math.Min(reach, LargestReachMetres);
        Paper();

        double Reach(GeoPoint place)
        {
            var (east, north) = middle.MetresEastAndNorthTo(place);
            return Math.Max(Math.Abs(east), Math.Abs(north));
        }
    }

    public SKPoint Center { get; } = new(Width / 2f, Height / 2f);

    /// <summary>Where something is drawn already; words go elsewhere.</summary>
    public List<SKRect> Blocked { get; } = [new(Width - 92, 0, Width, 112)];

    private SKCanvas Canvas => surface.Canvas;

    public SKPoint At(GeoPoint place) => Inside(Straight(place), 14);

    public bool Holds(GeoPoint place) => Straight(place) is { X: > 24 and < Width - 24, Y: > 24 and < Height - 24 };

    public SKPoint Inside(SKPoint at, float edge) => new(Math.Clamp(at.X, edge, Width - edge), Math.Clamp(at.Y, edge, Height - edge));

    public static SKRect Around(SKPoint at, float radius) => new(at.X - radius, at.Y - radius, at.X + radius, at.Y + radius);

    public static SKPoint PushApart(SKPoint one, SKPoint other, bool isFirst, float room)
    {
        var away = one - other;
        var distance = away.Length;
        if (distance >= room)
        {
            return SKPoint.Empty;
        }
        var direction = distance < 0.5f ? new SKPoint(isFirst ? -0.8f : 0.8f, isFirst ? -0.6f : 0.6f) : new SKPoint(away.X / distance, away.Y / distance);
        var step = (room - distance) / 2;
        return new(direction.X * step, direction.Y * step);
    }

    /// <summary>Words beside a sign, on the first side that is free. False, and nothing drawn, where no side is.</summary>
    public bool Label(SKRect sign, string words, SKColor color, FontWeight weight, float size)
    {
        const float gap = 5;
        using var font = Ink.Font(weight, size);
        words = Fitted(words, font, Width * 0.64f);
        var width = font.MeasureText(words) + 16;
        var height = size * 1.35f;
        SKRect[] sides =
        [
            SKRect.Create(sign.MidX - width / 2, sign.Bottom + gap, width, height),
            SKRect.Create(sign.Right + gap, sign.MidY - height / 2, width, height),
            SKRect.Create(sign.Left - gap - width, sign.MidY - height / 2, width, height),
            SKRect.Create(sign.MidX - width / 2, sign.Top - gap - height, width, height),
            SKRect.Create(sign.Right - gap, sign.Bottom - gap, width, height),
            SKRect.Create(sign.Left + gap - width, sign.Bottom - gap, width, height),
            SKRect.Create(sign.Right - gap, sign.Top + gap - height, width, height),
            SKRect.Create(sign.Left + gap - width, sign.Top + gap - height, width, height),
        ];
        var free = sides.FirstOrDefault(side => IsOnSheet(side) && !Blocked.Any(blocked => blocked.IntersectsWith(side)));
        if (free == default)
        {
            return false;
        }
        Blocked.Add(free);
        using var paper = Ink.Fill(SketchColors.Paper.WithAlpha(225));
        using var ink = Ink.Fill(color);
        Canvas.DrawRoundRect(free, 8, 8, paper);
        Canvas.DrawText(words, free.MidX, free.MidY + size * 0.36f, SKTextAlign.Center, font, ink);
        return true;
    }

    public byte[] Png() => Ink.Png(surface);

    public void Dispose() => surface.Dispose();

    internal static int RoundMetres(double metres)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, metres))));
        var lead = metres / power;
        return (int)(power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1));
    }

    private static bool IsOnSheet(SKRect side) => side.Left >= 4 && side.Top >= 4 && side.Right <= Width - 4 && side.Bottom <= Height - 4;

    private SKPoint Straight(GeoPoint place)
    {
        var (east, north) = middle.MetresEastAndNorthTo(place);
        return new(Center.X + (float)(east * pixelsPerMetre), Center.Y - (float)(north * pixelsPerMetre));
    }

    private static string Fitted(string words, SKFont font, float width)
    {
        if (font.MeasureText(words) <= width)
        {
            return words;
        }
        while (words.Length > 1 && font.MeasureText(words + "…") > width)
        {
            words = words[..^1].TrimEnd();
        }
        return words + "…";
    }

    private void Paper()
    {
        Canvas.Clear(SKColors.White);
        using var paper = Ink.Fill(SketchColors.Paper);
        Canvas.DrawRect(0, 0, Width, Height, paper);
        // Rings of round metres: how far is far, without reading the scale.
        using var ring = Ink.Line(SketchColors.Grid, 2.5f);
        Canvas.Save();
        Canvas.ClipRect(new(0, 0, Width, Height));
        var step = RoundMetres(150 / pixelsPerMetre) * pixelsPerMetre;
        for (var radius = step; radius < Width * 0.8; radius += step)
        {
            Canvas.DrawCircle(Center, (float)radius, ring);
        }
        Canvas.Restore();
        using var frame = Ink.Line(SketchColors.Frame, 2);
        Canvas.DrawLine(0, Height, Width, Height, frame);
    }
}
