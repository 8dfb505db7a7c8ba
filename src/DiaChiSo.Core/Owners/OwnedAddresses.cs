using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Owners;

/// <summary>
/// A person's own addresses with what is on record of them: a wall on purpose (design.md §5). Whose they are stands in every question, and whether
/// the proof still holds is asked every time.
/// </summary>
public interface IMyAddresses
{
    /// <summary>In the order in which they were proved.</summary>
    Task<IReadOnlyList<OwnAddress>> Of(long personId, CancellationToken ct);

    /// <summary>Null: no address of this code is theirs (any more).</summary>
    Task<OwnAddress?> Find(long personId, AddressCode code, CancellationToken ct);
}

/// <summary>An address as its owner sees it. Its text shows nothing.</summary>
/// <param name="HomeName">The name of a home, which its plate does not show.</param>
/// <param name="Since">UTC.</param>
public sealed record OwnAddress(PublicAddress Address, string? HomeName, Contact? Contact, OwnerProof Proof, DateTimeOffset Since)
{
    public override string ToString() => nameof(OwnAddress);
}

/// <inheritdoc/>
public sealed class OwnedAddresses(BotDb db, AdministrativeUnits units, Secrets secrets) : IMyAddresses
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<OwnAddress>> Of(long personId, CancellationToken ct) => Standing(personId, ct);

    /// <inheritdoc/>
    public async Task<OwnAddress?> Find(long personId, AddressCode code, CancellationToken ct) =>
        (await Standing(personId, ct)).FirstOrDefault(own => own.Address.Code == code);

    internal async Task<IReadOnlyList<OwnAddress>> Standing(long personId, CancellationToken ct)
    {
        var owned = new List<OwnAddress>();
        foreach (var row in await db.Set<Ownership>().Where(row => row.PersonId == personId && row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(ct))
        {
            if (await db.Set<DigitalAddress>().FindAsync([row.Code], ct) is { } address && row.IsOver(address, secrets) is null && owned.All(own => own.Address.Code != row.Code))
            {
                var kept = PolicyTable.GivesOwner(Right.SeeContact) ? PrivatePart.Of(address) : null;
                owned.Add(new OwnAddress(address.ToPublic(units), kept?.HomeName, kept?.Contact, row.Proof, row.Since));
            }
        }
        return owned;
    }

    internal async Task EndAll(long personId, OwnershipEnd why, DateTimeOffset now, CancellationToken ct) =>
        (await db.Set<Ownership>().Where(row => row.PersonId == personId && row.EndedAt == null).ToListAsync(ct)).ForEach(row => row.End(why, now));
}
