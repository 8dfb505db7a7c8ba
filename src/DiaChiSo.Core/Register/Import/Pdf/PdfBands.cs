namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>
/// Which lines belong to which row. A row has one code; the code may stand at the top, in the middle or at the bottom of its cell, so between
/// two codes the rows are parted where the lines are furthest apart; and where all are equally far, just above the next code.
/// </summary>
internal static class PdfBands
{
    // A footer, or the next thing on the page, is further away than the next line of a cell.
    private const double LineInCell = 1.9;
    private const double HalfALine = 1.0;
    private const double Rounding = 0.6;

    /// <summary>For each code the first and the last line of its row.</summary>
    /// <param name="first">The first line that may belong to a row.</param>
    public static List<(int From, int To)> Of(IReadOnlyList<PdfLine> lines, IReadOnlyList<PdfCode> codes, int first)
    {
        var ends = Enumerable.Range(0, codes.Count - 1).Select(i => WidestGap(lines, codes[i].Line, codes[i + 1].Line)).Append(Below(lines, codes[^1].Line)).ToList();
        // How far above its code a row of this page begins; the first one, which has no row above it, is like the others.
        var reach = codes.Skip(1).Zip(ends, (code, end) => lines[end + 1].Base - lines[code.Line].Base).DefaultIfEmpty(lines[codes[0].Line].Size * HalfALine).Max();
        var bands = new List<(int From, int To)>();
        var from = Above(lines, codes[0].Line, first, reach + Rounding);
        foreach (var end in ends)
        {
            bands.Add((from, end));
            from = end + 1;
        }
        return bands;
    }

    /// <summary>The last line before the widest gap.</summary>
    private static int WidestGap(IReadOnlyList<PdfLine> lines, int code, int next)
    {
        var (widest, at) = (double.MinValue, code);
        for (var line = code; line < next; line++)
        {
            var gap = lines[line].Base - lines[line + 1].Base;
            if (gap >= widest - Rounding)
            {
                (widest, at) = (Math.Max(widest, gap), line);
            }
        }
        return at;
    }

    private static int Above(IReadOnlyList<PdfLine> lines, int code, int first, double reach)
    {
        var from = code;
        while (from > first && lines[from - 1].Base - lines[code].Base <= reach && lines[from - 1].Base - lines[from].Base <= lines[code].Size * LineInCell)
        {
            from--;
        }
        return from;
    }

    private static int Below(IReadOnlyList<PdfLine> lines, int code)
    {
        var to = code;
        while (to + 1 < lines.Count && lines[to].Base - lines[to + 1].Base <= lines[to].Size * LineInCell && !IsPageNumber(lines[to + 1].Text))
        {
            to++;
        }
        return to;
    }

    /// <summary>"Trang 3/12", "Page 3", "- 3 -", "3/12".</summary>
    public static bool IsPageNumber(string text)
    {
        var words = VietnameseText.Words(text);
        return words.Length is > 0 and < 24 && words.Any(char.IsAsciiDigit)
            && words.Split(' ').All(word => word is "trang" or "page" or "of" or "so" || word.All(char.IsAsciiDigit));
    }
}
