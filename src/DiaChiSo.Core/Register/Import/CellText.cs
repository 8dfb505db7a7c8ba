namespace DiaChiSo.Core.Register.Import;

/// <summary><see cref="VietnameseText.Plain"/> for cells, of which nearly all are plain already: those are handed back as they are.</summary>
internal static class CellText
{
    /// <summary>Null where nothing is left.</summary>
    public static string? Plain(string? cell)
    {
        if (cell is null || IsPlain(cell))
        {
            return cell;
        }
        return VietnameseText.Plain(cell) is { Length: > 0 } plain ? plain : null;
    }

    /// <summary>"15", "12/34/5A": a house number as it is kept, so that nothing needs to be read out of it.</summary>
    public static bool IsHouseNumber(string plain)
    {
        foreach (var letter in plain)
        {
            if (!char.IsAsciiDigit(letter) && letter is not '/' && !char.IsAsciiLetterUpper(letter))
            {
                return false;
            }
        }
        return plain.Length is > 0 and < 20 && char.IsAsciiDigit(plain[0]);
    }

    private static bool IsPlain(string cell)
    {
        var before = ' ';
        foreach (var letter in cell)
        {
            if (FoldTable.PlainOf(letter) != letter || (letter == ' ' && before == ' ') || VietnameseLetters.IsMark(letter) || char.IsSurrogate(letter))
            {
                return false;
            }
            before = letter;
        }
        return before != ' ';
    }
}
