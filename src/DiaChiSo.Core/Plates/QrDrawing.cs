using System.Text;
using QRCoder;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

public static partial class QrCode
{
    private const int QuietModules = 4;
    private const int SmallestWidth = 640;

    /// <summary>The dark modules, without quiet zone.</summary>
    internal static bool[,] Modules(string link)
    {
        // The character set is given: without it the generator may add a mark of encoding that some old readers show as letters.
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M, forceUtf8: false, utf8BOM: false);
        var size = data.ModuleMatrix.Count - 2 * QuietModules;         // the generator has put its own quiet zone around
        var modules = new bool[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                modules[row, column] = data.ModuleMatrix[row + QuietModules][column + QuietModules];
            }
        }
        return modules;
    }

    private static byte[] Drawn(string beneath, string link)
    {
        var modules = Modules(link);
        var across = modules.GetLength(0) + 2 * QuietModules;
        var module = (SmallestWidth + across - 1) / across;            // whole pixels: edges stay sharp
        var width = across * module;
        using var surface = SKSurface.Create(new SKImageInfo(width, width + width / 9));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);

        using var dark = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        for (var row = 0; row < modules.GetLength(0); row++)
        {
            for (var column = 0; column < modules.GetLength(1); column++)
            {
                if (modules[row, column])
                {
                    canvas.DrawRect((column + QuietModules) * module, (row + QuietModules) * module, module, module, dark);
                }
            }
        }

        using var figures = Ink.Font(FontWeight.SemiBold, width / 11f);
        using var ink = Ink.Fill(SKColors.Black);
        canvas.DrawText(beneath, width / 2f, width + width / 9f - module * 2.2f, SKTextAlign.Center, figures, ink);
        return Ink.Png(surface);
    }

    /// <summary>Two modules a character, one above the other. Light is drawn, dark is the terminal's own background.</summary>
    private static string Lines(string link)
    {
        const int quiet = 2;                                           // a screen is looked at from near: two are enough to read it
        var modules = Modules(link);
        var size = modules.GetLength(0);
        var lines = new StringBuilder();
        for (var row = -quiet; row < size + quiet; row += 2)
        {
            for (var column = -quiet; column < size + quiet; column++)
            {
                lines.Append((IsLight(row, column), IsLight(row + 1, column)) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }
            lines.Append('\n');
        }
        return lines.ToString();

        bool IsLight(int row, int column) => row < 0 || column < 0 || row >= size || column >= size
            ? row < size + quiet
            : !modules[row, column];
    }
}
