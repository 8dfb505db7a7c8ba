using System.Globalization;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

/// <summary>Colours that stay apart for people who see red and green alike, and on a dim screen in the sun.</summary>
internal static class SketchColors
{
    public static readonly SKColor Paper = new(0xFA, 0xF7, 0xF0);
    public static readonly SKColor Grid = new(0xE9, 0xE2, 0xD3);
    public static readonly SKColor Frame = new(0xCF, 0xC5, 0xB0);
    public static readonly SKColor Ink = new(0x1E, 0x29, 0x3B);
    public static readonly SKColor Quiet = new(0x57, 0x61, 0x70);
    public static readonly SKColor Badge = new(0x0B, 0x4F, 0x6C);
    public static readonly SKColor You = new(0xB4, 0x3A, 0x0B);
    public static readonly SKColor Old = new(0x6B, 0x72, 0x80);
    public static readonly SKColor New = new(0xB4, 0x3A, 0x0B);
}

/// <summary>The signs that stand on the sheet.</summary>
internal sealed partial class SketchBoard
{
    private const float ShortestArrow = 90;

    public void Thread(SKPoint from, SKPoint to)
    {
        using var line = Ink.Line(SketchColors.Badge.WithAlpha(70), 2.5f);
        line.PathEffect = SKPathEffect.CreateDash([2, 9], 0);
        Canvas.DrawLine(from, to, line);
    }

    public void Leader(SKPoint truly, SKPoint at)
    {
        using var line = Ink.Line(SketchColors.Badge, 3);
        using var dot = Ink.Fill(SketchColors.Badge);
        Canvas.DrawLine(truly, at, line);
        Canvas.DrawCircle(truly, 6, dot);
    }

    public void Badge(SKPoint at, int number, float radius)
    {
        using var rim = Ink.Fill(SKColors.White);
        using var fill = Ink.Fill(SketchColors.Badge);
        using var font = Ink.Font(FontWeight.SemiBold, 34);
        Canvas.DrawCircle(at, radius + 4, rim);
        Canvas.DrawCircle(at, radius, fill);
        Canvas.DrawText(number.ToString(CultureInfo.InvariantCulture), at.X, at.Y + 12, SKTextAlign.Center, font, rim);
    }

    /// <summary>A neighbour: a little house, quiet beside the numbers.</summary>
    public void Neighbour(SKPoint at)
    {
        using var house = new SKPath();
        house.MoveTo(at.X - 11, at.Y + 10);
        house.LineTo(at.X - 11, at.Y - 2);
        house.LineTo(at.X, at.Y - 12);
        house.LineTo(at.X + 11, at.Y - 2);
        house.LineTo(at.X + 11, at.Y + 10);
        house.Close();
        using var fill = Ink.Fill(new SKColor(0xE3, 0xDC, 0xCB));
        using var line = Ink.Line(SketchColors.Quiet, 2.5f);
        Canvas.DrawPath(house, fill);
        Canvas.DrawPath(house, line);
    }

    /// <summary>Somebody standing: rings like a phone's own position mark.</summary>
    public void Person(SKPoint at)
    {
        using var halo = Ink.Fill(SketchColors.You.WithAlpha(46));
        using var rim = Ink.Fill(SKColors.White);
        using var dot = Ink.Fill(SketchColors.You);
        Canvas.DrawCircle(at, 32, halo);
        Canvas.DrawCircle(at, 18, rim);
        Canvas.DrawCircle(at, 13, dot);
    }

    /// <summary>A pin whose point is at the place. Hollow and filled differ without colour.</summary>
    public void Pin(SKPoint at, SKColor color, bool isHollow)
    {
        using var shape = new SKPath();
        shape.MoveTo(at.X, at.Y);
        shape.CubicTo(at.X - 6, at.Y - 16, at.X - 22, at.Y - 24, at.X - 22, at.Y - 42);
        shape.ArcTo(22, 22, 0, SKPathArcSize.Large, SKPathDirection.Clockwise, at.X + 22, at.Y - 42);
        shape.CubicTo(at.X + 22, at.Y - 24, at.X + 6, at.Y - 16, at.X, at.Y);
        shape.Close();
        using var rim = Ink.Line(SKColors.White, 9);
        using var fill = Ink.Fill(isHollow ? SKColors.White : color);
        using var line = Ink.Line(color, 5);
        using var eye = Ink.Fill(isHollow ? color : SKColors.White);
        Canvas.DrawPath(shape, rim);
        Canvas.DrawPath(shape, fill);
        Canvas.DrawPath(shape, line);
        Canvas.DrawCircle(at.X, at.Y - 43, 8, eye);
        Blocked.Add(PinAt(at));
    }

    public static SKRect PinAt(SKPoint at) => new(at.X - 26, at.Y - 68, at.X + 26, at.Y + 2);

    public void Arrow(SKPoint from, SKPoint to)
    {
        var way = to - from;
        if (way.Length < ShortestArrow)
        {
            return;
        }
        for (var along = 12f; along < way.Length; along += 12)
        {
            Blocked.Add(Around(new(from.X + way.X * along / way.Length, from.Y + way.Y * along / way.Length), 9));
        }
        var (x, y) = (way.X / way.Length, way.Y / way.Length);
        using var line = Ink.Line(SketchColors.New, 5);
        line.PathEffect = SKPathEffect.CreateDash([12, 11], 0);
        Canvas.DrawLine(from.X + x * 10, from.Y + y * 10, to.X - x * 16, to.Y - y * 16, line);
        using var head = new SKPath();
        head.MoveTo(to.X - x * 6, to.Y - y * 6);
        head.LineTo(to.X - x * 28 - y * 11, to.Y - y * 28 + x * 11);
        head.LineTo(to.X - x * 28 + y * 11, to.Y - y * 28 - x * 11);
        head.Close();
        using var fill = Ink.Fill(SketchColors.New);
        Canvas.DrawPath(head, fill);
    }

    public void NorthArrow(string language)
    {
        var at = new SKPoint(Width - 48, 62);
        using var left = new SKPath();
        left.MoveTo(at.X, at.Y - 40);
        left.LineTo(at.X - 16, at.Y + 14);
        left.LineTo(at.X, at.Y + 4);
        left.Close();
        using var right = new SKPath();
        right.MoveTo(at.X, at.Y - 40);
        right.LineTo(at.X + 16, at.Y + 14);
        right.LineTo(at.X, at.Y + 4);
        right.Close();
        using var ink = Ink.Fill(SketchColors.Ink);
        using var line = Ink.Line(SketchColors.Ink, 2.5f);
        using var white = Ink.Fill(SKColors.White);
        Canvas.DrawPath(right, white);
        Canvas.DrawPath(left, ink);
        Canvas.DrawPath(left, line);
        Canvas.DrawPath(right, line);
        using var font = Ink.Font(FontWeight.SemiBold, 24);
        Canvas.DrawText(language == "en" ? "North" : "Bắc", at.X, at.Y + 42, SKTextAlign.Center, font, ink);
    }

    /// <summary>A bar of a round number of metres beneath the sketch, and a few words at the other side.</summary>
    public void Foot(string beside, SKColor color, bool withDot)
    {
        var metres = RoundMetres(190 / pixelsPerMetre);
        var length = (float)(metres * pixelsPerMetre);
        const float left = 28;
        const float y = Height + 54;
        using var line = Ink.Line(SketchColors.Ink, 4);
        line.StrokeCap = SKStrokeCap.Butt;
        Canvas.DrawLine(left, y, left + length, y, line);
        Canvas.DrawLine(left + 2, y - 11, left + 2, y + 11, line);
        Canvas.DrawLine(left + length - 2, y - 11, left + length - 2, y + 11, line);
        using var font = Ink.Font(FontWeight.SemiBold, 26);
        using var ink = Ink.Fill(SketchColors.Ink);
        Canvas.DrawText(metres >= 1_000 ? $"{metres / 1_000} km" : $"{metres} m", left + length / 2, y - 16, SKTextAlign.Center, font, ink);

        using var small = Ink.Font(FontWeight.SemiBold, 25);
        using var words = Ink.Fill(color);
        Canvas.DrawText(beside, Width - 28, y + 5, SKTextAlign.Right, small, words);
        if (withDot)
        {
            Canvas.DrawCircle(Width - 28 - small.MeasureText(beside) - 24, y - 4, 11, words);
        }
    }
}
