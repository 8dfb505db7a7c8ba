using System.Numerics;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// From candidates to a few addresses: the best first; where several fit equally, one of each village in turn, so that five homes of one
/// village do not hide that the same name exists elsewhere.
/// </summary>
internal sealed class Answers(RegisterIndex index, TypedQuery query, Func<AddressCode, bool>? isStale)
{
    private const int MostNamed = 2;

    public IReadOnlyList<IndexMatch> Of(List<Candidate> candidates, int most)
    {
        var answers = new List<IndexMatch>(most);
        var known = new HashSet<AddressCode>();
        foreach (var equals in candidates.GroupBy(one => MathF.Round(one.Score, 2)).OrderByDescending(equals => equals.Key))
        {
            var turns = equals.OrderBy(one => one.Group).ThenBy(one => one.First).Take(4 * most)
                .SelectMany(one => Addresses(one, most).Select((address, turn) => (one, address, turn)))
                .OrderBy(place => place.turn).ThenBy(place => place.one.Group);
            foreach (var (one, address, _) in turns)
            {
                if (answers.Count == most)
                {
                    return answers;
                }
                var code = index.CodeOf(address);
                if (known.Add(code))
                {
                    answers.Add(new(code, index.Line(address), one.Score, SharedBy(address), Unmatched(one.Fit.Places), one.MatchesHouse) { Group = one.Group, IsPlace = one.IsPlace });
                }
            }
        }
        return answers;
    }

    /// <summary>Of a village, places with a name come first, though not alone: by them people on the spot know where they are.</summary>
    private IEnumerable<int> Addresses(Candidate candidate, int most)
    {
        var end = candidate.First + candidate.Count;
        var named = new List<int>();
        for (var at = index.FirstPlaced(candidate.First); at < index.Placed.Count && index.Placed[at] < end && named.Count < MostNamed; at++)
        {
            named.Add(index.Placed[at]);
        }
        return named.Concat(Enumerable.Range(candidate.First, candidate.Count).Where(address => !named.Contains(address)))
            .Where(address => isStale is null || !isStale(index.CodeOf(address))).Take(most);
    }

    /// <summary>How many have the same village, street, house number and name.</summary>
    private int SharedBy(int address)
    {
        var group = index.GroupOf(address);
        var (first, end) = (index.Groups[group].FirstAddress, index.Groups[group + 1].FirstAddress);
        var house = index.Houses[address].Rank;
        var from = index.FirstOfHouse(first, end, house);
        var to = index.FirstOfHouse(from, end, house + 1);
        var name = NameOf(address);
        var (named, same) = (0, 0);
        for (var at = index.FirstPlaced(from); at < index.Placed.Count && index.Placed[at] < to; at++)
        {
            named++;
            same += index.PlacedNames[at] == name ? 1 : 0;
        }
        return Math.Max(1, name < 0 ? to - from - named : same);
    }

    private int NameOf(int address) => index.FirstPlaced(address) is var at && at < index.Placed.Count && index.Placed[at] == address ? index.PlacedNames[at] : -1;

    private string[] Unmatched(ulong places)
    {
        var left = query.Asked & ~places;
        var words = new string[BitOperations.PopCount(left)];
        for (var i = 0; i < words.Length; i++, left &= left - 1)
        {
            words[i] = query.AsTyped(BitOperations.TrailingZeroCount(left));
        }
        return words;
    }
}
