namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// A key under which syllables fall together that are written either way (domain.md §5). Coarse on purpose: it finds candidates,
/// <see cref="WordCost"/> then measures them.
/// </summary>
internal static class Sound
{
    /// <param name="word">Folded.</param>
    public static string KeyOf(string word)
    {
        var (onset, rest) = OnsetOf(word);
        return onset + CodaOf(rest.Replace('y', 'i'));
    }

    private static (string Key, string Left) OnsetOf(string word)
    {
        foreach (var (written, key) in Onsets)
        {
            if (word.Length > written.Length && word.StartsWith(written, StringComparison.Ordinal) && (written != "gi" || "aeouy".Contains(word[2])))
            {
                return (key, word[written.Length..]);
            }
        }
        return ("", word);
    }

    private static string CodaOf(string rest) => rest switch
    {
        [.. var head, 'n', 'g'] => head + "n",
        [.. var head, 'n', 'h'] => head + "n",
        [.. var head, 'c', 'h'] => head + "t",
        [.. var head, 'c'] => head + "t",
        _ => rest,
    };

    // "l" stands for all that are heard alike around it: l/n, đ/l, d/gi/r, b/v.
    private static readonly (string Written, string Key)[] Onsets =
    [
        ("ngh", "ŋ"), ("ng", "ŋ"), ("nh", "ɲ"), ("gh", "g"), ("gi", "l"), ("kh", "x"), ("ph", "b"), ("qu", "k"), ("th", "θ"), ("tr", "c"), ("ch", "c"),
        ("s", "s"), ("x", "s"), ("l", "l"), ("n", "l"), ("d", "l"), ("r", "l"), ("v", "b"), ("b", "b"), ("p", "b"), ("c", "k"), ("k", "k"), ("q", "k"), ("g", "g"), ("h", "h"), ("m", "m"), ("t", "t"),
    ];
}
