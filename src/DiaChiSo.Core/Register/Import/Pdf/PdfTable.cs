namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>A row of a printed table: its code, and each column's text with its continuation lines joined.</summary>
internal sealed record PdfRow(int Page, int Number, string[] Cells);

/// <summary>The rows of a page under a table's header.</summary>
internal static class PdfTable
{
    /// <param name="header">This page's, or that of the page before where this one has none.</param>
    /// <param name="first">The first line below the header.</param>
    /// <param name="before">Gets the lines that continue the last row of the page before, column by column; null: there are none.</param>
    public static List<PdfRow> Rows(IReadOnlyList<PdfLine> lines, PdfHeader header, int first, int page, out string[]? before)
    {
        before = null;
        var edges = Edges(lines, header, first);
        var code = IndexOf(header, HandedField.Code);
        var codes = PdfCode.Among(lines, edges[code], edges[code + 1]).FindAll(found => found.Line >= first);
        if (codes.Count == 0)
        {
            return [];
        }
        var bands = PdfBands.Of(lines, codes, first);
        if (bands[0].From > first && codes.Zip(bands).All(pair => pair.First.Line == pair.Second.From))
        {
            before = Cells(lines, edges, first, bands[0].From - 1);
        }
        return [.. codes.Zip(bands, (found, band) =>
        {
            var cells = Cells(lines, edges, band.From, band.To);
            cells[code] = found.Code.ToString();
            return cells;
        }).Select((cells, i) => new PdfRow(page, i + 1, cells))];
    }

    private static int IndexOf(PdfHeader header, HandedField field)
    {
        var at = 0;
        while (header.Columns[at].Field != field)
        {
            at++;
        }
        return at;
    }

    /// <summary>
    /// Where columns begin and end: between two names of the header the widest strip in which no word of the table stands. Names may stand in
    /// the middle of their columns and words at their left, so the names alone do not say it.
    /// </summary>
    private static double[] Edges(IReadOnlyList<PdfLine> lines, PdfHeader header, int first)
    {
        var edges = new double[header.Columns.Count + 1];
        (edges[0], edges[^1]) = (double.MinValue, double.MaxValue);
        var words = lines.Skip(first).Where(line => !PdfBands.IsPageNumber(line.Text)).SelectMany(line => line.Words).ToList();
        for (var i = 1; i < header.Columns.Count; i++)
        {
            var (left, right) = (header.Columns[i - 1], header.Columns[i]);
            edges[i] = WidestStrip(words, left.Centre, right.Centre) ?? (left.Right + right.Left) / 2;
        }
        return edges;
    }

    /// <summary>The middle of the widest strip between two places in which no word stands; null: there is none.</summary>
    public static double? WidestStrip(IEnumerable<PdfWord> words, double from, double to)
    {
        var (end, widest, middle) = (from, 1.0, (double?)null);
        foreach (var word in words.Where(word => word.Right > from && word.Left < to).OrderBy(word => word.Left))
        {
            Try(word.Left);
            end = Math.Max(end, word.Right);
        }
        Try(to);
        return middle;

        void Try(double left)
        {
            if (left - end > widest)
            {
                (widest, middle) = (left - end, (left + end) / 2);
            }
        }
    }

    private static string[] Cells(IReadOnlyList<PdfLine> lines, double[] edges, int from, int to)
    {
        var cells = new string[edges.Length - 1];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = string.Join(' ', Enumerable.Range(from, to - from + 1)
                .SelectMany(line => lines[line].Words.Where(word => word.Centre > edges[column] && word.Centre <= edges[column + 1])).Select(word => word.Text));
        }
        return cells;
    }
}
