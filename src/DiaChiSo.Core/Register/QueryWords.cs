namespace DiaChiSo.Core.Register;

/// <summary>A person's words, folded and parted, with the house number found among them.</summary>
internal sealed class QueryWords
{
    /// <summary>Words behind the 40th are not searched: nobody's address is longer.</summary>
    private const int MostWords = 40;

    private static readonly HashSet<string> HouseBefore = ["sn", "so", "nha"];

    /// <summary>Words that say what comes next, or only politeness: no answer need hold them.</summary>
    private static readonly HashSet<string> SaidOnly =
    [
        "tinh", "huyen", "h", "t", "xa", "x", "phuong", "p", "thi", "tran", "tt", "tp", "thanh", "thon", "ban", "doi", "to", "dan", "khu", "xom", "ap", "lang",
        "duong", "pho", "sn", "so", "nha", "o", "tai", "gan", "em", "toi", "hoi", "tim", "cua", "dia", "chi", "viet", "nam", "la", "voi", "a", "can", "tra", "cuu", "muon", "xin",
    ];

    public QueryWords(string text)
    {
        Words = VietnameseText.Words(text, keepSlash: true).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word.StartsWith("sn", StringComparison.Ordinal) && word.Length > 2 && char.IsAsciiDigit(word[2]) ? ["sn", word[2..]] : new[] { word })
            .Select(word => word.Trim('/')).Where(word => word.Length > 0).Take(MostWords).ToArray();
        ToneKeys = Words.Length == 0 ? [] : VietnameseText.ToneKey(text.Replace('/', ' ')).Split(' ');
        Raw = [.. VietnameseText.Plain(text).Split([' ', ',', ';', '.', '-', '(', ')', '"', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries)];
        HouseAt = FindHouse();
    }

    public string[] Words { get; }

    /// <summary>The words with tones; only for telling apart what is the same without.</summary>
    public string[] ToneKeys { get; }

    /// <summary>Where the house number stands; −1 when none was typed. It may still turn out to be part of a village's name.</summary>
    public int HouseAt { get; }

    public string? House => HouseAt < 0 ? null : HouseKey(Words[HouseAt]);

    private string[] Raw { get; }

    /// <summary>The word as the person typed it, where it can still be told.</summary>
    public string AsTyped(int at) => Raw.FirstOrDefault(raw => VietnameseText.Words(raw, keepSlash: true) == Words[at]) ?? Words[at];

    public bool MustBeAnswered(int at) =>
        !SaidOnly.Contains(Words[at]) && !(Words[at] == "cho" && at + 1 < Words.Length && Words[at + 1] is "em" or "toi" or "hoi" or "minh");

    /// <summary>"07" and "7", "12/34/5A" and "12/34/5a" are the same house.</summary>
    public static string HouseKey(string house) =>
        string.Join('/', VietnameseText.Words(house, keepSlash: true).Replace(" ", "", StringComparison.Ordinal).Split('/').Select(part => part.TrimStart('0') is { Length: > 0 } left ? left : part));

    private int FindHouse()
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (char.IsAsciiDigit(Words[i][0]) && ((i > 0 && HouseBefore.Contains(Words[i - 1])) || Words[i].Contains('/')))
            {
                return i;
            }
        }
        return Words.Length > 1 && char.IsAsciiDigit(Words[0][0]) && Words[0].Length <= 6 ? 0 : -1;
    }
}
