namespace DiaChiSo.Core.Register.Reading;

/// <summary>What kind of thing a person sent.</summary>
public enum UnderstoodKind
{
    /// <summary>Nothing to read: empty, or only signs and icons.</summary>
    Nothing,
    Code,

    /// <summary>Meant as a code but it is none: a wrong count of figures, or an area that no commune of the province has.</summary>
    InvalidCode,

    /// <summary>Coordinates, or a link of a map that holds them.</summary>
    Place,
    Phone,

    /// <summary>A citizen id. It is not in this value; ask the person to remove it (domain.md §3: never store, echo or log it).</summary>
    NationalId,
    Greeting,
    Thanks,

    /// <summary>Words: an address, or anything else that is said. <see cref="Understood.Address"/> says how much of an address.</summary>
    Words,

    /// <summary>A Vpostcode: another scheme's code; the commune is in it.</summary>
    Vpostcode,

    /// <summary>A Plus Code, full, or short with the name of a place.</summary>
    PlusCode,

    /// <summary>Figures that are none of these.</summary>
    UnknownNumber,
}

/// <summary>What a text means. Its own text form shows the kind only: the values may be a person's.</summary>
public sealed record Understood(UnderstoodKind Kind)
{
    /// <summary>The name of the scheme in the settings, "ndas10"; null for what is no number.</summary>
    public string? Scheme { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Code"/>; for <see cref="UnderstoodKind.InvalidCode"/> only where there are ten figures of an unknown area.</summary>
    public AddressCode? Code { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Code"/>: it came in a link that does not begin as ours do. The link was not opened.</summary>
    public bool IsForeignLink { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Place"/>, and for a Vpostcode or Plus Code where it can be told (WGS-84).</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>
    /// The commune of a Vpostcode, or of a place: certain where boundaries are loaded, else the nearest middle of a commune and then
    /// <see cref="IsGuess"/>.
    /// </summary>
    public AdministrativeUnit? Commune { get; init; }

    /// <summary>The place is a short Plus Code's without a name beside it: the field of that code that is nearest to the served communes.</summary>
    public bool IsPlaceGuess { get; init; }

    /// <summary>That <see cref="Commune"/> is a guess.</summary>
    public bool IsGuess { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Phone"/>: as dialled in Vietnam, "0912345678".</summary>
    public string? Phone { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Words"/>: the words made plain, phone numbers taken out, at most <see cref="Understanding.LongestWords"/> letters. Else empty.</summary>
    public string Words { get; init; } = "";

    /// <summary>For <see cref="UnderstoodKind.Words"/>: what they say of a place. Else nothing.</summary>
    public AddressReading Address { get; init; } = AddressReading.Nothing;

    /// <summary>What the words want besides: "report_missing_plate"; null where nothing is known.</summary>
    public string? Intent { get; init; }

    /// <summary>For <see cref="UnderstoodKind.InvalidCode"/> and <see cref="UnderstoodKind.UnknownNumber"/>: how many figures there were (a code has 10).</summary>
    public int Figures { get; init; }

    public override string ToString() => Kind.ToString();
}
