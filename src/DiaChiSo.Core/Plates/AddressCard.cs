using DiaChiSo.Core.Register;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

/// <summary>
/// Thẻ địa chỉ: a card to print or to keep on a phone, with what the plate shows and nothing else. It is not the plate, and says so: the plate
/// is the office's affair.
/// </summary>
public static class AddressCard
{
    // A6 upright, in points (1/72 inch).
    private const float Width = 298;
    private const float Height = 420;
    private const float Margin = 28;
    private const int QuietModules = 4;

    /// <summary>PDF, one page A6, the font embedded.</summary>
    /// <param name="code">The ten digits.</param>
    /// <param name="line">The address in words, as everybody may see it.</param>
    /// <param name="settings">What the QR leads to.</param>
    public static byte[] Pdf(AddressCode code, string line, PlateSettings settings)
    {
        using var written = new MemoryStream();
        using (var document = SKDocument.CreatePdf(written))
        {
            Draw(document.BeginPage(Width, Height), code, line, settings);
            document.EndPage();
            document.Close();
        }
        return written.ToArray();
    }

    private static void Draw(SKCanvas canvas, AddressCode code, string line, PlateSettings settings)
    {
        using var ink = Ink.Fill(SKColors.Black);
        using var quiet = Ink.Fill(new SKColor(0x55, 0x55, 0x55));
        using var frame = Ink.Line(new SKColor(0xBB, 0xBB, 0xBB), 1);
        canvas.DrawRoundRect(new SKRect(10, 10, Width - 10, Height - 10), 10, 10, frame);

        Centred(canvas, "ĐỊA CHỈ SỐ", 44, FontWeight.SemiBold, 15, ink);
        DrawQr(canvas, settings.LinkOf(code), new SKRect(54, 54, Width - 54, 54 + Width - 108), ink);
        var y = Centred(canvas, code.Grouped, 54 + Width - 108 + 30, FontWeight.SemiBold, 30, ink) + 26;
        foreach (var row in Rows(line, FontWeight.Regular, 13, Width - 2 * Margin).Take(4))
        {
            y = Centred(canvas, row, y, FontWeight.Regular, 13, ink) + 18;
        }
        Centred(canvas, "Thẻ để in hoặc lưu, không thay biển địa chỉ số.", Height - 34, FontWeight.Regular, 8.5f, quiet);
        Centred(canvas, "To print or to keep; this is not the official plate.", Height - 22, FontWeight.Regular, 8.5f, quiet);
    }

    private static void DrawQr(SKCanvas canvas, string link, SKRect place, SKPaint ink)
    {
        var modules = QrCode.Modules(link);
        var module = place.Width / (modules.GetLength(0) + 2 * QuietModules);
        using var dark = new SKPath();
        for (var row = 0; row < modules.GetLength(0); row++)
        {
            for (var column = 0; column < modules.GetLength(1); column++)
            {
                if (modules[row, column])
                {
                    dark.AddRect(SKRect.Create(place.Left + (column + QuietModules) * module, place.Top + (row + QuietModules) * module, module, module));
                }
            }
        }
        // One path without smoothing: between squares that are smoothed one by one a reader sees hairlines.
        using var sharp = new SKPaint { Color = ink.Color, IsAntialias = false };
        canvas.DrawPath(dark, sharp);
    }

    private static float Centred(SKCanvas canvas, string words, float y, FontWeight weight, float size, SKPaint ink)
    {
        using var font = Ink.Font(weight, size);
        canvas.DrawText(words, Width / 2, y, SKTextAlign.Center, font, ink);
        return y;
    }

    private static IEnumerable<string> Rows(string line, FontWeight weight, float size, float width)
    {
        using var font = Ink.Font(weight, size);
        var row = "";
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = row.Length == 0 ? word : $"{row} {word}";
            if (row.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return row;
                row = word;
            }
            else
            {
                row = longer;
            }
        }
        if (row.Length > 0)
        {
            yield return row;
        }
    }
}
