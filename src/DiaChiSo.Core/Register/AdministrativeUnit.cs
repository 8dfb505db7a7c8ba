namespace DiaChiSo.Core.Register;

/// <summary>Which list of units a code is from. The lists re-use codes: 03220 was Huổi Só and is now Tủa Thàng (domain.md §4).</summary>
public enum UnitSystem
{
    /// <summary>With districts, until 30/6/2025.</summary>
    Until2025 = 2024,

    /// <summary>Without districts, since 1/7/2025 (NQ 1661/NQ-UBTVQH15, QĐ 19/2025/QĐ-TTg).</summary>
    Since2025 = 2025,
}

/// <summary>A unit's key: its code alone is not one.</summary>
/// <param name="Code">Figures of the statistical office: two of a province, three of a former district, five of a commune.</param>
public readonly record struct UnitKey(UnitSystem System, string Code)
{
    /// <summary>"2025:03217"; what is stored.</summary>
    public override string ToString() => $"{(int)System}:{Code}";

    /// <summary>Reads the key of a commune.</summary>
    /// <exception cref="FormatException">It is not of the form "2025:03217".</exception>
    public static UnitKey Parse(string text) =>
        text.Split(':') is [var system, { Length: 5 } code] && system is "2024" or "2025"
            ? new(system == "2024" ? UnitSystem.Until2025 : UnitSystem.Since2025, text[5..])
            : throw new FormatException("A unit's key is 2024: or 2025: and five figures.");
}

/// <summary>A commune-level unit (xã, phường, thị trấn, đặc khu) of the old or the new list.</summary>
public sealed record AdministrativeUnit
{
    public required UnitKey Key { get; init; }

    /// <summary>"Xã", "Phường", "Thị trấn", "Đặc khu".</summary>
    public required string Type { get; init; }

    /// <summary>Without the type: "Sín Chải".</summary>
    public required string Name { get; init; }

    /// <summary>Other spellings on papers and signs ("Xín Chải"), and names that went into this one before 2025.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>With the type, "Huyện Tủa Chùa"; null since 1/7/2025, when districts were abolished.</summary>
    public string? District { get; init; }

    /// <summary>"098"; null since 1/7/2025.</summary>
    public string? DistrictCode { get; init; }

    /// <summary>Its province in its own list: "11".</summary>
    public string ProvinceCode { get; init; } = "11";

    /// <summary>With the type: "Tỉnh Điện Biên".</summary>
    public string Province { get; init; } = "Tỉnh Điện Biên";

    /// <summary>First five figures of the address codes given out here; null where the list has none.</summary>
    public string? PostalCode { get; init; }

    /// <summary>
    /// The units of today that took this one in on 1/7/2025; none for today's units. More than one where it was divided: then where a
    /// home of it lies today is not known from its name.
    /// </summary>
    public IReadOnlyList<UnitKey> Successors { get; init; } = [];

    /// <summary>The unit that took this one in as a whole; null for today's units, and where it was divided.</summary>
    public UnitKey? Successor => Successors is [var one] ? one : null;

    /// <summary>A place near the middle (WGS-84), where known.</summary>
    public GeoPoint? Centre { get; init; }

    public bool IsFormer => Key.System == UnitSystem.Until2025;

    /// <summary>"Xã Sín Chải".</summary>
    public string FullName => $"{Type} {Name}";

    /// <summary>"xã Sín Chải": inside a line.</summary>
    public string InLine => $"{Type.ToLowerInvariant()} {Name}";

    /// <summary>"tỉnh Điện Biên": inside a line.</summary>
    public string ProvinceInLine => char.ToLowerInvariant(Province[0]) + Province[1..];
}

/// <summary>A province of either list, or a district of the list until 30/6/2025.</summary>
public sealed record HigherUnit
{
    public required UnitKey Key { get; init; }

    /// <summary>"Tỉnh", "Thành phố", "Huyện", "Quận", "Thị xã".</summary>
    public required string Type { get; init; }

    /// <summary>Without the type: "Tủa Chùa".</summary>
    public required string Name { get; init; }

    /// <summary>How people shorten it: "ĐB".</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The province's code in the same list; its own for a province.</summary>
    public required string ProvinceCode { get; init; }

    /// <summary>The first figures of the postal codes (list of 2018) inside it; empty where not known.</summary>
    public IReadOnlyList<string> PostalPrefixes { get; init; } = [];

    public bool IsProvince => Key.Code.Length == 2;

    public string FullName => $"{Type} {Name}";

    public string InLine => $"{Type.ToLowerInvariant()} {Name}";
}
