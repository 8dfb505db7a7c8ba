namespace DiaChiSo.Core.Register.Search;

/// <summary>The communes, districts and provinces that the query may name, and how well an area fits them.</summary>
internal sealed class UnitFits(RegisterIndex index, WordMatches matches)
{
    private const float SameType = 0.1f;
    private const float OtherType = -0.25f;
    private const float OtherLevel = -0.7f;

    private readonly int[] head = new int[index.Units.Count];       // 0: none, else 1 + place in hits
    private readonly List<Hit> hits = [];
    private readonly List<int> touched = [];

    private readonly record struct Hit(Fit Fit, int Next);

    /// <summary>The units that were found, each once.</summary>
    public IReadOnlyList<int> Found => touched;

    public void Find(TypedQuery query)
    {
        foreach (var slot in matches.All)
        {
            foreach (var name in index.FirstWordUnitNames[slot.Word])
            {
                Consider(name, slot, query);
            }
        }
    }

    public void Clear()
    {
        foreach (var unit in touched)
        {
            head[unit] = 0;
        }
        touched.Clear();
        hits.Clear();
    }

    /// <summary>The area's units, each at its best place, no word taken twice.</summary>
    public Fit Of(in AreaRow area, TypedQuery query)
    {
        Span<(Fit Fit, int Field)> found = stackalloc (Fit, int)[24];
        var count = 0;
        Gather(area.Commune, 0, found, ref count, query);
        // The old and the new commune are one field where they are called the same: else the village's name would count as the old commune.
        Gather(area.FormerCommune, area.AreNamedAlike ? 0 : 1, found, ref count, query);
        Gather(area.FormerDistrict, 2, found, ref count, query);
        Gather(area.Province, 3, found, ref count, query);
        if (area.FormerProvince != area.Province)
        {
            Gather(area.FormerProvince, 4, found, ref count, query);
        }
        var (places, value, slips) = (0UL, 0f, 0f);
        Span<bool> isFilled = stackalloc bool[5];
        for (var taken = 0; taken < 5; taken++)
        {
            var best = -1;
            for (var i = 0; i < count; i++)
            {
                var (fit, field) = found[i];
                if (!isFilled[field] && (fit.Places & places) == 0 && (best < 0 || IsBetter(found[i], found[best])))
                {
                    best = i;
                }
            }
            if (best < 0)
            {
                break;
            }
            isFilled[found[best].Field] = true;
            places |= found[best].Fit.Places;
            value += found[best].Fit.Value;
            slips += found[best].Fit.Slips;
        }
        return new(places, value, slips);
    }

    // Longer first; of two places the right one is the commune's, the left the village's (domain.md §5: read from the right).
    private static bool IsBetter((Fit Fit, int Field) one, (Fit Fit, int Field) other) =>
        one.Fit.Value > other.Fit.Value + 0.001f
        || (one.Fit.Value > other.Fit.Value - 0.001f && one.Field <= other.Field && (one.Field < other.Field || one.Fit.Start > other.Fit.Start));

    private void Gather(int unit, int field, Span<(Fit Fit, int Field)> found, ref int count, TypedQuery query)
    {
        if (unit < 0)
        {
            return;
        }
        var row = index.Units[unit];
        for (var at = head[unit]; at != 0 && count < found.Length; at = hits[at - 1].Next)
        {
            var fit = hits[at - 1].Fit;
            var before = query.Before[fit.Start];
            var value = fit.Value;
            if (before != Level.None)
            {
                value += (before & row.Level) == 0 ? OtherLevel : row.Kind == query.KindBefore[fit.Start] ? SameType : OtherType;
            }
            if (value > 0)
            {
                found[count++] = (fit with { Value = value }, field);
            }
        }
    }

    private void Consider(int name, WordMatches.Slot first, TypedQuery query)
    {
        var words = index.UnitNameWords[name];
        var places = 1UL << first.Place;
        var (value, slips) = (Fit.Worth(first.Cost), first.Cost);
        for (var i = 1; i < words.Length; i++)
        {
            var cost = matches.CostAt(words[i], first.Place + i);
            if (cost < 0)
            {
                return;
            }
            places |= 1UL << (first.Place + i);
            value += Fit.Worth(cost);
            slips += cost;
        }
        if (slips > 0.5f + 0.5f * words.Length + (words.Length > 1 ? 0.6f : 0))
        {
            return;
        }
        var isBare = words.Length == 1 && (index.Lexicon[words[0]].Length == 1 || (query.Numeric >> first.Place & 1) != 0);
        foreach (var unit in index.UnitNameUnits[name])
        {
            // "Phường 8", "Quận 3": a number alone is neither.
            if (isBare && (query.Before[first.Place] & index.Units[unit].Level) == 0)
            {
                continue;
            }
            if (head[unit] == 0)
            {
                touched.Add(unit);
            }
            hits.Add(new(new(places, value, slips), head[unit]));
            head[unit] = hits.Count;
        }
    }
}
