using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>An address as this turn has it: changed and not yet saved, or as it is in the database.</summary>
internal static class CurrentRow
{
    public static async Task<DigitalAddress?> Of(BotDb db, AddressCode code) =>
        db.Set<DigitalAddress>().Local.FindEntry(code) is { State: not EntityState.Detached and not EntityState.Unchanged } changed
            ? changed.State == EntityState.Deleted ? null : changed.Entity
            : await RowOf.On(db)(db, code);

    private static readonly HotQuery<Func<BotDb, AddressCode, Task<DigitalAddress?>>> RowOf = new(() => EF.CompileAsyncQuery((BotDb db, AddressCode code) =>
        db.Set<DigitalAddress>().AsNoTracking().FirstOrDefault(address => address.Code == code)));
}
