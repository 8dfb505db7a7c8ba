using UglyToad.PdfPig.Content;

namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>A word where it stands. Points of 1/72 inch; up is greater.</summary>
internal readonly record struct PdfWord(string Text, double Left, double Right, double Base, double Size)
{
    public double Centre => (Left + Right) / 2;
}

/// <summary>Words on one base line, from left to right.</summary>
internal sealed record PdfLine(IReadOnlyList<PdfWord> Words)
{
    // Words of one line differ by rounding; a code in the middle of a two-line cell stands half a line away and is a line of its own.
    private const double SameLine = 0.25;

    public double Base => Words[0].Base;

    public double Size => Words[0].Size;

    public string Text => string.Join(' ', Words.Select(word => word.Text));

    /// <summary>The lines of a page, from the top. What is written upwards or askew is left out: stamps, watermarks.</summary>
    public static List<PdfLine> Of(Page page)
    {
        var words = page.GetWords()
            .Where(word => word.TextOrientation == TextOrientation.Horizontal && !string.IsNullOrWhiteSpace(word.Text))
            .Select(word => new PdfWord(word.Text.Trim(), word.BoundingBox.Left, word.BoundingBox.Right, word.Letters[0].StartBaseLine.Y, Math.Max(1, word.Letters[0].PointSize)))
            .OrderByDescending(word => word.Base).ToList();
        return Lines(words);
    }

    /// <summary>The same for some of a page's words.</summary>
    public static List<PdfLine> Lines(IEnumerable<PdfWord> wordsFromTheTop)
    {
        var lines = new List<PdfLine>();
        var line = new List<PdfWord>();
        foreach (var word in wordsFromTheTop)
        {
            if (line.Count > 0 && line[0].Base - word.Base > SameLine * Math.Max(line[0].Size, word.Size))
            {
                End();
            }
            line.Add(word);
        }
        End();
        return lines;

        void End()
        {
            if (line.Count > 0)
            {
                lines.Add(new([.. line.OrderBy(word => word.Left)]));
                line = [];
            }
        }
    }
}
