using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// What searches see, kept for the process and brought up to date by the last <see cref="RegisterChange"/>: a search costs one small query
/// beside the look into memory. An approved address is found in the same second.
/// </summary>
public sealed class RegisterMemory(AdministrativeUnits units) : IDisposable
{
    private const int MostChangesBeside = 500;

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Known known = new(new SearchView([]), 0, null);

    private sealed record Known(SearchView View, long LastChange, Guid? Stamp);

    /// <summary>The administrative units that rows are read with.</summary>
    public AdministrativeUnits Units => units;

    /// <summary>Forgets everything; the next search reads the register anew (after an import that went past the changes).</summary>
    public void Forget() => Volatile.Write(ref known, new(new SearchView([]), 0, null));

    public void Dispose() => refreshing.Dispose();

    internal async Task<SearchView> Current(BotDb db, CancellationToken ct)
    {
        var last = await Last(db, ct);
        if (IsCurrent(known, last))
        {
            return known.View;
        }
        await refreshing.WaitAsync(ct);
        try
        {
            if (!IsCurrent(known, last))
            {
                Volatile.Write(ref known, await Refreshed(db, known, last, ct));
            }
            return known.View;
        }
        finally
        {
            refreshing.Release();
        }
    }

    // An empty view is never current: a register is filled for the first time without a change row.
    private static bool IsCurrent(Known known, (long Id, Guid? Stamp) last) =>
        known.View.Count > 0 && known.LastChange == last.Id && known.Stamp == last.Stamp;

    private static async Task<(long Id, Guid? Stamp)> Last(BotDb db, CancellationToken ct)
    {
        var last = await db.Set<RegisterChange>().OrderByDescending(change => change.Id)
            .Select(change => new { change.Id, change.Stamp }).FirstOrDefaultAsync(ct);
        return (last?.Id ?? 0, last?.Stamp);
    }

    private async Task<Known> Refreshed(BotDb db, Known before, (long Id, Guid? Stamp) last, CancellationToken ct)
    {
        if (await Follows(db, before, last, ct))
        {
            var codes = await db.Set<RegisterChange>().Where(change => change.Id > before.LastChange).Select(change => change.Code).Distinct()
                .Take(MostChangesBeside + 1).ToListAsync(ct);
            if (before.View.Changes + codes.Count <= MostChangesBeside)
            {
                var rows = await db.Set<DigitalAddress>().AsNoTracking().Where(address => codes.Contains(address.Code)).ToListAsync(ct);
                return new(before.View.With(rows.Select(row => row.ToPublic(units))), last.Id, last.Stamp);
            }
        }
        var all = await db.Set<DigitalAddress>().AsNoTracking().Select(Seen).ToListAsync(ct);
        return new(new([.. all.Select(row => row.ToPublic(units))]), last.Id, last.Stamp);
    }

    /// <summary>Everything but the people: what is never searched is not even read.</summary>
    private static readonly System.Linq.Expressions.Expression<Func<DigitalAddress, DigitalAddress>> Seen = row => new DigitalAddress
    {
        Code = row.Code,
        Category = row.Category,
        PublicName = row.PublicName,
        House = row.House,
        Street = row.Street,
        Village = row.Village,
        Commune = row.Commune,
        FormerCommune = row.FormerCommune,
        Latitude = row.Latitude,
        Longitude = row.Longitude,
        Status = row.Status,
        IsDemo = row.IsDemo,
        Version = row.Version,
    };

    /// <summary>
    /// Whether the last change we know is still there: one that we saw inside a transaction may have been rolled back, its id given to
    /// another one since.
    /// </summary>
    private static async Task<bool> Follows(BotDb db, Known before, (long Id, Guid? Stamp) last, CancellationToken ct) =>
        before.View.Count > 0 && before.LastChange <= last.Id
        && (before.Stamp is null || await db.Set<RegisterChange>().AnyAsync(change => change.Id == before.LastChange && change.Stamp == before.Stamp, ct));
}
