namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// How far a typed word is from a meant one, both folded: edits of the finger cost one each; sounds that are written either way where
/// these people live cost less (domain.md §5: s/x, tr/ch, l/n, d/gi/r, c/k/q, g/gh, ng/ngh, i/y, b/v, đ/l, nh/n, ng/n).
/// </summary>
internal static class Slip
{
    /// <summary>One sound that is written the other way.</summary>
    public const float Sound = 0.3f;

    /// <summary>Words that are further apart than this are not compared to the end.</summary>
    public const float TooFar = 3;

    private const int LongestWord = 24;

    private static readonly string[] Onsets = ["ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x"];
    private static readonly string[] Codas = ["ng", "nh", "ch", "n", "m", "p", "t", "c", "y", "i"];

    private static readonly HashSet<(string, string)> LikeOnsets = BothWays(
        ("s", "x"), ("tr", "ch"), ("l", "n"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("c", "k"), ("c", "q"), ("k", "q"), ("k", "qu"), ("g", "gh"), ("ng", "ngh"), ("b", "v"), ("d", "l"), ("d", "v"), ("gi", "v"));

    private static readonly HashSet<(string, string)> LikeCodas = BothWays(("nh", "n"), ("ng", "n"), ("ng", "nh"), ("t", "c"), ("ch", "t"), ("ch", "c"), ("y", "i"));

    /// <summary>0 for the same word, <see cref="Sound"/> for each end that only sounds the same, 1 for each edit (one letter more, less, other, or two swapped); at most <see cref="TooFar"/>.</summary>
    public static float Cost(ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        if (typed.SequenceEqual(meant))
        {
            return 0;
        }
        if (typed.Length > LongestWord || meant.Length > LongestWord || Math.Abs(typed.Length - meant.Length) >= TooFar)
        {
            return TooFar;
        }
        return Math.Min(Edits(typed, meant), BySound(typed, meant));
    }

    /// <summary>The words that sound the same when their beginning or their end is written the other way: "sin" → "xin", "sinh", "sing" …</summary>
    public static IEnumerable<string> SoundsLike(string word)
    {
        var onset = OnsetOf(word);
        var rhyme = word[onset.Length..];
        var coda = CodaOf(rhyme);
        var vowels = rhyme[..^coda.Length];
        string[] onsets = [onset, .. LikeOnsets.Where(pair => pair.Item1 == onset).Select(pair => pair.Item2)];
        string[] codas = [coda, .. LikeCodas.Where(pair => pair.Item1 == coda).Select(pair => pair.Item2)];
        return onsets.SelectMany(one => codas.Select(other => one + vowels + other)).Where(like => like != word);
    }

    private static float BySound(ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        var onset = OnsetOf(typed);
        var otherOnset = OnsetOf(meant);
        var isSameOnset = onset == otherOnset;
        if (!isSameOnset && !LikeOnsets.Contains((onset, otherOnset)))
        {
            return TooFar;
        }
        var cost = isSameOnset ? 0 : Sound;
        var rhyme = typed[onset.Length..];
        var otherRhyme = meant[otherOnset.Length..];
        if (rhyme.SequenceEqual(otherRhyme))
        {
            return cost;
        }
        var coda = CodaOf(rhyme);
        var otherCoda = CodaOf(otherRhyme);
        if (coda != otherCoda && LikeCodas.Contains((coda, otherCoda)))
        {
            cost += Sound;
            rhyme = rhyme[..^coda.Length];
            otherRhyme = otherRhyme[..^otherCoda.Length];
        }
        return rhyme.SequenceEqual(otherRhyme) ? cost : Math.Min(TooFar, cost + Edits(rhyme, otherRhyme));
    }

    private static string OnsetOf(ReadOnlySpan<char> word)
    {
        foreach (var onset in Onsets)
        {
            // In "gin" the i is the vowel, the onset is g; after an onset something must be left.
            if (word.StartsWith(onset) && word.Length > onset.Length && (onset != "gi" || IsVowel(word[2])))
            {
                return onset;
            }
        }
        return "";
    }

    private static string CodaOf(ReadOnlySpan<char> rhyme)
    {
        foreach (var coda in Codas)
        {
            if (rhyme.EndsWith(coda) && (rhyme.Length > coda.Length || coda is "y" or "i"))
            {
                return coda;
            }
        }
        return "";
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>Edits where two swapped neighbours are one (optimal string alignment).</summary>
    private static float Edits(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var head = one.CommonPrefixLength(other);
        one = one[head..];
        other = other[head..];
        while (one.Length > 0 && other.Length > 0 && one[^1] == other[^1])
        {
            one = one[..^1];
            other = other[..^1];
        }
        if (one.Length == 0 || other.Length == 0)
        {
            return Math.Min(TooFar, one.Length + other.Length);
        }
        Span<byte> before = stackalloc byte[LongestWord + 1];
        Span<byte> above = stackalloc byte[LongestWord + 1];
        Span<byte> row = stackalloc byte[LongestWord + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            above[j] = (byte)j;
        }
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = (byte)i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    best = Math.Min(best, before[j - 2] + 1);
                }
                row[j] = (byte)best;
            }
            var oldest = before;
            before = above;
            above = row;
            row = oldest;
        }
        return Math.Min(TooFar, above[other.Length]);
    }

    private static HashSet<(string, string)> BothWays(params (string One, string Other)[] pairs) =>
        [.. pairs, .. pairs.Select(pair => (pair.Other, pair.One))];
}
