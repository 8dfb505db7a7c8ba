using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// The register behind its two walls. One per turn, on the turn's own database context; what a search needs in memory is kept in
/// <see cref="RegisterMemory"/>, one per process.
/// </summary>
public sealed class AddressRegister(BotDb db, RegisterMemory memory) : IAddressRegister, IContactBook
{
    /// <inheritdoc/>
    public async Task<PublicAddress?> Find(AddressCode code, CancellationToken ct) =>
        (await Row(code, ct))?.ToPublic(memory.Units);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AddressMatch>> Search(string words, int most, CancellationToken ct)
    {
        if (AddressCode.TryRead(words, out var code) && await Find(code, ct) is { } address)
        {
            return [new(address, address.Label, 1, [], 100)];
        }
        return (await memory.Current(db, ct)).Search(words, most);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NearbyAddress>> Nearby(GeoPoint from, double withinMetres, int most, CancellationToken ct) =>
        (await memory.Current(db, ct)).Nearby(from, withinMetres, most);

    /// <inheritdoc/>
    public async Task<Contact?> ContactOf(AddressCode code, CancellationToken ct) =>
        await Row(code, ct) is { } row ? PrivatePart.Of(row).Contact : null;

    /// <inheritdoc/>
    public async Task<string?> HomeNameOf(AddressCode code, CancellationToken ct) =>
        await Row(code, ct) is { } row ? PrivatePart.Of(row).HomeName : null;

    /// <summary>The row as this turn has it: changed and not yet saved, or as it is in the database.</summary>
    private async Task<DigitalAddress?> Row(AddressCode code, CancellationToken ct) =>
        db.Set<DigitalAddress>().Local.FindEntry(code) is { State: not EntityState.Detached and not EntityState.Unchanged } changed
            ? changed.State == EntityState.Deleted ? null : changed.Entity
            : await RowOf.On(db)(db, code);

    private static readonly HotQuery<Func<BotDb, AddressCode, Task<DigitalAddress?>>> RowOf = new(() => EF.CompileAsyncQuery((BotDb db, AddressCode code) =>
        db.Set<DigitalAddress>().AsNoTracking().FirstOrDefault(address => address.Code == code)));
}
