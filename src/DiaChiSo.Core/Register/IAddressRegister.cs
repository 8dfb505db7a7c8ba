namespace DiaChiSo.Core.Register;

/// <summary>
/// The register as anybody may ask it: a wall on purpose. Nothing behind it can be asked for a person, a phone or an e-mail,
/// and it gives few addresses at a time (domain.md §2: no bulk path through any chat).
/// </summary>
public interface IAddressRegister
{
    /// <summary>The most that one search or look around gives, whatever is asked for.</summary>
    const int Most = 5;

    /// <summary>The address of this code, withdrawn ones too; null when the register has none.</summary>
    Task<PublicAddress?> Find(AddressCode code, CancellationToken ct);

    /// <summary>
    /// Addresses by words, best first, at most <see cref="Most"/>: any order, with or without tones, old or new commune names, village, street,
    /// house number, name of an organisation. Never settles between communes by itself: where the words fit several, several come.
    /// </summary>
    Task<IReadOnlyList<AddressMatch>> Search(string words, int most, CancellationToken ct);

    /// <summary>Addresses whose gate is within so many metres, nearest first, at most <see cref="Most"/>; withdrawn ones left out.</summary>
    Task<IReadOnlyList<NearbyAddress>> Nearby(GeoPoint from, double withinMetres, int most, CancellationToken ct);
}

/// <summary>One address that fits the words.</summary>
/// <param name="Label">The distinguishing part first: "Số nhà 15 · thôn Háng Là, xã Sín Chải".</param>
/// <param name="SharedBy">How many addresses have the very same words (a village without house numbers); 1 when it stands alone.</param>
/// <param name="Unmatched">The typed words that nothing in this address answers; empty when all fit.</param>
/// <param name="Score">For ordering and for people who run the bot; not a probability (domain.md §5: a score is not certainty).</param>
public sealed record AddressMatch(PublicAddress Address, string Label, int SharedBy, IReadOnlyList<string> Unmatched, double Score)
{
    /// <summary>Whether the words cannot tell this address from others: a place or a code is needed.</summary>
    public bool IsShared => SharedBy > 1;
}

/// <summary>One address near a place.</summary>
/// <param name="Metres">From the place asked about to the gate.</param>
/// <param name="Direction">Where the gate lies, seen from the place asked about.</param>
/// <param name="Neighbours">At most two other addresses by which a person on the spot can tell it, nearest first.</param>
public sealed record NearbyAddress(PublicAddress Address, double Metres, CompassDirection Direction, IReadOnlyList<Neighbour> Neighbours);

/// <summary>"cách Trạm y tế 40 m về phía bắc": an address seen from another one. Only what its plate shows.</summary>
/// <param name="Metres">Between the two gates.</param>
/// <param name="Direction">Where the neighbour lies, seen from the address.</param>
public sealed record Neighbour(string Label, double Metres, CompassDirection Direction);
