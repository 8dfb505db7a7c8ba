using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Register;

/// <inheritdoc/>
public sealed class ContactBook(BotDb db, Policy policy, AdministrativeUnits units) : IContactBook
{
    /// <inheritdoc/>
    public async Task<AddressPeople?> Open(long personId, AddressCode code, DateTimeOffset now, CancellationToken ct)
    {
        if (await CurrentRow.Of(db, code) is not { } row || !await policy.May(personId, Right.SeeContact, now, row.ToPublic(units).Commune.Key.Code, ct, row.Village ?? ""))
        {
            return null;
        }
        var kept = PrivatePart.Of(row);
        return new AddressPeople(kept.Contact, kept.HomeName);
    }
}
