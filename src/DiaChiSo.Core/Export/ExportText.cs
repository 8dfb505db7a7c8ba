using System.Globalization;
using System.Text;

namespace DiaChiSo.Core.Export;

/// <summary>The file itself: a table with semicolons, as table programs in Vietnam write them, in UTF-8 with its mark.</summary>
internal static class ExportText
{
    /// <summary>A title with the export's number, the names of the columns, the rows.</summary>
    /// <param name="day">In Vietnam.</param>
    public static byte[] Of(long export, DateOnly day, IReadOnlyList<ExportRow> rows)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Bản xuất số {export}, ngày {day:dd/MM/yyyy}\r\n");
        text.AppendJoin(';', ExportRow.Columns).Append("\r\n");
        for (var at = 0; at < rows.Count; at++)
        {
            text.AppendJoin(';', rows[at].Cells(at + 1).Select(Cell)).Append("\r\n");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    // What a person typed must not become a formula in a table program; the importer takes the apostrophe off again (Guarded).
    internal static string Cell(string text)
    {
        var safe = Guarded.Guard(text);
        return safe.AsSpan().ContainsAny(";\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

/// <summary>An apostrophe before what a table program would take for a formula, or a phone's first nought; and off again.</summary>
internal static class Guarded
{
    private const char Mark = '\'';

    public static string Guard(string cell) => cell.Length > 0 && IsDangerous(cell[0]) ? Mark + cell : cell;

    /// <summary>Only where it was put: "'Tổ 3" keeps its own.</summary>
    public static string Unguard(string cell) => cell.Length > 1 && cell[0] == Mark && IsDangerous(cell[1]) ? cell[1..] : cell;

    private static bool IsDangerous(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r';
}
