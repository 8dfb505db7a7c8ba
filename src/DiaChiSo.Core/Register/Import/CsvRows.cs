using System.Text;
using Sylvan.Data.Csv;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// A text table: commas, semicolons, tabs or bars; UTF-8, UTF-16, or the one-byte codes of old Office (then the letters are converted later,
/// by <see cref="LegacyText"/>). Nothing in it can run, so it is read in this process; a line may be a million letters long and no longer.
/// </summary>
public sealed class CsvRows(string path) : HandOver(path)
{
    private const int LongestRecord = 1 << 20;
    private const int LinesLookedAt = 30;

    public override string Kind => "csv";

    public override IEnumerable<RawRow> Rows(CancellationToken ct)
    {
        using var bytes = new CountedBytes(Path);
        using var text = new StreamReader(bytes, TextEncoding.Of(bytes.Beginning, Name), detectEncodingFromByteOrderMarks: true, 1 << 16);
        using var reader = Open(text, DelimiterOf(bytes.Beginning));
        var (row, before) = (0L, Array.Empty<string>());
        while (Read(reader, row))
        {
            row++;
            if ((row & 0xFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
                Done = bytes.Done;
            }
            before = CellsOf(reader, before, row);
            yield return new RawRow(1, 0, row, before);
        }
        bytes.ReadToEnd();
        Sha256 = bytes.Sha256();
        Done = 1;
    }

    private static CsvDataReader Open(TextReader text, char delimiter) => CsvDataReader.Create(text, new CsvDataReaderOptions
    {
        HasHeaders = false,
        Delimiter = delimiter,
        MaxBufferSize = LongestRecord,
        BufferSize = 1 << 16,
        ResultSetMode = ResultSetMode.SingleResult,
    });

    private bool Read(CsvDataReader reader, long row)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvRecordTooLargeException)
        {
            throw new HandOverFault($"{Name}: the row after row {row} is longer than {LongestRecord:N0} letters, which no address is; a quotation mark may be left open there.");
        }
        catch (CsvFormatException)
        {
            throw new HandOverFault($"{Name}: the row after row {row} has quotation marks where there can be none; in a table they stand around a whole cell, for example \"Thôn 1, bản A\".");
        }
        catch (IOException)
        {
            throw new HandOverFault($"{Name}: it could not be read to its end (after row {row}); is the stick still there?");
        }
    }

    // A village or commune is mostly the same as in the row before: then its text is shared.
    private string[] CellsOf(CsvDataReader reader, string[] before, long row)
    {
        var count = reader.RowFieldCount;
        if (count > MostCells)
        {
            throw new HandOverFault($"{Name}: row {row} has more than {MostCells} cells; a hand-over file has a few, for example code, house number, village, commune.");
        }
        var cells = new string[count];
        for (var i = 0; i < count; i++)
        {
            var cell = reader.GetFieldSpan(i);
            cells[i] = i < before.Length && cell.SequenceEqual(before[i])
                ? before[i]
                : cell.Length <= LongestCell ? cell.ToString() : throw new HandOverFault($"{Name}: row {row} has a cell of more than {LongestCell:N0} letters, which no part of an address is.");
        }
        return cells;
    }

    // The header may stand under a title, so the delimiter is the one that makes known column names of some early line.
    private static char DelimiterOf(ReadOnlySpan<byte> beginning)
    {
        var lines = Encoding.Latin1.GetString(beginning).Replace("\0", "", StringComparison.Ordinal).Split('\n', LinesLookedAt + 1);
        var utf8 = Encoding.UTF8.GetString(beginning).Split('\n', LinesLookedAt + 1);
        var best = (Delimiter: ',', Known: 1, Parts: 1);
        foreach (var delimiter in ",;\t|")
        {
            foreach (var line in lines.Concat(utf8).Where(line => line.Length < LongestCell))
            {
                var parts = line.Split(delimiter);
                var known = parts.Count(part => ColumnNames.Find(part.Trim(' ', '"', '\r', '\uFEFF')) is not null);
                if (parts.Length > 1 && (known, parts.Length).CompareTo((best.Known, best.Parts)) > 0)
                {
                    best = (delimiter, known, parts.Length);
                }
            }
        }
        return best.Delimiter;
    }
}
