using System.Text.Json;

namespace DiaChiSo.Core.Register;

/// <summary>What an address has that its plate does not show. Stored as one encrypted JSON value.</summary>
/// <param name="HomeName">The name of a place whose name is its people's (design.md §5).</param>
internal sealed record PrivatePart(Contact? Contact, string? HomeName)
{
    private static readonly PrivatePart Nothing = new(null, null);

    public static PrivatePart Of(DigitalAddress address) =>
        address.ContactSealed is { } json ? JsonSerializer.Deserialize<PrivatePart>(json)! : Nothing;

    /// <summary>Null when there is nothing to keep.</summary>
    public string? ToSealed() => this == Nothing ? null : JsonSerializer.Serialize(this);

    public override string ToString() => nameof(PrivatePart);
}
