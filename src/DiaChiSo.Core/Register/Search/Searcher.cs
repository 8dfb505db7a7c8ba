using System.Numerics;
using System.Runtime.InteropServices;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// One search at a time over an index. First the words as they are typed; where they leave something unanswered, the words that are near them;
/// at last those two edits away. Areas are found by the names of units, or by those of villages, streets and places; inside the best areas
/// each group (village and street) is scored, and inside the best groups the house number.
/// </summary>
internal sealed class Searcher
{
    private const int MostAreas = 48;
    private const float AreaSpread = 2.6f;
    private const float Spread = 1.0f;
    private const float UnsaidPart = 0.01f;
    private const int MostPostings = 8_000;
    private const int MostCandidates = 512;

    private readonly RegisterIndex index;
    private readonly WordMatches matches;
    private readonly UnitFits units;
    private readonly NameFits names;
    private readonly HouseFits houses;
    private readonly float[] areaMark;
    private readonly List<int> areas = [];
    private readonly List<(int Word, float Cost)> near = [];
    private readonly List<Candidate> candidates = [];
    private readonly List<Fit> villageFits = [];
    private readonly List<Fit> streetFits = [];
    private readonly Dictionary<int, Fit> placeFits = [];

    private TypedQuery query = null!;
    private float bestScore;

    public Searcher(RegisterIndex index)
    {
        this.index = index;
        matches = new(index.Lexicon.Count);
        units = new(index, matches);
        names = new(index, matches);
        houses = new(index);
        areaMark = new float[index.Areas.Count];
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
            if (candidates.Count == 0)
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
                Score(candidates.Count == 0 ? ulong.MaxValue : Unanswered());
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
        foreach (var one in candidates)
        {
            if (one.Score > bestScore - 0.01f)
            {
                left &= ~one.Fit.Places;
                answered |= one.Fit.Places;
            }
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
        return candidates.Count > 0 && (left == 0 || (left == 1 && candidates.Exists(one => one.Score > bestScore - 0.01f && one.IsNarrow && (one.MatchesHouse || houses.Places == 0))));
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

    /// <param name="seeds">The places of the words that may lead to areas by the names of villages, streets and places; the units always do.</param>
    private void Score(ulong seeds)
    {
        candidates.Clear();
        bestScore = 0;
        units.Clear();
        units.Find(query);
        MarkAreasOfUnits();
        if (seeds != 0)
        {
            MarkAreasOfNames(seeds);
        }
        LookIntoAreas();
    }

    private void MarkAreasOfUnits()
    {
        var hasCommune = false;
        foreach (var unit in units.Found)
        {
            if (index.Units[unit].Level == Level.Commune)
            {
                hasCommune = true;
                MarkAll(index.UnitAreas[unit], 0);
            }
        }
        foreach (var unit in units.Found)
        {
            // A district's few communes are looked into one by one; a province's are too many to mean anything.
            if (index.Units[unit].Level == Level.District && (!hasCommune || units.Found.Count < 8))
            {
                MarkAll(index.UnitAreas[unit], 0);
            }
        }
    }

    private void MarkAll(ReadOnlySpan<int> which, float value)
    {
        foreach (var area in which)
        {
            if (areaMark[area] == 0)
            {
                areas.Add(area);
                areaMark[area] = 1;
            }
            areaMark[area] = Math.Max(areaMark[area], 1 + value);
        }
    }

    /// <summary>Areas by what lies in them: the rarest words that are typed lead to the names that have them.</summary>
    private void MarkAreasOfNames(ulong seeds)
    {
        Span<int> order = stackalloc int[matches.All.Count > 256 ? 256 : matches.All.Count];
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var slot = matches.All[i];
            if ((seeds >> slot.Place & 1) != 0 && index.WordNames[slot.Word].Length is > 0 and <= MostPostings && slot.Cost <= 1)
            {
                order[count++] = i;
            }
        }
        order = order[..count];
        order.Sort((a, b) => (matches.All[a].Cost, index.WordNames[matches.All[a].Word].Length).CompareTo((matches.All[b].Cost, index.WordNames[matches.All[b].Word].Length)));
        var (steps, places) = (0, 0UL);
        foreach (var i in order)
        {
            var slot = matches.All[i];
            var postings = index.WordNames[slot.Word];
            if ((steps += postings.Length) > MostPostings)
            {
                break;
            }
            places |= 1UL << slot.Place;
            foreach (var name in postings)
            {
                var fit = names.Of(name, query, 0);
                if (!fit.IsNone && index.NameAreas[name] is { Length: <= 4_000 } within)
                {
                    MarkAll(within, fit.Value);
                }
            }
        }
    }

    private void LookIntoAreas()
    {
        var fits = new List<(float Bound, int Area, Fit Fit)>(areas.Count);
        foreach (var area in areas)
        {
            var fit = units.Of(index.Areas[area], query);
            fits.Add((fit.Value + areaMark[area] - 1, area, fit));
            areaMark[area] = 0;
        }
        areas.Clear();
        if (fits.Count > MostAreas)
        {
            fits.Sort((a, b) => b.Bound.CompareTo(a.Bound));
        }
        var best = fits.Count == 0 ? 0 : fits.Max(fit => fit.Bound);
        var looked = 0;
        foreach (var (bound, area, fit) in CollectionsMarshal.AsSpan(fits))
        {
            if (bound < best - AreaSpread)
            {
                continue;
            }
            if (++looked > MostAreas)
            {
                break;
            }
            LookInto(area, fit);
        }
    }

    private void LookInto(int area, Fit fit)
    {
        var villages = FitAll(index.AreaVillages[area], fit.Places, villageFits);
        var streets = FitAll(index.AreaStreets[area], fit.Places, streetFits);
        var (first, end) = (index.Areas[area].FirstGroup, index.Areas[area + 1].FirstGroup);
        var groups = index.Groups.Between(first, end + 1);
        var hasHouse = (houses.Places & ~fit.Places) != 0;
        for (var at = 0; at < groups.Length - 1; at++)
        {
            var village = groups[at].Village == 0 ? Fit.None : villages[groups[at].Village - 1];
            var street = groups[at].Street == 0 ? Fit.None : streets[groups[at].Street - 1];
            var (within, isNarrow) = Together(fit, village, street);
            var score = ScoreOf(within) - Unsaid(groups[at], village, street);
            if (score < bestScore - Spread - (hasHouse ? 2.2f : 0))
            {
                continue;
            }
            AddGroup(first + at, groups[at].FirstAddress, groups[at + 1].FirstAddress, within, isNarrow, score);
        }
        AddPlaces(area, groups, fit, villages, streets);
    }

    private List<Fit> FitAll(ReadOnlySpan<int> all, ulong taken, List<Fit> fits)
    {
        fits.Clear();
        foreach (var name in all)
        {
            fits.Add(HasAnyWord(name) ? names.Of(name, query, taken) : Fit.None);
        }
        return fits;
    }

    private bool HasAnyWord(int name)
    {
        foreach (var word in index.NameWords[name])
        {
            if (matches.Has(word))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The village and the street where both have words of their own; else the better one.</summary>
    private static (Fit Fit, bool IsNarrow) Together(Fit area, Fit village, Fit street)
    {
        var both = (village.Places & street.Places) == 0
            ? new Fit(village.Places | street.Places, village.Value + street.Value, village.Slips + street.Slips)
            : village.Value >= street.Value ? village : street;
        return (new(area.Places | both.Places, area.Value + both.Value, area.Slips + both.Slips), both.Places != 0);
    }

    private float ScoreOf(Fit fit) => fit.Value - BitOperations.PopCount(query.Asked & ~fit.Places) - 0.5f * BitOperations.PopCount(fit.Places & ~query.Asked);

    /// <summary>Of two that fit alike, the one without a village or street that nobody named is the simpler answer.</summary>
    private static float Unsaid(GroupRow group, Fit village, Fit street) =>
        (group.Village > 0 && village.IsNone ? UnsaidPart : 0) + (group.Street > 0 && street.IsNone ? UnsaidPart : 0);

    private void AddGroup(int group, int first, int end, Fit fit, bool isNarrow, float score)
    {
        var house = houses.In(first, end, fit.Places);
        if (house.Count > 0)
        {
            var with = WithHouse(fit, house.Places);
            Add(new(house.First, house.Count, group, with, score + ScoreOf(with) - ScoreOf(fit), isNarrow, true, false));
        }
        var letters = BitOperations.PopCount(query.Asked & ~query.Numeric & ~fit.Places);
        if (isNarrow && letters <= BitOperations.PopCount(fit.Places) / 2)
        {
            Add(new(first, end - first, group, fit, score, true, false, false));
        }
        else if (!isNarrow && (query.Asked & ~fit.Places) == 0 && IsCertain(fit))
        {
            // Of a whole commune only places with a name are an answer; a village's homes are, as "one of so many".
            for (var at = index.FirstPlaced(first); at < index.Placed.Count && index.Placed[at] < end && at < index.FirstPlaced(first) + IAddressRegister.Most; at++)
            {
                Add(new(index.Placed[at], 1, group, fit, score + 0.01f, false, false, true));
            }
        }
    }

    private static Fit WithHouse(Fit fit, ulong places) => fit with { Places = fit.Places | places, Value = fit.Value + BitOperations.PopCount(places) + 0.2f };

    /// <summary>"xin chào" is one slip from Xín Chải: a commune alone must be spelled right, or be called one.</summary>
    private bool IsCertain(Fit fit) => fit.Slips == 0 || (query.Before[fit.Start] & (Level.Commune | Level.District)) != 0;

    private void AddPlaces(int area, ReadOnlySpan<GroupRow> groups, Fit areaFit, List<Fit> villages, List<Fit> streets)
    {
        var (from, to) = (groups[0].FirstAddress, groups[^1].FirstAddress);
        if (from == to)
        {
            return;
        }
        placeFits.Clear();
        var group = 0;
        for (var at = index.FirstPlaced(from); at < index.Placed.Count && index.Placed[at] < to; at++)
        {
            var name = index.PlacedNames[at];
            if (!placeFits.TryGetValue(name, out var place))
            {
                place = placeFits[name] = HasAnyWord(name) ? names.Of(name, query, 0) : Fit.None;
            }
            if (place.IsNone)
            {
                continue;
            }
            var address = index.Placed[at];
            while (groups[group + 1].FirstAddress <= address)
            {
                group++;
            }
            var village = groups[group].Village == 0 ? Fit.None : villages[groups[group].Village - 1];
            var street = groups[group].Street == 0 ? Fit.None : streets[groups[group].Street - 1];
            if ((village.Places & place.Places) != 0)
            {
                // "Nhà văn hóa thôn 21, thôn 21": the village is the one that is not in the place's name.
                village = names.Of(index.AreaVillages[area][groups[group].Village - 1], query, areaFit.Places | place.Places);
            }
            var within = Together(areaFit, village, street).Fit;
            if ((place.Places & query.Asked & ~within.Places) == 0)
            {
                continue;                                   // the commune's name alone does not ask for its "Trạm y tế xã …"
            }
            var fit = WithPlace(within, areaFit, place);
            var house = houses.In(address, address + 1, fit.Places);
            fit = house.Count > 0 ? WithHouse(fit, house.Places) : fit;
            var score = ScoreOf(fit);
            var own = BitOperations.PopCount(place.Places);
            var rest = BitOperations.PopCount(query.Asked & ~fit.Places);
            if (score >= bestScore - Spread && own >= 2 * rest && (own >= 2 || areaFit.Places != 0))
            {
                Add(new(address, 1, index.Areas[area].FirstGroup + group, fit, score, true, house.Count > 0, true));
            }
        }
    }

    /// <summary>A place's name often holds the village's or the commune's ("Trạm y tế xã Sín Chải"): a word counts once, at its best.</summary>
    private static Fit WithPlace(Fit within, Fit area, Fit place)
    {
        if ((within.Places & place.Places) == 0)
        {
            return new(within.Places | place.Places, within.Value + place.Value, within.Slips + place.Slips);
        }
        var common = BitOperations.PopCount(area.Places & place.Places);
        var own = BitOperations.PopCount(place.Places);
        var least = (area.Places & place.Places) == (within.Places & place.Places)
            ? within with { Places = within.Places | place.Places, Value = within.Value + place.Value * (own - common) / own }
            : new Fit(area.Places | place.Places, area.Value + place.Value * (own - common) / own, area.Slips);
        return least with { Slips = least.Slips + place.Slips };
    }

    private void Add(Candidate candidate)
    {
        if (candidate.Score <= bestScore - Spread || (candidate.Score <= 0 && candidate.Fit.Value < 1))
        {
            return;
        }
        bestScore = Math.Max(bestScore, candidate.Score);
        candidates.Add(candidate);
        if (candidates.Count > MostCandidates)
        {
            candidates.RemoveAll(one => one.Score < bestScore - Spread);
            if (candidates.Count > MostCandidates)
            {
                candidates.Sort((a, b) => b.Score.CompareTo(a.Score));
                candidates.RemoveRange(MostCandidates / 2, candidates.Count - MostCandidates / 2);
            }
        }
    }

    private IReadOnlyList<IndexMatch> Answer(int most, Func<AddressCode, bool>? isStale)
    {
        if (candidates.Count == 0)
        {
            return [];
        }
        var tones = new ToneFits(index, query);
        var scored = candidates.Where(one => one.Score > bestScore - Spread)
            .Select(one => one with { Score = one.Score + tones.Of(one) }).ToList();
        var best = scored.Max(one => one.Score);
        // Where the typed number is somebody's, those who have another one, or none, are no answer.
        var hasHouse = scored.Exists(one => one.MatchesHouse && one.Score > best - Spread);
        scored.RemoveAll(one => one.Score <= best - Spread || (hasHouse && !one.MatchesHouse && (query.Numeric & ~one.Fit.Places) != 0));
        return new Answers(index, query, isStale).Of(scored, most);
    }
}
