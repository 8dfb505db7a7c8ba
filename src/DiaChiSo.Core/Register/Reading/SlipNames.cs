namespace DiaChiSo.Core.Register.Reading;

/// <summary>Names of one province by each of their words, for words that were typed with a slip.</summary>
internal sealed class SlipNames
{
    /// <summary>A name with more slips than this is another name.</summary>
    public const float TooFar = 1.7f;

    private readonly List<string> words = [];
    private readonly List<List<(Named Name, int At)>> names = [];
    private readonly Vocabulary vocabulary;

    public SlipNames(Vocabulary vocabulary, IEnumerable<Named> all)
    {
        this.vocabulary = vocabulary;
        var places = new Dictionary<int, int>();
        foreach (var name in all)
        {
            for (var at = 0; at < name.Words.Length; at++)
            {
                if (!places.TryGetValue(name.Words[at], out var place))
                {
                    places[name.Words[at]] = place = words.Count;
                    words.Add(vocabulary[name.Words[at]]);
                    names.Add([]);
                }
                names[place].Add((name, at));
            }
        }
    }

    /// <summary>The names that this word may be part of, where they begin, and what the slips cost.</summary>
    public IEnumerable<(Named Name, int Start, float Cost)> Around(List<TypedWord> typed, int at)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (Math.Abs(words[i].Length - typed[at].Folded.Length) > 2)
            {
                continue;
            }
            var here = WordCost.Of(typed[at].Folded, words[i]);
            if (here >= TooFar)
            {
                continue;
            }
            foreach (var (name, place) in names[i])
            {
                if (CostOf(name, typed, at - place) is { } cost)
                {
                    yield return (name, at - place, cost);
                }
            }
        }
    }

    private float? CostOf(Named name, List<TypedWord> typed, int start)
    {
        if (start < 0 || start + name.Words.Length > typed.Count)
        {
            return null;
        }
        var cost = 0f;
        var sameLetters = 0;
        for (var i = 0; i < name.Words.Length; i++)
        {
            if (i > 0 && typed[start + i].AfterBreak)
            {
                return null;
            }
            var meant = vocabulary[name.Words[i]];
            cost += WordCost.Of(typed[start + i].Folded, meant);
            sameLetters += typed[start + i].Folded == meant ? meant.Length : 0;
            if (cost >= TooFar)
            {
                return null;
            }
        }
        // Where every word has a real edit nothing holds the name.
        return sameLetters > 0 || cost < 1 ? cost : null;
    }
}
