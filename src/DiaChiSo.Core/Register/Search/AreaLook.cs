using System.Numerics;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Looks into an area: scores its groups, and in the good ones the house number and the places with a name.</summary>
internal sealed class AreaLook(RegisterIndex index, WordMatches matches, NameFits names, HouseFits houses, Candidates candidates)
{
    private const float UnsaidPart = 0.01f;
    private const float HouseFound = 0.2f;

    /// <summary>What a house number that is found adds at most: its word is answered and no longer missing.</summary>
    private const float HouseWorth = 2 + HouseFound;

    private readonly List<Fit> villageFits = [];
    private readonly List<Fit> streetFits = [];
    private readonly Dictionary<int, Fit> placeFits = [];
    private TypedQuery query = null!;

    /// <param name="fit">Of the area's units.</param>
    public void LookInto(int area, Fit fit, TypedQuery typed)
    {
        query = typed;
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
            if (score < candidates.BestScore - Candidates.Spread - (hasHouse ? HouseWorth : 0))
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
            candidates.Add(new(house.First, house.Count, group, with, score + ScoreOf(with) - ScoreOf(fit), isNarrow, true, false));
        }
        var letters = BitOperations.PopCount(query.Asked & ~query.Numeric & ~fit.Places);
        if (isNarrow && letters <= BitOperations.PopCount(fit.Places) / 2)
        {
            candidates.Add(new(first, end - first, group, fit, score, true, false, false));
        }
        else if (!isNarrow && (query.Asked & ~fit.Places) == 0 && IsCertain(fit))
        {
            // Of a whole commune only places with a name are an answer; a village's homes are, as "one of so many".
            for (var at = index.FirstPlaced(first); at < index.Placed.Count && index.Placed[at] < end && at < index.FirstPlaced(first) + IAddressRegister.Most; at++)
            {
                candidates.Add(new(index.Placed[at], 1, group, fit, score + 0.01f, false, false, true));
            }
        }
    }

    private static Fit WithHouse(Fit fit, ulong places) => fit with { Places = fit.Places | places, Value = fit.Value + BitOperations.PopCount(places) + HouseFound };

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
            if (score >= candidates.BestScore - Candidates.Spread && own >= 2 * rest && (own >= 2 || areaFit.Places != 0))
            {
                candidates.Add(new(address, 1, index.Areas[area].FirstGroup + group, fit, score, true, house.Count > 0, true));
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
}
