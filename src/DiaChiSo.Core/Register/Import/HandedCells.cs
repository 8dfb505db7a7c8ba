using DiaChiSo.Core.Export;

namespace DiaChiSo.Core.Register.Import;

/// <summary>The cells of one row by what they are, in Unicode. Reused from row to row.</summary>
internal sealed class HandedCells
{
    private static readonly int Count = Enum.GetValues<HandedField>().Length;

    private readonly string?[] cells = new string?[Count];

    /// <summary>Null: no such column, or nothing in it.</summary>
    public string? this[HandedField field]
    {
        get => cells[(int)field];
        set => cells[(int)field] = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>The commune that a title above the table names: "DANH SÁCH ĐỊA CHỈ SỐ XÃ SÍN CHẢI"; null: none was there.</summary>
    public string? Title { get; set; }

    public void Clear() => Array.Clear(cells);
}

/// <summary>
/// From raw rows to cells by name: finds the header of each section wherever it stands in the first lines, in Vietnamese or English, columns
/// in any order, and turns old fonts' text into Unicode.
/// </summary>
internal sealed class HandedTable(HandOver file)
{
    private const int LinesBeforeHeader = 30;

    private readonly HandedCells cells = new();
    private readonly List<string> titles = [];
    private int section = -1;
    private int lines;
    private HandedField?[]? header;
    private TextCode[] codes = [];

    /// <summary>Names of columns that are not read, for the operator.</summary>
    public List<string> Unread { get; } = [];

    /// <summary>Whether any header was found.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>The row's cells, or null where it is no row of the table: a title, a header, an empty line.</summary>
    /// <exception cref="HandOverFault">There is no header where one must be, or a column stands there twice.</exception>
    public HandedCells? Read(in RawRow row)
    {
        if (row.Section != section)
        {
            (section, lines, header) = (row.Section, 0, null);
            titles.Clear();
        }
        if (row.Cells.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }
        if (header is null)
        {
            FindHeader(row);
            return null;
        }
        return IsHeaderAgain(row.Cells) ? null : Named(row.Cells);
    }

    private void FindHeader(in RawRow row)
    {
        var found = Array.ConvertAll(row.Cells, cell => ColumnNames.Find(cell));
        var known = found.OfType<HandedField>().Where(field => field != HandedField.Ordinal).ToList();
        if (known.Any(field => field is HandedField.Code or HandedField.Qr) && known.Count > 1)
        {
            if (known.GroupBy(field => field).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw new HandOverFault($"{file.Name}: two columns mean the same ({twice.Key}); leave one of them, or name the other one differently.");
            }
            (header, codes, HasHeader) = (found, new TextCode[row.Cells.Length], true);
            var usual = TextCode.Unicode;
            cells.Title = string.Join(", ", titles.Select(title => LegacyText.ToUnicode(title, ref usual)));
            Unread.AddRange(row.Cells.Where((cell, i) => found[i] is null && !string.IsNullOrWhiteSpace(cell)).Select(cell => cell.Length <= 40 ? cell : cell[..40]));
            return;
        }
        titles.AddRange(row.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell)));
        if (++lines >= LinesBeforeHeader && !HasHeader)
        {
            throw NoHeader(file.Name);
        }
    }

    public static HandOverFault NoHeader(string name) =>
        new($"{name}: no row with the names of the columns was found; wanted is one with the code and at least one more, for example: Mã địa chỉ số;Số nhà;Thôn;Xã.");

    private bool IsHeaderAgain(string[] row)
    {
        // A table printed over several pages repeats its header; a row of data has figures where the code stands.
        for (var i = 0; i < row.Length && i < header!.Length; i++)
        {
            if (header[i] == HandedField.Code)
            {
                return !row[i].AsSpan().ContainsAnyInRange('0', '9') && ColumnNames.Find(row[i]) == HandedField.Code;
            }
        }
        return false;
    }

    private HandedCells Named(string[] row)
    {
        cells.Clear();
        for (var i = 0; i < row.Length && i < header!.Length; i++)
        {
            if (header[i] is { } field and not HandedField.Ordinal)
            {
                cells[field] = LegacyText.ToUnicode(Guarded.Unguard(row[i]), ref codes[i]);
            }
        }
        return cells;
    }
}
