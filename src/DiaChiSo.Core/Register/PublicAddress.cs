namespace DiaChiSo.Core.Register;

/// <summary>
/// What a citizen sees of an address: what its plate shows, and its gate (design.md §5). Nothing about its people is in this type,
/// nor whether a contact is on record (that would be an oracle); who may see them takes <see cref="IContactBook"/>.
/// </summary>
public sealed record PublicAddress
{
    public required AddressCode Code { get; init; }

    public required AddressCategory Category { get; init; }

    /// <summary>The place's name, for organisations; null for homes and where none is known.</summary>
    public string? Name { get; init; }

    /// <summary>"15", "12/34/5A"; null where there is no house number, as in most of Tủa Chùa.</summary>
    public string? House { get; init; }

    public string? Street { get; init; }

    /// <summary>With its type, as its people write it: "Thôn Háng Là", "Đội 5", "Tổ dân phố Thắng Lợi II".</summary>
    public string? Village { get; init; }

    /// <summary>The commune until 30/6/2025; null where it is not known.</summary>
    public AdministrativeUnit? FormerCommune { get; init; }

    /// <summary>Today's commune.</summary>
    public required AdministrativeUnit Commune { get; init; }

    /// <summary>Where the gate or main door is; null while nobody has taken it.</summary>
    public GeoPoint? Gate { get; init; }

    public required AddressStatus Status { get; init; }

    /// <summary>Invented, no real place or person. Say so wherever it is shown.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Rises by one with each change of this address; starts at 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>"Số nhà 15, thôn Háng Là, xã Sín Chải, tỉnh Điện Biên": by today's units.</summary>
    public string Line => Joined([.. Detail, Commune.InLine, Commune.ProvinceInLine]);

    /// <summary>"…, xã Sín Chải, huyện Tủa Chùa, tỉnh Điện Biên": by the units until 30/6/2025; empty where they are not known.</summary>
    public string FormerLine => FormerCommune is null
        ? ""
        : Joined([.. Detail, FormerCommune.InLine, AdministrativeUnits.InLine(FormerCommune.District), FormerCommune.ProvinceInLine]);

    /// <summary>
    /// The shortest words by which people know the place, the distinguishing part first: "Trạm y tế … · thôn Háng Là", "Số nhà 15 · thôn Háng Là",
    /// and where there is neither name nor number "Nhà ở, mã …00017 · thôn Háng Là".
    /// </summary>
    public string Label =>
        $"{Name ?? HouseInLine ?? $"{Category.Vietnamese}, mã …{Code.ToString()[AddressCode.AreaLength..]}"} · {AdministrativeUnits.InLine(Village ?? Street) ?? Commune.InLine}";

    private string? HouseInLine => House is null ? null : $"Số nhà {House}";

    private IEnumerable<string?> Detail => [HouseInLine, Street, HouseInLine is null && Street is null ? Village : AdministrativeUnits.InLine(Village)];

    private static string Joined(string?[] parts)
    {
        var line = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        return line.Length == 0 ? line : char.ToUpperInvariant(line[0]) + line[1..];
    }
}
