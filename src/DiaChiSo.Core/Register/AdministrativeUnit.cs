namespace DiaChiSo.Core.Register;

/// <summary>Which list of communes a code is from. The lists re-use codes: 03220 was Huổi Só and is now Tủa Thàng (domain.md §4).</summary>
public enum UnitSystem
{
    /// <summary>With districts, until 30/6/2025.</summary>
    Until2025 = 2024,

    /// <summary>Without districts, since 1/7/2025 (NQ 1661/NQ-UBTVQH15, QĐ 19/2025/QĐ-TTg).</summary>
    Since2025 = 2025,
}

/// <summary>A commune's key: its code alone is not one.</summary>
/// <param name="Code">Five figures of the statistical office.</param>
public readonly record struct UnitKey(UnitSystem System, string Code)
{
    /// <summary>"2025:03217"; what is stored.</summary>
    public override string ToString() => $"{(int)System}:{Code}";

    /// <exception cref="FormatException">It is not of the form "2025:03217".</exception>
    public static UnitKey Parse(string text) =>
        text.Split(':') is [var system, { Length: 5 } code] && system is "2024" or "2025"
            ? new(system == "2024" ? UnitSystem.Until2025 : UnitSystem.Since2025, text[5..])
            : throw new FormatException("A unit's key is 2024: or 2025: and five figures.");
}

/// <summary>A commune-level unit (xã, phường, thị trấn) of the old or the new list.</summary>
public sealed record AdministrativeUnit
{
    public required UnitKey Key { get; init; }

    /// <summary>"Xã", "Phường", "Thị trấn".</summary>
    public required string Type { get; init; }

    /// <summary>Without the type: "Sín Chải".</summary>
    public required string Name { get; init; }

    /// <summary>Other spellings on papers and signs: "Xín Chải".</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>With the type, "Huyện Tủa Chùa"; null since 1/7/2025, when districts were abolished.</summary>
    public string? District { get; init; }

    /// <summary>First five figures of the address codes given out here; null where the list has none.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The unit that took this one in on 1/7/2025; null for today's units.</summary>
    public UnitKey? Successor { get; init; }

    /// <summary>A place near the middle (WGS-84), where known.</summary>
    public GeoPoint? Centre { get; init; }

    public bool IsFormer => Key.System == UnitSystem.Until2025;

    /// <summary>"Xã Sín Chải".</summary>
    public string FullName => $"{Type} {Name}";

    /// <summary>"xã Sín Chải": inside a line.</summary>
    public string InLine => $"{Type.ToLowerInvariant()} {Name}";
}
