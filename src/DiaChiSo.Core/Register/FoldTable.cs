namespace DiaChiSo.Core.Register;

/// <summary>What each UTF-16 unit becomes: '\0' is dropped, ' ' parts words. One table look-up a letter.</summary>
internal static class FoldTable
{
    private static readonly string[] Letters =
    [
        "aàáảãạăằắẳẵặâầấẩẫậäåāą", "eèéẻẽẹêềếểễệëēę", "iìíỉĩịïī", "oòóỏõọôồốổỗộơờớởỡợöøō", "uùúủũụưừứửữựüū", "yỳýỷỹỵÿ",
        "dđðɖ", "cçć", "nñń", "sśš", "zźżž", "lł",
    ];

    private static readonly char[] Kept = BuildPlain();
    private static readonly char[] Folded = BuildFolded();      // after Kept, which it reads

    public static char FoldOf(char letter) => Folded[letter];

    public static char PlainOf(char letter) => Kept[letter];

    private static char[] BuildPlain()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var letter = (char)i;
            table[i] = char.IsWhiteSpace(letter) ? ' ' : IsInvisible(letter) || char.IsControl(letter) ? '\0' : letter;
        }
        for (var i = 0xFF01; i <= 0xFF5E; i++)
        {
            table[i] = (char)(i - 0xFF01 + '!');          // full-width forms: some keyboards type figures so
        }
        Map(table, "ÐƉ", 'Đ');
        Map(table, "ðɖ", 'đ');
        Map(table, "‐‑‒–—―−", '-');
        Map(table, "‘’ʼʹ`´", '\'');
        Map(table, "“”„", '"');
        Map(table, "º˚", '°');
        Map(table, "⁄∕", '/');
        Map(table, "，、", ',');
        return table;
    }

    private static char[] BuildFolded()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var plain = BuildFoldOfOther((char)i);
            table[i] = plain;
        }
        foreach (var letters in Letters)
        {
            foreach (var letter in letters)
            {
                table[letter] = letters[0];
                table[char.ToUpperInvariant(letter)] = letters[0];
            }
        }
        Map(table, "ÐĐƉ", 'd');
        return table;
    }

    private static char BuildFoldOfOther(char letter)
    {
        if (letter is >= '\u0300' and <= '\u036F')
        {
            return '\0';                                  // marks of a decomposed letter
        }
        var plain = Kept[letter];
        return plain switch
        {
            '\0' or ' ' => plain,
            _ when char.IsSurrogate(plain) || char.IsSymbol(plain) && plain is not ('+' or '<' or '>' or '=' or '|' or '~' or '°') => ' ',
            _ => char.ToLowerInvariant(plain),
        };
    }

    private static bool IsInvisible(char letter) =>
        letter is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uFE00' and <= '\uFE0F');

    private static void Map(char[] table, string letters, char to)
    {
        foreach (var letter in letters)
        {
            table[letter] = to;
        }
    }
}
