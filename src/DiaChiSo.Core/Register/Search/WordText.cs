using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Parts text into folded words, the same way for what is indexed and for what is typed.</summary>
internal static class WordText
{
    /// <summary>Roman numerals of villages ("Thắng Lợi II") and figures are the same words. "vi" and "x" are words of their own.</summary>
    private static readonly Dictionary<string, string> Roman = new(StringComparer.Ordinal)
    {
        ["i"] = "1",
        ["ii"] = "2",
        ["iii"] = "3",
        ["iv"] = "4",
        ["vii"] = "7",
        ["viii"] = "8",
        ["ix"] = "9",
        ["xi"] = "11",
        ["xii"] = "12",
    };

    /// <summary>Abbreviations of two letters or more, written out; single letters are understood by what they stand before (<see cref="TypeWords"/>).</summary>
    private static readonly Dictionary<string, string[]> Abbreviated = new(StringComparer.Ordinal)
    {
        ["tdp"] = ["to", "dan", "pho"],
        ["kp"] = ["khu", "pho"],
        ["tk"] = ["tieu", "khu"],
        ["kdc"] = ["khu", "dan", "cu"],
        ["sn"] = ["so", "nha"],
        ["tt"] = ["thi", "tran"],
        ["tx"] = ["thi", "xa"],
        ["tp"] = ["thanh", "pho"],
        ["hcm"] = ["ho", "chi", "minh"],
        ["tphcm"] = ["thanh", "pho", "ho", "chi", "minh"],
    };

    /// <summary>The words of a name; a slash between figures keeps them together ("30/4").</summary>
    public static List<string> Of(string? text)
    {
        var words = new List<string>();
        foreach (var (word, _, _) in Parts(VietnameseText.Plain(text)))
        {
            words.Add(word);
        }
        return words;
    }

    /// <summary>Each folded word, and where it stands in the text.</summary>
    public static IEnumerable<(string Word, int Start, int End)> Parts(string plain)
    {
        var word = new StringBuilder(16);
        var start = 0;
        for (var i = 0; i <= plain.Length; i++)
        {
            var folded = i == plain.Length ? ' ' : FoldTable.FoldOf(plain[i]);
            if (folded == '\0')
            {
                continue;
            }
            var isInside = char.IsLetterOrDigit(folded)
                || (folded == '/' && word.Length > 0 && i + 1 < plain.Length && char.IsLetterOrDigit(plain[i + 1]) && char.IsLetterOrDigit(word[^1]));
            if (isInside)
            {
                start = word.Length == 0 ? i : start;
                word.Append(folded);
            }
            else if (word.Length > 0)
            {
                var text = word.ToString();
                foreach (var whole in Abbreviated.GetValueOrDefault(text) ?? [Roman.GetValueOrDefault(text, text)])
                {
                    yield return (whole, start, i);
                }
                word.Clear();
            }
        }
    }

    public static bool IsNumeric(string word) => word.AsSpan().ContainsAnyInRange('0', '9');

    /// <summary>
    /// "07" and "7", "12/34/5A" and "12/34/5a" are the same house; parts that are written apart are joined by a dash ("K448 H20/2" → "k448-h20/2").
    /// </summary>
    public static string HouseKey(string house) => string.Join('-', Of(house).Select(WithoutZeros));

    /// <summary>Figures without the zeros in front, in each part between slashes.</summary>
    public static string WithoutZeros(string word)
    {
        if (!word.Contains('0'))
        {
            return word;
        }
        return string.Join('/', word.Split('/').Select(part => part.TrimStart('0') is { Length: > 0 } left && char.IsAsciiDigit(left[0]) ? left : part.All(letter => letter == '0') ? "0" : part));
    }
}
