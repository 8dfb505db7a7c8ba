using System.Numerics;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// One search at a time over an index. First the words as they are typed; where they leave something unanswered, the words that are near them;
/// at last those two edits away. Areas are found by the names of units, or by those of villages, streets and places; inside the best areas
/// each group (village and street) is scored, and inside the best groups the house number.
/// </summary>
internal sealed class Searcher
{
    private readonly RegisterIndex index;
    private readonly WordMatches matches;
    private readonly UnitFits units;
    private readonly HouseFits houses;
    private readonly AreaFinder finder;
    private readonly AreaLook look;
    private readonly Candidates candidates = new();
    private readonly List<(int Word, float Cost)> near = [];

    private TypedQuery query = null!;

    public Searcher(RegisterIndex index)
    {
        this.index = index;
        matches = new(index.Lexicon.Count);
        units = new(index, matches);
        houses = new(index);
        var names = new NameFits(index, matches);
        finder = new(index, matches, units, names);
        look = new(index, matches, names, houses, candidates);
    }

    public IReadOnlyList<IndexMatch> Search(string words, int most, Func<AddressCode, bool>? isStale)
    {
        query = new(words, index.Lexicon);
        if (query.Words.Count == 0 || query.Asked == 0 || index.Count == 0)
        {
            return [];
        }
        try
        {
            houses.Read(query);
            Widen(ulong.MaxValue, 0);
            Score(seeds: 0);
            if (candidates.IsEmpty)
            {
                Score(ulong.MaxValue);
            }
            // A word that is in no name that fits is where the slip is, as a rule.
            for (var edits = 1; edits <= 2 && Unanswered() is not 0 and var unanswered; edits++)
            {
                // Its neighbours too: "Mường Bán", where bản is a word of kind and misses nothing by itself.
                if (Widen(edits == 1 ? unanswered | unanswered << 1 | unanswered >> 1 : unanswered, edits))
                {
                    Score(seeds: 0);
                }
            }
            // The commune itself may be the wrong one: then what it leaves open leads to the right one. At last, anything anywhere.
            if (!IsGood())
            {
                Score(candidates.IsEmpty ? ulong.MaxValue : Unanswered());
            }
            if (!IsGood() && Widen(query.Asked & ~query.Numeric, 1))
            {
                Score(ulong.MaxValue);
            }
            return Answer(most, isStale);
        }
        finally
        {
            matches.Clear();
            units.Clear();
        }
    }

    /// <summary>The words with letters that the best candidates leave unanswered, but for what may be a word of kind with a slip before an answered one.</summary>
    private ulong Unanswered()
    {
        var (left, answered) = (query.Asked & ~query.Numeric, 0UL);
        foreach (var one in candidates.Best)
        {
            left &= ~one.Fit.Places;
            answered |= one.Fit.Places;
        }
        for (var rest = left; rest != 0; rest &= rest - 1)
        {
            var at = BitOperations.TrailingZeroCount(rest);
            if ((answered >> (at + 1) & 1) != 0 && query.MayBeType(at))
            {
                left &= ~(1UL << at);
            }
        }
        return left;
    }

    /// <summary>Whether at most one word is left over where the village or the street is known, and the house number where one was typed.</summary>
    private bool IsGood()
    {
        var left = BitOperations.PopCount(Unanswered());
        return !candidates.IsEmpty && (left == 0 || (left == 1 && candidates.Best.Any(one => one.IsNarrow && (one.MatchesHouse || houses.Places == 0))));
    }

    /// <summary>Adds the words that are so near to those at these places; false when none came. Without edits: the words as they stand.</summary>
    private bool Widen(ulong places, int edits)
    {
        var before = matches.All.Count;
        for (var at = 0; at < query.Words.Count; at++)
        {
            var word = query.Words[at];
            if ((places >> at & 1) == 0 || (edits == 2 && word.Length < 4))
            {
                continue;
            }
            var exact = edits == 0 ? index.Lexicon.Find(word) : -1;
            if (exact >= 0)
            {
                matches.Add(exact, at, 0);
                continue;
            }
            if (edits == 0 && TelexText.Read(word) is { } marked && index.Lexicon.Find(VietnameseText.Words(marked)) is >= 0 and var decoded)
            {
                matches.Add(decoded, at, 0.1f);
            }
            // A word that no name has is a slip for certain; one that a name has may be one still.
            near.Clear();
            index.Lexicon.AddNear(word, Math.Max(1, edits), near);
            near.Sort((a, b) => a.Cost.CompareTo(b.Cost));
            foreach (var (like, cost) in near)
            {
                matches.Add(like, at, cost);
            }
        }
        return matches.All.Count > before;
    }

    /// <inheritdoc cref="AreaFinder.Find" path="/param"/>
    private void Score(ulong seeds)
    {
        candidates.Clear();
        units.Clear();
        units.Find(query);
        foreach (var (area, fit) in finder.Find(query, seeds))
        {
            look.LookInto(area, fit, query);
        }
    }

    private IReadOnlyList<IndexMatch> Answer(int most, Func<AddressCode, bool>? isStale)
    {
        if (candidates.IsEmpty)
        {
            return [];
        }
        var tones = new ToneFits(index, query);
        var scored = candidates.All
            .Select(one => one with { Score = one.Score + tones.Of(one) }).ToList();
        var best = scored.Max(one => one.Score);
        // Where the typed number is somebody's, those who have another one, or none, are no answer.
        var hasHouse = scored.Exists(one => one.MatchesHouse && one.Score > best - Candidates.Spread);
        scored.RemoveAll(one => one.Score <= best - Candidates.Spread || (hasHouse && !one.MatchesHouse && (query.Numeric & ~one.Fit.Places) != 0));
        return new Answers(index, query, isStale).Of(scored, most);
    }
}
