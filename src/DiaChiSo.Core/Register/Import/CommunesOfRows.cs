namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// In which commune a row's address lies: by its words where there are some, by the code's area otherwise; and the two must not contradict
/// each other. Old and new prefixes are both valid, for a code never changes when communes merge (domain.md §3).
/// </summary>
internal sealed class CommunesOfRows(AdministrativeUnits units)
{
    private readonly Dictionary<(string Area, string? Commune, string? District, string? Title), Answer> known = [];
    private (string Area, string? Commune, string? District, string? Title) last = ("", null, null, null);
    private Answer lastAnswer;

    /// <param name="Commune">Key of today's unit; empty where it is refused.</param>
    /// <param name="Former">Key of the unit until 30/6/2025, where it is certain.</param>
    /// <param name="Refusal">Null: taken.</param>
    internal readonly record struct Answer(string Commune, string? Former, string? Refusal);

    /// <param name="commune">As the row has it.</param>
    /// <param name="district">As the row has it.</param>
    /// <param name="title">What stands above the table.</param>
    public Answer Find(AddressCode code, string? commune, string? district, string? title)
    {
        // A row is mostly of the same commune as the one before, with the very same strings.
        if (ReferenceEquals(commune, last.Commune) && ReferenceEquals(district, last.District) && ReferenceEquals(title, last.Title)
            && code.ToString().AsSpan(0, AddressCode.AreaLength).SequenceEqual(last.Area))
        {
            return lastAnswer;
        }
        last = (code.Area, commune, district, title);
        if (!known.TryGetValue(last, out lastAnswer))
        {
            // Words that are always others are not kept for ever.
            if (known.Count > 100_000)
            {
                known.Clear();
            }
            known[last] = lastAnswer = FindAnew(code.Area, district is null ? commune : $"{commune}, {district}", title);
        }
        return lastAnswer;
    }

    private Answer FindAnew(string area, string? words, string? title)
    {
        var ofArea = units.OfPostalCode(area);
        var named = units.FindCommunes(words);
        if (ofArea.Count == 0)
        {
            // A table of units without postal codes: then the words must be enough.
            return named.Count > 0 && PresentOf(named) is [var one]
                ? new(one.ToString(), FormerOf(named), null)
                : Refused($"{area}: the code's first five figures are no commune's postal code in the tables of units; for example 32606 (Tủa Chùa)");
        }
        if (named.Count == 0 && !string.IsNullOrWhiteSpace(words))
        {
            return Refused("the commune is not one of the tables of units; for example xã Sín Chải");
        }
        if (named.Count == 0)
        {
            // A title is of the whole table; where it says nothing of this area the code alone does.
            var titled = Of(ofArea, units.FindCommunes(title));
            return PresentOf(titled) is [var title1] ? new(title1.ToString(), FormerOf(titled) ?? FormerOf(ofArea), null) : ByArea(ofArea, area);
        }
        var fitting = Of(ofArea, named);
        return PresentOf(fitting) switch
        {
            [var present] => new(present.ToString(), FormerOf(fitting) ?? FormerOf(ofArea), null),
            [] => Refused($"{area}: the code is of {units.PresentOf(ofArea[0]).InLine} by its first five figures, and the row names another commune; the two must agree"),
            _ => Ambiguous(area),
        };
    }

    private Answer ByArea(IReadOnlyList<AdministrativeUnit> ofArea, string area) =>
        PresentOf(ofArea) is [var present] ? new(present.ToString(), FormerOf(ofArea), null) : Ambiguous(area);

    /// <summary>Of the named ones those that lie in the area's commune of today.</summary>
    private List<AdministrativeUnit> Of(IReadOnlyList<AdministrativeUnit> ofArea, IReadOnlyList<AdministrativeUnit> named)
    {
        var here = ofArea.Select(unit => units.PresentOf(unit).Key).ToHashSet();
        return [.. named.Where(unit => here.Contains(units.PresentOf(unit).Key))];
    }

    private List<UnitKey> PresentOf(IReadOnlyList<AdministrativeUnit> some) => [.. some.Select(unit => units.PresentOf(unit).Key).Distinct()];

    // Only where nothing of today's list fits too: "Sín Chải" is a name of both, and then the former one is not certain.
    private static string? FormerOf(IReadOnlyList<AdministrativeUnit> some) => some is [{ IsFormer: true } one] ? one.Key.ToString() : null;

    private static Answer Refused(string reason) => new("", null, reason);

    private static Answer Ambiguous(string area) =>
        Refused($"{area}: more than one commune is meant by this code and these words; name the commune with its type and former district, for example xã Mường Báng, huyện Tủa Chùa");
}
