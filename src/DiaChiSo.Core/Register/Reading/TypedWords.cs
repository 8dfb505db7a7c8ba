namespace DiaChiSo.Core.Register.Reading;

/// <summary>A text parted into words: at spaces and signs, between letters and a number stuck to them ("P8Q10", "to3"), and where words were joined.</summary>
internal static class TypedWords
{
    /// <summary>Words behind this many are not read: nobody's address is longer.</summary>
    public const int Most = 60;

    private static readonly HashSet<string> StuckToNumber =
        ["p", "q", "f", "to", "tdp", "doi", "sn", "so", "nha", "khu", "kp", "ap", "thon", "ban", "xom", "khom", "khoi", "ngo", "ngach", "hem", "kiet", "duong", "ql", "tl"];

    /// <param name="plain">Plain text (<see cref="VietnameseText.Plain"/>).</param>
    /// <param name="vocabulary">What names are made of.</param>
    public static List<TypedWord> Of(string plain, Vocabulary vocabulary)
    {
        var words = new List<TypedWord>(16);
        var isBreak = false;
        for (var at = 0; at < plain.Length && words.Count < Most;)
        {
            if (!char.IsLetterOrDigit(plain[at]))
            {
                isBreak |= plain[at] is ',' or ';' or '-' or '(' or ')' or '|' or '>' or '<' or '!' or '?' or '"' or '_' || (plain[at] == '.' && IsEnd(plain, at, words));
                at++;
                continue;
            }
            var end = EndOf(plain, at);
            foreach (var (from, to) in Pieces(plain, at, end))
            {
                Add(words, plain, from, to, isBreak, vocabulary);
                isBreak = false;
            }
            at = end;
        }
        return words.Exists(word => word.IsByKeys) ? WithKeys(words, vocabulary) : words;
    }

    /// <summary>Who types "tuar chuaf" also means "tả" by "tar", though somewhere far away there is a name with "Tar".</summary>
    private static List<TypedWord> WithKeys(List<TypedWord> words, Vocabulary vocabulary)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word is { IsByKeys: false, HasMarks: false, IsNumber: false, Id: not Vocabulary.Unknown } && !vocabulary.IsNear(word.Id)
                && TelexText.Read(word.Folded) is { } read && VietnameseText.Fold(read) is var bare && vocabulary.Find(bare) is var id && id != Vocabulary.Unknown && vocabulary.IsNear(id))
            {
                words[at] = word with { Folded = bare, Tones = read, Id = id, IsByKeys = true };
            }
        }
        return words;
    }

    // "H. Tủa Chùa" goes on behind the point, "nhà em. Xã Sín Chải" does not.
    private static bool IsEnd(string plain, int at, List<TypedWord> words) =>
        at + 1 < plain.Length && plain[at + 1] == ' ' && words.Count > 0 && words[^1].Folded.Length > 3;

    private static int EndOf(string plain, int at)
    {
        var end = at + 1;
        while (end < plain.Length && (char.IsLetterOrDigit(plain[end]) || (plain[end] == '/' && end + 1 < plain.Length && char.IsLetterOrDigit(plain[end + 1]) && HasFigure(plain, at, end))))
        {
            end++;
        }
        return end;
    }

    private static bool HasFigure(string plain, int from, int to) => plain.AsSpan(from, to - from).ContainsAnyInRange('0', '9');

    private static IEnumerable<(int From, int To)> Pieces(string plain, int from, int to)
    {
        var start = from;
        for (var at = from + 1; at < to; at++)
        {
            var isStuck = char.IsAsciiDigit(plain[at]) && char.IsLetter(plain[at - 1]) && StuckToNumber.Contains(VietnameseText.Fold(plain.AsSpan(start, at - start)));
            var isNextStuck = char.IsLetter(plain[at]) && char.IsAsciiDigit(plain[at - 1]) && at + 1 < to && char.IsAsciiDigit(plain[at + 1]) && plain[at] is 'p' or 'P' or 'q' or 'Q' or 'f' or 'F';
            var isHump = char.IsUpper(plain[at]) && char.IsLower(plain[at - 1]);
            if (isStuck || isNextStuck || isHump)
            {
                yield return (start, at);
                start = at;
            }
        }
        yield return (start, to);
    }

    private static void Add(List<TypedWord> words, string plain, int from, int to, bool isBreak, Vocabulary vocabulary)
    {
        var typed = plain.AsSpan(from, to - from);
        var folded = VietnameseText.Fold(typed);
        if (folded.Length == 0)
        {
            return;
        }
        if (!isBreak && folded is "t" or "p" or "x" && words is [.., { Folded: "t" } initial] && from == initial.End + 1 && plain[from - 1] == '.')
        {
            // "T.T", "T.P", "T.X": one word of kind.
            words[^1] = new("t" + folded, "t" + folded, initial.Start, to, initial.AfterBreak) { Id = vocabulary.Find("t" + folded) };
            return;
        }
        var id = vocabulary.Find(folded);
        if (id == Vocabulary.Unknown && char.IsLetter(folded[0]) && typed.Length == folded.Length && !typed.ContainsAnyExceptInRange('\0', '\x7F'))
        {
            if (TelexText.Read(folded) is { } read && VietnameseText.Fold(read) is var bare && vocabulary.Find(bare) is var meant && (meant != Vocabulary.Unknown || words.Exists(word => word.IsByKeys)))
            {
                words.Add(new(bare, read, from, to, isBreak) { Id = meant, IsByKeys = true });
                return;
            }
        }
        if (id == Vocabulary.Unknown && folded.Length == typed.Length && !typed.ContainsAnyInRange('0', '9') && JoinedWords.Part(folded, vocabulary) is { } lengths)
        {
            foreach (var length in lengths)
            {
                AddWhole(words, plain, from, from + length, isBreak, vocabulary);
                (from, isBreak) = (from + length, false);
            }
            return;
        }
        AddWhole(words, plain, from, to, isBreak, vocabulary, folded, id);
    }

    private static void AddWhole(List<TypedWord> words, string plain, int from, int to, bool isBreak, Vocabulary vocabulary, string? folded = null, int? id = null)
    {
        folded ??= VietnameseText.Fold(plain.AsSpan(from, to - from));
        var hasMarks = plain.AsSpan(from, to - from).ContainsAnyExceptInRange('\0', '\x7F');
        words.Add(new(folded, hasMarks ? VietnameseText.ToneKey(plain[from..to]) : folded, from, to, isBreak) { Id = id ?? vocabulary.Find(folded) });
    }
}
