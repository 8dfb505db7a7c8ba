namespace DiaChiSo.Core.Register.Search;

/// <summary>Which areas are worth a look: those whose units are named, and where that is not enough those in which the typed names lie.</summary>
internal sealed class AreaFinder(RegisterIndex index, WordMatches matches, UnitFits units, NameFits names)
{
    private const int Most = 48;
    private const float Spread = 2.6f;
    private const int MostOfWord = 8_000;
    private const int MostNames = 3_000;
    private const int MostOfName = 4_000;

    private readonly float[] marks = new float[index.Areas.Count];     // 0: not found, else 1 + what its names promise
    private readonly List<int> areas = [];

    /// <summary>The areas with the fit of their units, best first where there are many.</summary>
    /// <param name="seeds">The places of the words that may lead to areas by the names of villages, streets and places; the units always do.</param>
    public List<(int Area, Fit Fit)> Find(TypedQuery query, ulong seeds)
    {
        MarkOfUnits();
        if (seeds != 0)
        {
            MarkOfNames(seeds, query);
        }
        var fits = new List<(float Bound, int Area, Fit Fit)>(areas.Count);
        foreach (var area in areas)
        {
            var fit = units.Of(index.Areas[area], query);
            fits.Add((fit.Value + marks[area] - 1, area, fit));
            marks[area] = 0;
        }
        areas.Clear();
        if (fits.Count > Most)
        {
            fits.Sort((a, b) => b.Bound.CompareTo(a.Bound));
        }
        var best = fits.Count == 0 ? 0 : fits.Max(fit => fit.Bound);
        return [.. fits.Where(fit => fit.Bound >= best - Spread).Take(Most).Select(fit => (fit.Area, fit.Fit))];
    }

    private void MarkOfUnits()
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
            if (marks[area] == 0)
            {
                areas.Add(area);
                marks[area] = 1;
            }
            marks[area] = Math.Max(marks[area], 1 + value);
        }
    }

    /// <summary>Areas by what lies in them: the rarest words that are typed lead to the names that have them.</summary>
    private void MarkOfNames(ulong seeds, TypedQuery query)
    {
        Span<int> order = stackalloc int[Math.Min(256, matches.All.Count)];
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var slot = matches.All[i];
            if ((seeds >> slot.Place & 1) != 0 && index.WordNames[slot.Word].Length is > 0 and <= MostOfWord && slot.Cost <= 1)
            {
                order[count++] = i;
            }
        }
        order = order[..count];
        order.Sort((a, b) => (matches.All[a].Cost, index.WordNames[matches.All[a].Word].Length).CompareTo((matches.All[b].Cost, index.WordNames[matches.All[b].Word].Length)));
        var steps = 0;
        foreach (var i in order)
        {
            var slot = matches.All[i];
            var postings = index.WordNames[slot.Word];
            // The rarest word always leads; others as long as it does not become many.
            if (steps > 0 && steps + postings.Length > MostNames)
            {
                break;
            }
            steps += postings.Length;
            foreach (var name in postings)
            {
                var fit = names.Of(name, query, 0);
                if (!fit.IsNone && index.NameAreas[name] is { Length: <= MostOfName } within)
                {
                    MarkAll(within, fit.Value);
                }
            }
        }
    }
}
