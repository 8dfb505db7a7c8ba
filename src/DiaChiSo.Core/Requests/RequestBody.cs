using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>What an update may change, in the order in which people are asked.</summary>
public enum RequestField { Category, Name, Detail, Contact, Gate }

/// <summary>
/// What is asked for. A new address has everything (a home may be without a name); an update has only what <see cref="Changed"/> names.
/// Personal data throughout: sealed at rest, and its text shows nothing.
/// </summary>
public sealed record RequestBody
{
    public AddressCategory? Category { get; init; }

    /// <summary>In a <see cref="Changed"/> name null means "there is none any more".</summary>
    public string? Name { get; init; }

    public AddressDetail? Detail { get; init; }

    public Contact? Contact { get; init; }

    public GateFix? Gate { get; init; }

    /// <summary>For an update: the fields to change. Empty for a new address.</summary>
    public IReadOnlyList<RequestField> Changed { get; init; } = [];

    /// <summary>For an update: the values as the requester saw them, without what a plate does not show. Null for a new address.</summary>
    public SeenAddress? Seen { get; init; }

    /// <summary>Addresses nearby that the requester was shown and said are others.</summary>
    public IReadOnlyList<AddressCode> NotThese { get; init; } = [];

    /// <summary>What the requester answered when more was wanted, in their own words.</summary>
    public string? Note { get; init; }

    public bool Changes(RequestField field) => Changed.Contains(field);

    public override string ToString() => nameof(RequestBody);
}

/// <summary>An address as a requester saw it when the request was written.</summary>
public sealed record SeenAddress(AddressCategory Category, string? Name, AddressDetail Detail, GeoPoint? Gate)
{
    public static SeenAddress Of(PublicAddress address) => new(
        address.Category, address.Name, new AddressDetail(address.House, address.Street, address.Village, address.Commune.Key, address.FormerCommune?.Key), address.Gate);

    public override string ToString() => nameof(SeenAddress);
}
