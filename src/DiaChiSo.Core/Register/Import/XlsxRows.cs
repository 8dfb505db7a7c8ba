using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// An Excel workbook, its sheets one after the other. It may be hostile: only the process that is there for it
/// (<see cref="RowFrames"/>) reads it.
/// </summary>
public sealed class XlsxRows(string path) : HandOver(path)
{
    private const long LargestFile = 200 << 20;

    public override string Kind => "xlsx";

    public override string PageWord => "sheet";

    public override IEnumerable<RawRow> Rows(CancellationToken ct)
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (file.Length > LargestFile)
        {
            throw new HandOverFault($"{Name}: it is larger than {LargestFile >> 20} MB; save it as CSV, which has no such limit.");
        }
        ZipCheck.Pass(file, Name);
        file.Position = 0;
        // Strings in memory, within this process's bounds, and not in a file of somebody's addresses that a kill would leave behind.
        var how = new OpenXmlConfiguration { EnableSharedStringCache = false, FillMergedCells = false };
        var sheets = MiniExcel.GetSheetNames(file, how);
        for (var sheet = 0; sheet < sheets.Count; sheet++)
        {
            var number = 0L;
            foreach (IDictionary<string, object?> cells in MiniExcel.Query(file, useHeaderRow: false, sheets[sheet], ExcelType.XLSX, "A1", how))
            {
                ct.ThrowIfCancellationRequested();
                number++;
                if (Texts(cells, number) is { Length: > 0 } texts)
                {
                    Done = Math.Min(1, (sheet + file.Position / (double)file.Length) / sheets.Count);
                    yield return new RawRow(sheet + 1, sheet + 1, number, texts);
                }
            }
        }
        Done = 1;
    }

    // Without the empty cells at the right end: a sheet may say of itself that it is 16,384 columns wide.
    private string[] Texts(IDictionary<string, object?> cells, long row)
    {
        var texts = new List<string>(Math.Min(cells.Count, MostCells));
        var empty = 0;
        foreach (var value in cells.Values)
        {
            var text = TextOf(value);
            if (text.Length == 0)
            {
                empty++;
                continue;
            }
            if (texts.Count + empty >= MostCells || text.Length > LongestCell)
            {
                throw new HandOverFault($"{Name}: row {row} has more than {MostCells} cells, or a cell of more than {LongestCell:N0} letters; a hand-over file has a few short ones.");
            }
            for (; empty > 0; empty--)
            {
                texts.Add("");
            }
            texts.Add(text);
        }
        return [.. texts];
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
