namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>
/// Pages without a table: cards or labels in columns ("Mã địa chỉ số: …", "Địa chỉ: …"), or a list with a code at the beginning of each entry.
/// </summary>
internal static class PdfCards
{
    private static readonly (HandedField Field, string Name)[] Canon =
    [
        (HandedField.Code, "Mã địa chỉ số"), (HandedField.Line, "Địa chỉ"), (HandedField.Name, "Tên địa chỉ"), (HandedField.Category, "Loại"), (HandedField.House, "Số nhà"),
        (HandedField.Street, "Đường"), (HandedField.Village, "Thôn"), (HandedField.Commune, "Xã"), (HandedField.District, "Huyện"), (HandedField.Province, "Tỉnh"),
        (HandedField.Place, "Toạ độ"), (HandedField.Owner, "Chủ hộ"), (HandedField.Phone, "Điện thoại"), (HandedField.RequestNumber, "Số phiếu"),
    ];

    /// <summary>The names of the cells that <see cref="Rows"/> gives.</summary>
    public static string[] Header { get; } = [.. Canon.Select(column => column.Name)];

    public static List<PdfRow> Rows(IReadOnlyList<PdfLine> lines, int first, int page)
    {
        var rows = new List<PdfRow>();
        var codes = PdfCode.Among(lines);
        var words = lines.Skip(first).SelectMany(line => line.Words).ToList();
        foreach (var (from, to) in Strips(codes, words))
        {
            var strip = PdfLine.Lines(words.Where(word => word.Centre > from && word.Centre <= to));
            var inStrip = PdfCode.Among(strip);
            if (inStrip.Count == 0)
            {
                continue;
            }
            foreach (var (code, band) in inStrip.Zip(PdfBands.Of(strip, inStrip, 0)))
            {
                rows.Add(new(page, rows.Count + 1, Cells(strip, code, band.From, band.To)));
            }
        }
        return rows;
    }

    // Codes on one height are cards beside each other; between two of them lies the widest empty strip.
    private static IEnumerable<(double From, double To)> Strips(List<PdfCode> codes, List<PdfWord> words)
    {
        var widest = codes.GroupBy(code => code.Line).MaxBy(line => line.Count());
        var from = double.MinValue;
        if (widest is not null && widest.Count() > 1)
        {
            foreach (var (left, right) in widest.Zip(widest.Skip(1)))
            {
                var to = PdfTable.WidestStrip(words, left.Left, right.Left) ?? right.Left - 1;
                yield return (from, to);
                from = to;
            }
        }
        yield return (from, double.MaxValue);
    }

    private static string[] Cells(List<PdfLine> lines, PdfCode code, int from, int to)
    {
        var cells = Canon.Select(_ => new List<string>()).ToArray();
        var (field, hasLabels, unlabelled) = ((HandedField?)null, false, new List<string>());
        for (var line = from; line <= to; line++)
        {
            var open = new List<string>();
            for (var i = 0; i < lines[line].Words.Count; i++)
            {
                if (line == code.Line && i >= code.First && i < code.First + code.Count)
                {
                    if (Label([.. open, lines[line].Words[i].Text.Split(':')[0]], out _) is not null)
                    {
                        open.Clear();                        // "Mã:32606 12345"
                    }
                    continue;
                }
                var text = lines[line].Words[i].Text;
                open.Add(text.TrimEnd(':'));
                if (text.EndsWith(':') && Label(open, out var length) is { } label)
                {
                    Put(open.SkipLast(length));
                    (field, hasLabels) = (label, true);
                    open.Clear();
                }
                else if (text.EndsWith(':'))
                {
                    open[^1] = text;
                }
            }
            Put(open);
        }
        cells[0] = [code.Code.ToString()];
        if (!hasLabels)
        {
            cells[1] = [WithoutOrdinal(string.Join(' ', unlabelled))];
        }
        return [.. cells.Select(words => string.Join(' ', words))];

        void Put(IEnumerable<string> words)
        {
            var at = Array.FindIndex(Canon, column => column.Field == field);
            (field is null ? unlabelled : at > 0 ? cells[at] : []).AddRange(words);
        }
    }

    /// <summary>The longest known name at the end of these words.</summary>
    private static HandedField? Label(List<string> words, out int length)
    {
        for (length = Math.Min(6, words.Count); length > 0; length--)
        {
            if (ColumnNames.Find(string.Join(' ', words.TakeLast(length))) is { } field)
            {
                return field;
            }
        }
        return null;
    }

    // "12.", "12)" before an entry, and the dash behind its code.
    private static string WithoutOrdinal(string text)
    {
        var figures = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return (figures is > 0 and < 7 && text[figures] is '.' or ')' ? text[(figures + 1)..] : text).Trim(' ', '-', '–', ':', ';', ',');
    }
}
