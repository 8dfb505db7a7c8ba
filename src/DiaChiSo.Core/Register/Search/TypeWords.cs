namespace DiaChiSo.Core.Register.Search;

/// <summary>What a word of kind can stand in front of.</summary>
[Flags]
internal enum Level : byte
{
    None = 0,
    Province = 1,
    District = 2,
    Commune = 4,
    Village = 8,
    Street = 16,
    House = 32,
}

/// <summary>
/// The words of kind in front of names, also abbreviated (domain.md §5: "P. Q. F. TP TX TT H. X. T. KP TDP SN"), each with the level that it
/// announces and a number that tells Tổ 3 from Đội 3. Longest first.
/// </summary>
internal static class TypeWords
{
    private static readonly (string[] Words, Level Level, byte Kind)[] All =
    [
        .. Rows("to dan pho", Level.Village, 16), .. Rows("khu dan cu", Level.Village, 15), .. Rows("thanh pho", Level.Province | Level.District, 31), .. Rows("thi xa", Level.District, 34),
        .. Rows("thi tran", Level.Commune, 43), .. Rows("dac khu", Level.Commune, 44), .. Rows("khu pho", Level.Village, 5), .. Rows("tieu khu", Level.Village, 6),
        .. Rows("so nha", Level.House, 60), .. Rows("nha so", Level.House, 60), .. Rows("duong so|d so|dg so", Level.Street, 52), .. Rows("duong pho", Level.Street, 50),
        .. Rows("tinh", Level.Province, 30), .. Rows("t", Level.Province | Level.Village, 30),
        .. Rows("huyen|h", Level.District, 32), .. Rows("quan|q", Level.District, 33),
        .. Rows("xa|x", Level.Commune, 41), .. Rows("phuong|p|f", Level.Commune, 42),
        .. Rows("thon|th", Level.Village, 1), .. Rows("ban", Level.Village, 2), .. Rows("doi", Level.Village, 3), .. Rows("to", Level.Village, 4),
        .. Rows("khu", Level.Village, 5), .. Rows("xom", Level.Village, 7), .. Rows("ap", Level.Village, 8), .. Rows("lang", Level.Village, 9),
        .. Rows("buon", Level.Village, 10), .. Rows("khom", Level.Village, 11), .. Rows("khoi", Level.Village, 12), .. Rows("cum", Level.Village, 13),
        .. Rows("duong|dg|d", Level.Street, 50), .. Rows("pho", Level.Street, 51), .. Rows("so|nha", Level.House, 60),
    ];

    private static readonly Dictionary<string, (string[] Words, Level Level, byte Kind)[]> ByFirst =
        All.GroupBy(row => row.Words[0]).ToDictionary(rows => rows.Key, rows => rows.ToArray(), StringComparer.Ordinal);

    private static readonly string[] Single = [.. All.SelectMany(row => row.Words).Where(word => word.Length > 1).Distinct()];

    /// <summary>Words that say only politeness or what comes next; nobody's address need hold them.</summary>
    private static readonly HashSet<string> SaidOnly = new(StringComparer.Ordinal)
    {
        "dan", "thi", "tran", "thanh", "o", "tai", "gan", "em", "toi", "hoi", "tim", "cua", "dia", "chi", "viet", "nam", "vn", "la", "voi", "a", "can", "tra", "cuu", "muon", "xin", "ngo", "ngach",
        "hem", "kiet", "va", "thuoc", "minh", "oi", "giup", "cu", "nay", "moi",
    };

    /// <summary>A word that goes in front of a number without a space: "P8", "Q10", "sn15", "to3".</summary>
    private static readonly HashSet<string> BeforeNumber = new(StringComparer.Ordinal) { "p", "q", "f", "sn", "to", "tdp", "doi", "thon", "ban", "khu", "kp", "ap", "xom", "tk", "so", "nha" };

    /// <summary>The words of kind at <paramref name="at"/>, the longest; null where there are none.</summary>
    public static (int Length, Level Level, byte Kind)? At(IReadOnlyList<string> words, int at)
    {
        if (!ByFirst.TryGetValue(words[at], out var rows))
        {
            return null;
        }
        foreach (var (type, level, kind) in rows)
        {
            var fits = at + type.Length <= words.Count;
            for (var i = 1; fits && i < type.Length; i++)
            {
                fits = words[at + i] == type[i];
            }
            if (fits)
            {
                return (type.Length, level, kind);
            }
        }
        return null;
    }

    /// <summary>
    /// The words of kind that nearly stand at <paramref name="at"/>, one slip away: "dci 8", "to dna pho 3", "phiuong". A single word only in front of
    /// a number, or where no name has it, so that names keep their words.
    /// </summary>
    public static (int Length, Level Level, byte Kind)? NearlyAt(IReadOnlyList<string> words, int at, Func<string, bool> isKnown)
    {
        (int, Level, byte)? nearest = null;
        var least = 1.001f;
        foreach (var (type, level, kind) in All)
        {
            if (at + type.Length > words.Count || (type.Length == 1 && !CanBeAlone(words, at, type[0], isKnown)))
            {
                continue;
            }
            var cost = 0f;
            for (var i = 0; i < type.Length && cost < least; i++)
            {
                cost += type[i].Length < 2 && words[at + i] != type[i] ? Slip.TooFar : Slip.Cost(words[at + i], type[i]);
            }
            if (cost < least && cost > 0)
            {
                (nearest, least) = ((type.Length, level, kind), cost);
            }
        }
        return nearest;
    }

    /// <summary>Tổ and tổ dân phố, khu phố and khu dân cư: papers write now the one, now the other.</summary>
    public static bool AreAlike(byte one, byte other) => one == other || (one, other) is (4, 16) or (16, 4) or (5, 15) or (15, 5);

    private static bool CanBeAlone(IReadOnlyList<string> words, int at, string type, Func<string, bool> isKnown)
    {
        if (words[at].Length < 2 || type.Length < 2 || IsSaidOnly(words[at]))
        {
            return false;
        }
        return (at + 1 < words.Count && char.IsAsciiDigit(words[at + 1][0])) || (type.Length >= 3 && !isKnown(words[at]));
    }

    /// <summary>Whether the word is a slip away from some word of kind.</summary>
    public static bool IsNearAny(string word) => Single.Any(type => Slip.Cost(word, type) <= 1);

    public static bool IsSaidOnly(string word) => SaidOnly.Contains(word) || ByFirst.ContainsKey(word);

    /// <summary>"p8" → p and 8; null where it is one word ("k448" is a house number).</summary>
    public static (string Type, string Number)? Parted(string word)
    {
        var letters = word.AsSpan().IndexOfAnyInRange('0', '9');
        return letters > 0 && BeforeNumber.Contains(word[..letters]) ? (word[..letters], word[letters..]) : null;
    }

    /// <summary>A name without the words of its kind, and which they were: "Thôn Háng Là" → hang la. A bare number or letter keeps its kind to be told by it.</summary>
    public static (ReadOnlyMemory<string> Core, byte Kind) Core(string[] words, Level level)
    {
        if (words.Length > 1 && At(words, 0) is { } type && (type.Level & level) != 0 && type.Length < words.Length)
        {
            return (words.AsMemory(type.Length), type.Kind);
        }
        return (words, 0);
    }

    private static IEnumerable<(string[] Words, Level Level, byte Kind)> Rows(string words, Level level, byte kind) =>
        words.Split('|').Select(one => (one.Split(' '), level, kind));
}
