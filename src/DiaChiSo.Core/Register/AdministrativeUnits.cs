namespace DiaChiSo.Core.Register;

/// <summary>
/// The communes before and since 1/7/2025, and how the old ones went into the new ones: whole units only in this province, so old → new
/// is certain (domain.md §4). Shipped from Data/units-dien-bien.csv; another table can be loaded in its place.
/// </summary>
public sealed class AdministrativeUnits
{
    /// <summary>"tỉnh Điện Biên": the province of the shipped table.</summary>
    public const string ProvinceInLine = "tỉnh Điện Biên";

    private static readonly HashSet<string> TypeWords =
        ["tinh", "huyen", "thi", "thanh", "quan", "xa", "phuong", "thon", "ban", "doi", "to", "khu", "xom", "ap", "lang", "duong", "pho", "ngo", "ngach", "hem"];

    private static readonly Lazy<AdministrativeUnits> FromThisAssembly = new(() => new(CoreData.Rows("Register.Data.units-dien-bien.csv").Select(UnitOf)));

    private readonly Dictionary<UnitKey, AdministrativeUnit> byKey;
    private readonly ILookup<string, AdministrativeUnit> byPostalCode;
    private readonly ILookup<UnitKey, AdministrativeUnit> formerBySuccessor;
    private readonly CommuneWords words;

    /// <exception cref="ArgumentException">Two units have the same key.</exception>
    public AdministrativeUnits(IEnumerable<AdministrativeUnit> units)
    {
        byKey = units.ToDictionary(unit => unit.Key);
        byPostalCode = byKey.Values.Where(unit => unit.PostalCode is not null).ToLookup(unit => unit.PostalCode!);
        formerBySuccessor = byKey.Values.Where(unit => unit.Successor is not null).ToLookup(unit => unit.Successor!.Value);
        words = new CommuneWords(byKey.Values);
    }

    /// <summary>Điện Biên's 129 former and 45 present communes.</summary>
    public static AdministrativeUnits Shipped => FromThisAssembly.Value;

    public IReadOnlyCollection<AdministrativeUnit> All => byKey.Values;

    /// <summary>Today's communes, by name.</summary>
    public IEnumerable<AdministrativeUnit> Present => byKey.Values.Where(unit => !unit.IsFormer);

    /// <exception cref="KeyNotFoundException">The table has no such unit.</exception>
    public AdministrativeUnit this[UnitKey key] =>
        byKey.TryGetValue(key, out var unit) ? unit : throw new KeyNotFoundException($"No administrative unit {key}.");

    /// <summary>Null when the table has no such unit.</summary>
    public AdministrativeUnit? Find(UnitKey? key) => key is { } known ? byKey.GetValueOrDefault(known) : null;

    /// <summary>Today's unit of a former one; a unit of today is itself.</summary>
    public AdministrativeUnit PresentOf(AdministrativeUnit unit) => unit.Successor is { } successor ? this[successor] : unit;

    /// <summary>The former communes that went into this one.</summary>
    public IEnumerable<AdministrativeUnit> FormerOf(AdministrativeUnit present) => formerBySuccessor[present.Key];

    /// <summary>
    /// The units of a code's first five figures, old and new list together; both stay valid, because a code never changes when communes
    /// merge (domain.md §3). None for another province or a number that is no commune's.
    /// </summary>
    public IReadOnlyList<AdministrativeUnit> OfPostalCode(string postalCode) => [.. byPostalCode[postalCode]];

    /// <inheritdoc cref="OfPostalCode"/>
    public IReadOnlyList<AdministrativeUnit> OfCode(AddressCode code) => OfPostalCode(code.Area);

    /// <summary>
    /// The communes that these words name, by today's or former names and other spellings, with or without tones, the type word optional.
    /// All that fit come back: a name of both lists gives both, and choosing is for the person. Empty when no commune is named.
    /// </summary>
    public IReadOnlyList<AdministrativeUnit> FindCommunes(string? text) => words.Find(text);

    /// <summary>The unit's names as the search index takes them.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such unit.</exception>
    internal Search.IndexedUnit Indexed(UnitKey key)
    {
        var unit = this[key];
        return new(unit.Type, unit.Name, unit.Aliases, unit.District, char.ToUpperInvariant(ProvinceInLine[0]) + ProvinceInLine[1..]);
    }

    /// <summary>"Thôn Háng Là" → "thôn Háng Là", but "Thắng Lợi II" stays: only a word of kind is written small inside a line.</summary>
    internal static string? InLine(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        var end = name.IndexOf(' ');
        return end > 0 && TypeWords.Contains(VietnameseText.Fold(name.AsSpan(0, end)))
            ? char.ToLowerInvariant(name[0]) + name[1..]
            : name;
    }

    internal static AdministrativeUnit UnitOf(IReadOnlyDictionary<string, string> row)
    {
        var system = row["system"] == "2024" ? UnitSystem.Until2025 : UnitSystem.Since2025;
        return new()
        {
            Key = new(system, row["code"]),
            Type = row["type"],
            Name = row["name"],
            Aliases = row["aliases"].Split(['|', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            District = row["district"] is { Length: > 0 } district ? district : null,
            PostalCode = row["postcode"] is { Length: > 0 } postcode ? postcode : null,
            Successor = row["new_code"] is { Length: > 0 } code ? new UnitKey(UnitSystem.Since2025, code) : null,
            Centre = row["lat"].Length > 0 && GeoPoint.TryParse($"{row["lat"]}0, {row["lon"]}0", out var centre) ? centre : null,
        };
    }
}
