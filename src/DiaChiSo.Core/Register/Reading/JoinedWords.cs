namespace DiaChiSo.Core.Register.Reading;

/// <summary>Parts words that were typed without spaces, "xamuongbang", into syllables that names have.</summary>
internal static class JoinedWords
{
    private const int LongestSyllable = 7;
    private const int LongestJoined = 48;
    private const float Near = 1;
    private const float Far = 1.4f;

    /// <summary>The lengths of the syllables, in their order; null where the word cannot be parted without rest.</summary>
    public static List<int>? Part(ReadOnlySpan<char> word, Vocabulary vocabulary)
    {
        if (word.Length is < 5 or > LongestJoined)
        {
            return null;
        }
        Span<float> cost = stackalloc float[word.Length + 1];
        Span<int> last = stackalloc int[word.Length + 1];
        cost.Fill(float.MaxValue);
        cost[0] = 0;
        for (var end = 2; end <= word.Length; end++)
        {
            for (var length = 2; length <= Math.Min(LongestSyllable, end); length++)
            {
                var before = cost[end - length];
                if (before == float.MaxValue || vocabulary.Find(word.Slice(end - length, length)) is var id && id == Vocabulary.Unknown)
                {
                    continue;
                }
                var here = before + (vocabulary.IsNear(id) ? Near : Far);
                if (here < cost[end])
                {
                    (cost[end], last[end]) = (here, length);
                }
            }
        }
        if (cost[word.Length] == float.MaxValue)
        {
            return null;
        }
        var lengths = new List<int>();
        for (var end = word.Length; end > 0; end -= last[end])
        {
            lengths.Insert(0, last[end]);
        }
        return lengths.Count > 1 ? lengths : null;
    }
}
