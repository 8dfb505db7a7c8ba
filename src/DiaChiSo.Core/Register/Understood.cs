namespace DiaChiSo.Core.Register;

/// <summary>What kind of thing a person sent.</summary>
public enum UnderstoodKind
{
    /// <summary>Nothing to read: empty, or only signs and icons.</summary>
    Nothing,
    Code,

    /// <summary>Meant as a code but it is none: a wrong count of figures, or an area that no commune of the province has.</summary>
    InvalidCode,
    Place,
    Phone,

    /// <summary>A citizen id. It is not in this value; ask the person to remove it (domain.md §3: never store, echo or log it).</summary>
    NationalId,
    Greeting,
    Thanks,

    /// <summary>Words: an address, or anything else that is said.</summary>
    Words,
}

/// <summary>What a text means. Its own text form shows the kind only: the values may be a person's.</summary>
public sealed record Understood(UnderstoodKind Kind)
{
    /// <summary>For <see cref="UnderstoodKind.Code"/>; for <see cref="UnderstoodKind.InvalidCode"/> only where there are ten figures of an unknown area.</summary>
    public AddressCode? Code { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Place"/>.</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Phone"/>: as dialled in Vietnam, "0912345678".</summary>
    public string? Phone { get; init; }

    /// <summary>For <see cref="UnderstoodKind.Words"/>: the words made plain, phone numbers taken out, at most <see cref="Understanding.LongestWords"/> letters. Else empty.</summary>
    public string Words { get; init; } = "";

    /// <summary>For <see cref="UnderstoodKind.InvalidCode"/>: how many figures there were (a code has 10).</summary>
    public int Figures { get; init; }

    public override string ToString() => Kind.ToString();
}
