namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>A column as the header of a table shows it.</summary>
/// <param name="Field">Null: not known.</param>
internal sealed record PdfColumn(HandedField? Field, string Name, double Left, double Right)
{
    public double Centre => (Left + Right) / 2;
}

/// <summary>The header of a printed table: one to three lines, of which the words that stand above each other are one column's name.</summary>
/// <param name="Last">Index of its last line.</param>
internal sealed record PdfHeader(IReadOnlyList<PdfColumn> Columns, int First, int Last)
{
    private const int MostLines = 3;

    // Cells of a table have padding; words of a name have a space between them, about a quarter of the letters' size.
    private const double BetweenCells = 0.62;

    public PdfColumn Code => Columns.First(column => column.Field == HandedField.Code);

    /// <summary>The page's header; null: it has none.</summary>
    public static PdfHeader? Find(IReadOnlyList<PdfLine> lines)
    {
        var mayName = lines.Select(MayNameCode).ToList();
        for (var first = 0; first < lines.Count; first++)
        {
            // Nearly all lines are data: they have figures, or no word that the name of a code has.
            if (!mayName.Skip(first).Take(MostLines).Contains(true) || lines[first].Words.Any(word => word.Text.Any(char.IsAsciiDigit)))
            {
                continue;
            }
            var best = (PdfHeader?)null;
            for (var last = first; last < Math.Min(first + MostLines, lines.Count); last++)
            {
                if (last > first && lines[last - 1].Base - lines[last].Base > 2 * lines[first].Size)
                {
                    break;
                }
                var columns = ColumnsOf(lines.Skip(first).Take(last - first + 1).ToList());
                if (Known(columns) > (best is null ? 1 : Known(best.Columns)) && columns.Count(column => column.Field == HandedField.Code) == 1)
                {
                    best = new(columns, first, last);
                }
            }
            if (best is not null)
            {
                return best;
            }
        }
        return null;
    }

    private static bool MayNameCode(PdfLine line) => LegacyText.Readings(line.Text).Select(reading => $" {VietnameseText.Words(reading)} ")
        .Any(words => words.Contains(" ma ", StringComparison.Ordinal) || words.Contains(" code ", StringComparison.Ordinal) || words.Contains("ndas", StringComparison.Ordinal)
            || words.Contains(" dia chi so ", StringComparison.Ordinal) || words.Contains(" digital address ", StringComparison.Ordinal));

    private static int Known(IReadOnlyList<PdfColumn> columns) => columns.Select(column => column.Field).OfType<HandedField>().Distinct().Count(field => field != HandedField.Ordinal);

    private static List<PdfColumn> ColumnsOf(List<PdfLine> lines)
    {
        // Pieces of a line, then pieces above each other joined.
        var cells = new List<(double Left, double Right, List<PdfWord> Words)>();
        foreach (var piece in lines.SelectMany(Pieces))
        {
            var (left, right) = (piece[0].Left, piece[^1].Right);
            var over = cells.FindIndex(cell => left < cell.Right && right > cell.Left);
            if (over < 0)
            {
                cells.Add((left, right, piece));
            }
            else
            {
                cells[over] = (Math.Min(left, cells[over].Left), Math.Max(right, cells[over].Right), [.. cells[over].Words, .. piece]);
            }
        }
        return [.. cells.OrderBy(cell => cell.Left).SelectMany(cell => Named(cell.Words, cell.Left, cell.Right))];
    }

    private static IEnumerable<List<PdfWord>> Pieces(PdfLine line)
    {
        var piece = new List<PdfWord>();
        foreach (var word in line.Words)
        {
            if (piece.Count > 0 && word.Left - piece[^1].Right > BetweenCells * word.Size)
            {
                yield return piece;
                piece = [];
            }
            piece.Add(word);
        }
        yield return piece;
    }

    // Names that stand too close to each other are parted by what they mean: the longest name that is known, again and again.
    private static IEnumerable<PdfColumn> Named(List<PdfWord> words, double left, double right)
    {
        var name = string.Join(' ', words.Select(word => word.Text));
        if (ColumnNames.Find(name) is { } field)
        {
            return [new(field, name, left, right)];
        }
        var parted = new List<PdfColumn>();
        for (var at = 0; at < words.Count;)
        {
            var length = Enumerable.Range(1, Math.Min(8, words.Count - at)).LastOrDefault(n => ColumnNames.Find(string.Join(' ', words.Skip(at).Take(n).Select(word => word.Text))) is not null);
            if (length == 0)
            {
                return [new(null, name, left, right)];
            }
            var text = string.Join(' ', words.Skip(at).Take(length).Select(word => word.Text));
            parted.Add(new(ColumnNames.Find(text), text, words[at].Left, words[at + length - 1].Right));
            at += length;
        }
        return parted;
    }
}
