using UglyToad.PdfPig;

namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>
/// A PDF per commune as the post office hands it over (domain.md §2, step 1): code, picture of the QR, address, in layouts that are not laid
/// down. It may be hostile: only the process that is there for it (<see cref="RowFrames"/>) reads it.
/// </summary>
public sealed class PdfRows(string path) : HandOver(path)
{
    private const long LargestFile = 100 << 20;

    private string[] header = [];
    private string title = "";
    private int section;

    public override string Kind => "pdf";

    public override string PageWord => "page";

    public override IEnumerable<RawRow> Rows(CancellationToken ct)
    {
        if (new FileInfo(Path).Length > LargestFile)
        {
            throw new HandOverFault($"{Name}: it is larger than {LargestFile >> 20} MB; ask for a file per commune.");
        }
        using var document = Open();
        var (table, last) = ((PdfHeader?)null, (PdfRow?)null);
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            ct.ThrowIfCancellationRequested();
            var lines = PdfLine.Of(document.GetPage(number));
            var own = PdfHeader.Find(lines);
            table = own ?? table;
            var first = own is null ? 0 : own.Last + 1;
            string[]? before = null;
            var rows = table is not null ? PdfTable.Rows(lines, table, first, number, out before) : PdfCards.Rows(lines, 0, number);
            var names = table is not null ? [.. table.Columns.Select(column => column.Name)] : PdfCards.Header;
            var titles = Titles(lines, own?.First ?? FirstCode(lines), own is not null || table is null);
            if (last is not null && before is not null && names.Length == last.Cells.Length && names.SequenceEqual(header) && before.Any(cell => cell.Length > 0))
            {
                last = last with { Cells = [.. last.Cells.Zip(before, (one, more) => more.Length == 0 ? one : $"{one} {more}")] };
            }
            if (rows.Count > 0 && (!names.SequenceEqual(header) || (titles.Length > 0 && titles != title)))
            {
                if (last is not null)
                {
                    yield return Raw(last);
                }
                last = null;
                foreach (var raw in Begin(names, titles, number))
                {
                    yield return raw;
                }
            }
            // The last row waits for what the next page may add to it.
            foreach (var row in rows)
            {
                if (last is not null)
                {
                    yield return Raw(last);
                }
                last = row;
            }
            Done = number / (double)document.NumberOfPages;
        }
        if (last is not null)
        {
            yield return Raw(last);
        }
        if (section == 0)
        {
            throw new HandOverFault($"{Name}: no code was found in its words; a scanned picture has none, so ask for the PDF as it was made, or for CSV or XLSX.");
        }
    }

    private PdfDocument Open()
    {
        try
        {
            var document = PdfDocument.Open(Path, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return document.NumberOfPages > 0 ? document : throw new HandOverFault($"{Name}: it has no page.");
        }
        catch (UglyToad.PdfPig.Exceptions.PdfDocumentEncryptedException)
        {
            throw new HandOverFault($"{Name}: it has a password; save it without one.");
        }
    }

    private IEnumerable<RawRow> Begin(string[] names, string titles, int page)
    {
        (header, title) = (names, titles);
        section++;
        if (titles.Length > 0)
        {
            yield return new RawRow(section, page, 0, [titles]);
        }
        yield return new RawRow(section, page, 0, names);
    }

    private RawRow Raw(PdfRow row) => new(section, row.Page, row.Number,
        [.. row.Cells.Select(cell => cell.Length <= LongestCell ? cell : throw new HandOverFault($"{Name}: page {row.Page}, row {row.Number} has more than {LongestCell:N0} letters in a cell, which no address has."))]);

    // What stands above the table says the commune; page numbers and dates change from page to page and say nothing.
    private static string Titles(List<PdfLine> lines, int end, bool isWanted) => !isWanted ? ""
        : string.Join(", ", lines.Take(Math.Max(0, end)).Select(line => line.Text).Where(text => text.Length < 200 && !PdfBands.IsPageNumber(text) && !text.Any(char.IsAsciiDigit)));

    private static int FirstCode(List<PdfLine> lines) => PdfCode.Among(lines) is [var code, ..] ? code.Line : 0;
}
