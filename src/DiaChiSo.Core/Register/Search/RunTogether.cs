namespace DiaChiSo.Core.Register.Search;

/// <summary>Words that were typed without spaces, "xamuongbang" → xa muong bang: the fewest known words that make up the whole.</summary>
internal static class RunTogether
{
    private const int LongestWord = 8;
    private const int MostWords = 6;

    /// <summary>Null when it cannot be made up of known words of two letters or more.</summary>
    public static List<string>? Parts(string typed, Lexicon lexicon)
    {
        if (typed.Length > 40)
        {
            return null;
        }
        Span<int> fewest = stackalloc int[typed.Length + 1];
        Span<int> last = stackalloc int[typed.Length + 1];
        fewest.Fill(int.MaxValue);
        fewest[0] = 0;
        for (var end = 2; end <= typed.Length; end++)
        {
            for (var length = 2; length <= Math.Min(LongestWord, end); length++)
            {
                var start = end - length;
                if (fewest[start] < MostWords && fewest[start] + 1 < fewest[end] && lexicon.Find(typed.AsSpan(start, length)) >= 0)
                {
                    (fewest[end], last[end]) = (fewest[start] + 1, length);
                }
            }
        }
        if (fewest[typed.Length] is < 2 or int.MaxValue)
        {
            return null;
        }
        var parts = new List<string>();
        for (var end = typed.Length; end > 0; end -= last[end])
        {
            parts.Insert(0, typed.Substring(end - last[end], last[end]));
        }
        return parts;
    }
}
