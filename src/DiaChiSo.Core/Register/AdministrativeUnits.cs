namespace DiaChiSo.Core.Register;

/// <summary>
/// The units before and since 1/7/2025, and how the old ones went into the new ones. Shipped: Điện Biên (Data/units-dien-bien.csv), where whole
/// units were merged, so old → new is certain (domain.md §4); the country can be loaded in its place (<see cref="Units.UnitTables"/>).
/// </summary>
public sealed class AdministrativeUnits
{
    /// <summary>"tỉnh Điện Biên": the province of the shipped table.</summary>
    public const string ProvinceInLine = "tỉnh Điện Biên";

    private static readonly HashSet<string> TypeWords =
        ["tinh", "huyen", "thi", "thanh", "quan", "xa", "phuong", "thon", "ban", "doi", "to", "khu", "xom", "ap", "lang", "duong", "pho", "ngo", "ngach", "hem"];

    private static readonly Lazy<AdministrativeUnits> FromThisAssembly = new(Shipment);

    private readonly Dictionary<UnitKey, AdministrativeUnit> byKey;
    private readonly Dictionary<UnitKey, HigherUnit> higherByKey;
    private readonly ILookup<string, AdministrativeUnit> byPostalCode;
    private readonly ILookup<UnitKey, AdministrativeUnit> formerBySuccessor;
    private readonly Lazy<Reading.AddressReader> reader;
    private readonly Lazy<long> fingerprint;

    /// <param name="units">The communes of both lists.</param>
    /// <param name="higher">Provinces of both lists and former districts; left out: the shipped provinces, and the districts that the communes name.</param>
    /// <exception cref="ArgumentException">Two units have the same key.</exception>
    public AdministrativeUnits(IEnumerable<AdministrativeUnit> units, IEnumerable<HigherUnit>? higher = null)
    {
        byKey = units.ToDictionary(unit => unit.Key);
        higherByKey = (higher ?? ShippedProvinces().Concat(DistrictsOf(byKey.Values))).ToDictionary(unit => unit.Key);
        byPostalCode = byKey.Values.Where(unit => unit.PostalCode is not null).ToLookup(unit => unit.PostalCode!);
        formerBySuccessor = byKey.Values.SelectMany(unit => unit.Successors.Select(successor => (successor, unit))).ToLookup(pair => pair.successor, pair => pair.unit);
        fingerprint = new(() => FingerprintOf(byKey.Values));
        reader = new(() => new(this, [], new ServedArea()));
    }

    /// <summary>Điện Biên's 129 former and 45 present communes, its ten former districts, and the names of all provinces.</summary>
    public static AdministrativeUnits Shipped => FromThisAssembly.Value;

    /// <summary>The same for the same names: another one means that what was made of the names must be made anew.</summary>
    internal long Fingerprint => fingerprint.Value;

    /// <summary>The communes of both lists.</summary>
    public IReadOnlyCollection<AdministrativeUnit> All => byKey.Values;

    /// <summary>Provinces of both lists and former districts.</summary>
    public IReadOnlyCollection<HigherUnit> Higher => higherByKey.Values;

    /// <summary>Today's communes, by name.</summary>
    public IEnumerable<AdministrativeUnit> Present => byKey.Values.Where(unit => !unit.IsFormer);

    /// <exception cref="KeyNotFoundException">The table has no such unit.</exception>
    public AdministrativeUnit this[UnitKey key] =>
        byKey.TryGetValue(key, out var unit) ? unit : throw new KeyNotFoundException($"No administrative unit {key}.");

    /// <summary>Null when the table has no such commune.</summary>
    public AdministrativeUnit? Find(UnitKey? key) => key is { } known ? byKey.GetValueOrDefault(known) : null;

    /// <summary>Null when the table has no such province or former district.</summary>
    public HigherUnit? FindHigher(UnitKey key) => higherByKey.GetValueOrDefault(key);

    /// <summary>
    /// Today's unit of a former one; a unit of today is itself. A former one that was divided has no single one: it is itself too, ask
    /// <see cref="PresentsOf"/>.
    /// </summary>
    public AdministrativeUnit PresentOf(AdministrativeUnit unit) => Find(unit.Successor) ?? unit;

    /// <summary>Today's units in which the unit's land lies: one, or several where it was divided.</summary>
    public IReadOnlyList<AdministrativeUnit> PresentsOf(AdministrativeUnit unit) =>
        unit.IsFormer ? [.. unit.Successors.Select(successor => Find(successor)).OfType<AdministrativeUnit>()] : [unit];

    /// <summary>The former communes that went into this one, whole or in part.</summary>
    public IEnumerable<AdministrativeUnit> FormerOf(AdministrativeUnit present) => formerBySuccessor[present.Key];

    /// <summary>
    /// The units of a code's first five figures, old and new list together; both stay valid, because a code never changes when communes
    /// merge (domain.md §3). None for a number that no commune of the table has.
    /// </summary>
    public IReadOnlyList<AdministrativeUnit> OfPostalCode(string postalCode) => [.. byPostalCode[postalCode]];

    /// <inheritdoc cref="OfPostalCode"/>
    public IReadOnlyList<AdministrativeUnit> OfCode(AddressCode code) => OfPostalCode(code.Area);

    /// <summary>
    /// The communes that these words name, whatever area is served: for rows of files. What people say is read by
    /// <see cref="Reading.Understanding.FindCommunes"/>. All that fit come back; empty when no commune is named.
    /// </summary>
    public IReadOnlyList<AdministrativeUnit> FindCommunes(string? text) => reader.Value.Read(VietnameseText.Plain(text)).Communes;

    /// <summary>The province (list until 2025) in which the postal codes with these first figures lie; null where not known.</summary>
    public HigherUnit? ProvinceOfPostalCode(string postalCode) =>
        Higher.FirstOrDefault(unit => unit.IsProvince && unit.PostalPrefixes.Any(prefix => postalCode.StartsWith(prefix, StringComparison.Ordinal)));

    private static long FingerprintOf(IEnumerable<AdministrativeUnit> units)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var unit in units.OrderBy(unit => unit.Key.ToString(), StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{unit.Key}|{unit.Type}|{unit.Name}|{string.Join(',', unit.Aliases)}|{unit.District}|{unit.Province};"));
        }
        return BitConverter.ToInt64(hash.GetHashAndReset());
    }

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

    /// <summary>The districts as the former communes name them.</summary>
    internal static IEnumerable<HigherUnit> DistrictsOf(IEnumerable<AdministrativeUnit> communes) =>
        communes.Where(unit => unit is { District: not null, DistrictCode: not null }).DistinctBy(unit => unit.DistrictCode).Select(unit =>
        {
            var type = DistrictTypes.First(type => unit.District!.StartsWith(type + " ", StringComparison.Ordinal));
            return new HigherUnit { Key = new(UnitSystem.Until2025, unit.DistrictCode!), Type = type, Name = unit.District![(type.Length + 1)..], ProvinceCode = unit.ProvinceCode };
        });

    internal static IEnumerable<HigherUnit> ShippedProvinces() => CoreData.Rows("Register.Data.provinces.csv").Select(row => new HigherUnit
    {
        Key = new(SystemOf(row["system"]), row["code"]),
        Type = row["type"],
        Name = row["name"],
        Aliases = ListOf(row["aliases"]),
        ProvinceCode = row["code"],
        PostalPrefixes = ListOf(row["postcodes"]),
    });

    internal static AdministrativeUnit UnitOf(IReadOnlyDictionary<string, string> row) => new()
    {
        Key = new(SystemOf(row["system"]), row["code"]),
        Type = row["type"],
        Name = row["name"],
        Aliases = ListOf(row["aliases"]),
        District = row["district"] is { Length: > 0 } district ? district : null,
        DistrictCode = row["district_code"] is { Length: > 0 } districtCode ? districtCode : null,
        PostalCode = row["postcode"] is { Length: > 0 } postcode ? postcode : null,
        Successors = row["new_code"] is { Length: > 0 } code ? [new UnitKey(UnitSystem.Since2025, code)] : [],
        Centre = row["lat"].Length > 0 && GeoPoint.TryParse($"{row["lat"]}0, {row["lon"]}0", out var centre) ? centre : null,
    };

    internal static string[] ListOf(string cell) => cell.Split(['|', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static readonly string[] DistrictTypes = ["Thành phố", "Thị xã", "Huyện", "Quận"];

    private static AdministrativeUnits Shipment() => new(CoreData.Rows("Register.Data.units-dien-bien.csv").Select(UnitOf));

    private static UnitSystem SystemOf(string cell) => cell == "2024" ? UnitSystem.Until2025 : UnitSystem.Since2025;
}
