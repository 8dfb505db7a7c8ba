namespace DiaChiSo.Core.Register.Reading;

/// <summary>From the options to what can honestly be said: one unit, several to choose from, or none.</summary>
internal static class UnitChoosing
{
    // What is as good as the same: the same words beside words with a tone off, or one slip beside another.
    private const float CloseToExact = 0.22f;
    private const float CloseToSlip = 0.5f;
    private const int MostCandidates = 6;

    /// <param name="all">Best first.</param>
    /// <param name="units">The table.</param>
    /// <param name="isDetailed">A house, street or village is named too, so a commune is meant and not a district.</param>
    public static (AddressReading Reading, IReadOnlyList<UnitOption> Used) Choose(List<UnitOption> all, AdministrativeUnits units, bool isDetailed)
    {
        if (all.Count == 0)
        {
            return (AddressReading.Nothing, []);
        }
        var best = all[0];
        var close = best.Cost + (best.Cost < CloseToExact ? CloseToExact : CloseToSlip);
        var options = all.Where(option => option.Cost <= close).DistinctBy(option => (option.What, option.Village?.Former)).ToList();
        options = Level(WithoutPresentInDistrict(options), isDetailed || options.Exists(option => option.Village is not null));
        var communes = options.Where(option => option.Commune is not null).Select(option => option.Commune!).Distinct().ToList();
        var reading = Said(options, communes, units) with
        {
            Communes = [.. communes.OrderBy(unit => unit.Key.System)],
            IsGuess = options[0].Cost >= CloseToExact || options[0].Unit.Name.Village is not null,
        };
        return (options.TrueForAll(option => option.IsElsewhere) ? reading with { Verdict = AddressVerdict.OutOfArea } : reading, options);
    }

    /// <summary>
    /// Who names a district speaks of the list until 2025: "phường Mường Thanh, thành phố Điện Biên Phủ" is the old one, though a new one has
    /// its name (domain.md §4, false friends).
    /// </summary>
    private static List<UnitOption> WithoutPresentInDistrict(List<UnitOption> options) =>
        options.Exists(option => option is { Commune.IsFormer: true, NamesDistrict: true } && option.Cost <= options[0].Cost)
            ? [.. options.Where(option => option.Commune is not { IsFormer: false } || !option.NamesDistrict)] : options;

    /// <summary>"Tủa Chùa" may be a commune or the former district; with its province behind it, or a house before it, it is the commune.</summary>
    private static List<UnitOption> Level(List<UnitOption> options, bool isDetailed)
    {
        var communes = options.Where(option => option.Commune is not null).ToList();
        var isCommune = isDetailed || communes.Exists(option => option.NamesProvince || option.NamesDistrict || option.Unit.Before?.Kind == NameKind.Commune);
        return communes.Count > 0 && isCommune ? communes : options;
    }

    private static AddressReading Said(List<UnitOption> options, List<AdministrativeUnit> communes, AdministrativeUnits units)
    {
        var presents = communes.SelectMany(units.PresentsOf).Distinct().ToList();
        var higher = options.Where(option => option.Higher is not null).Select(option => option.Higher!).ToList();
        return (higher, communes, presents) switch
        {
            ([var one], [], _) => new(AddressVerdict.Unit) { Higher = one },
            ([], [var divided], { Count: > 1 }) => new(AddressVerdict.Ambiguous) { Former = divided, Candidates = Choices(presents) },
            ([], _, [var present]) => new(AddressVerdict.Unit) { Present = present, Former = FormerOf(options) },
            ([], [{ IsFormer: true } gone], []) => new(AddressVerdict.Unit) { Former = gone },
            _ => new(AddressVerdict.Ambiguous) { Candidates = [.. options.Select(option => new UnitChoice(option.Commune, option.Higher, option.Unit.Name.Village)).Take(MostCandidates)] },
        };
    }

    /// <summary>
    /// All options lie in one commune of today. The former one is told only where it was meant: its district or a village of it is named, or today's list has no
    /// such name, or the bare name says no more than that it is the same.
    /// </summary>
    private static AdministrativeUnit? FormerOf(List<UnitOption> options)
    {
        var former = options.Where(option => option.Commune is { IsFormer: true }).ToList();
        if (former.Count == 0)
        {
            return null;
        }
        if (former.Find(option => option.Village?.Former == option.Commune!.Key) is { } byVillage)
        {
            return byVillage.Commune;
        }
        var byDistrict = former.Where(option => option.NamesDistrict).ToList();
        if (byDistrict.Count > 0)
        {
            return byDistrict[0].Commune;
        }
        var present = options.Find(option => option.Commune is { IsFormer: false });
        var saysPresent = present is not null && (present.Unit.Before is not null || present.Cost < former[0].Cost - 0.01f);
        return saysPresent || former.Select(option => option.Commune).Distinct().Count() > 1 ? null : former[0].Commune;
    }

    private static UnitChoice[] Choices(List<AdministrativeUnit> communes) => [.. communes.Select(commune => new UnitChoice(commune, null, null)).Take(MostCandidates)];
}
