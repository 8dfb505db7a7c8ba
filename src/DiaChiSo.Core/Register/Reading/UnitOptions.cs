namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// Weighs the names of a text against each other. What lies in what decides: "Mường Báng, Tủa Chùa" is a commune and its district, and a name that
/// goes with nothing else costs. Costs only order the options and say which are too far; choosing between communes is not theirs.
/// </summary>
internal sealed class UnitOptions(AdministrativeUnits units, List<Mention> mentions, Func<int, bool> isLandmark, IReadOnlySet<UnitKey> provincesWithCommunes)
{
    /// <summary>Behind this nothing is meant.</summary>
    public const float TooFar = 1.31f;

    private const float WrongProvince = 1.25f;
    private const float InBlankProvince = 0.5f;
    private const float Alias = 0.06f;
    private const float FormerDistrictOfPresent = 0.12f;
    private const float Elsewhere = 0.5f;
    private const float NotServed = 0.02f;
    private const float ByVillage = 0.15f;

    public List<UnitOption> All()
    {
        var options = new List<UnitOption>();
        foreach (var mention in mentions)
        {
            var own = mention.Cost + mention.KindCost + (mention.Name.IsAlias ? Alias : 0);
            if (own > TooFar)
            {
                continue;
            }
            var option = mention.Name switch
            {
                { Commune: { } commune } => OfCommune(mention, commune, own),
                { Higher: { } higher } => OfHigher(mention, higher, own),
                { Village: { IsNumbered: false } village } => OfCommune(mention, units[village.Former], own + ByVillage),
                _ => null,
            };
            if (option is { Cost: <= TooFar })
            {
                options.Add(option);
            }
        }
        return [.. options.OrderBy(option => option.Cost)];
    }

    private UnitOption OfCommune(Mention mention, AdministrativeUnit commune, float own)
    {
        var (with, others) = Explain(mention, other => InChain(commune, other));
        var reach = mention.Name.Reach switch
        {
            Reach.Country => with.Exists(other => other.Name.Higher is not null) ? 0 : Elsewhere,
            Reach.Province => NotServed,
            _ => 0,
        };
        return new(mention, commune, null, own + others + reach, with);
    }

    private UnitOption OfHigher(Mention mention, HigherUnit higher, float own)
    {
        var (with, others) = Explain(mention, other => other.Name.Higher is { IsProvince: true } province && !higher.IsProvince && IsProvinceOf(province, higher) ? 0 : null);
        // Of a province without communes in the table nothing else can be explained; that names of ours stand beside it says less then.
        var isBlank = higher.IsProvince && !provincesWithCommunes.Contains(higher.Key);
        return new(mention, null, higher, own + (isBlank ? others * InBlankProvince : others), with);
    }

    /// <summary>What the commune's other names cost; null where the name has nothing to do with it.</summary>
    private float? InChain(AdministrativeUnit commune, Mention other) => other.Name switch
    {
        { Higher: { IsProvince: true } province } => units.PresentsOf(commune).Append(commune).Any(unit => IsProvinceOf(province, unit))
            || (!commune.IsFormer && units.FormerOf(commune).Any(unit => IsProvinceOf(province, unit))) ? 0 : null,
        { Higher: { } district } => commune.DistrictCode == district.Key.Code ? 0
            : !commune.IsFormer && units.FormerOf(commune).Any(former => former.DistrictCode == district.Key.Code) ? FormerDistrictOfPresent : null,
        { Commune: { IsFormer: false } present } => commune.Successors.Contains(present.Key) ? 0 : null,
        { Village: { } village } => village.Former == commune.Key || units[village.Former].Successors.Contains(commune.Key) ? 0 : null,
        _ => null,
    };

    private static bool IsProvinceOf(HigherUnit province, AdministrativeUnit unit) => province.Key == new UnitKey(unit.Key.System, unit.ProvinceCode);

    private static bool IsProvinceOf(HigherUnit province, HigherUnit district) => province.Key == new UnitKey(district.Key.System, district.ProvinceCode);

    /// <summary>The other names, in groups that overlap: each costs as little as its best reading.</summary>
    private (List<Mention> With, float Cost) Explain(Mention unit, Func<Mention, float?> inChain)
    {
        var (with, cost, end) = (new List<Mention>(), 0f, -1);
        var group = new List<Mention>();
        foreach (var mention in mentions.Where(mention => !mention.Overlaps(unit)).OrderBy(mention => mention.Start))
        {
            if (mention.Start >= end)
            {
                Close();
            }
            group.Add(mention);
            end = Math.Max(end, mention.End);
        }
        Close();
        return (with, cost);

        void Close()
        {
            if (group.Count == 0)
            {
                return;
            }
            var best = group.Select(mention => (mention, Cost: inChain(mention) is { } fits ? fits + mention.Cost + mention.KindCost : (float?)null))
                .Where(pair => pair.Cost is < 1).OrderBy(pair => pair.Cost).ThenByDescending(pair => pair.mention.Length).FirstOrDefault();
            if (best.mention is not null)
            {
                with.Add(best.mention);
            }
            cost += best.Cost ?? group.Max(Unexplained);
            group.Clear();
        }
    }

    /// <summary>What it costs that this name is not part of the whole: a wrong district weighs, a chance likeness does not.</summary>
    private float Unexplained(Mention mention) => mention switch
    {
        { Before.Kind: NameKind.Street or NameKind.Village } => 0,
        _ when isLandmark(mention.Start) => 0.05f,
        // "xã Mường Pháng" names a commune, however it is spelt: what leaves it out is not meant.
        { IsSlip: true, Before: not null } => 1.25f,
        { IsSlip: true } => 0.45f * mention.Length,
        { Name.Village: not null } => 0.1f,
        { KindCost: >= Mention.Never } => 0,
        { Name.Higher.IsProvince: true } => WrongProvince,
        { Name.Higher: not null } => 1,
        { Name.Reach: Reach.Country, Before: null } => 0.1f,
        { Before: not null } => 1,
        _ => 0.8f,
    };
}
