using DiaChiSo.Core.Register.Search;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// The search index of the process: a file in the data folder, opened in milliseconds, and beside it the changes since, brought up to date by
/// the last <see cref="RegisterChange"/>. A search costs one small query beside the look into the index; an approved address is found in the
/// same second.
/// </summary>
/// <param name="file">Where the index lies; null keeps it in memory (tests).</param>
public sealed class RegisterMemory(AdministrativeUnits units, string? file = null) : IDisposable
{
    /// <summary>With more changes than this beside it the index is built anew: about a second for 300,000 addresses.</summary>
    public const int MostChangesBeside = 2_000;

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Known? known;

    private sealed record Known(SearchView View, long LastChange, Guid? Stamp);

    /// <summary>The administrative units that rows are read with.</summary>
    public AdministrativeUnits Units => units;

    /// <summary>Forgets everything; the next search builds the index anew (after an import that went past the changes).</summary>
    public void Forget()
    {
        Volatile.Write(ref known, null);
        if (file is not null)
        {
            File.Delete(file);
        }
    }

    public void Dispose() => refreshing.Dispose();

    internal async Task<SearchView> Current(BotDb db, CancellationToken ct)
    {
        var last = await Last(db, ct);
        if (IsCurrent(known, last))
        {
            return known!.View;
        }
        await refreshing.WaitAsync(ct);
        try
        {
            if (!IsCurrent(known, last))
            {
                Volatile.Write(ref known, await Refreshed(db, known ?? Opened(), last, ct));
            }
            return known!.View;
        }
        finally
        {
            refreshing.Release();
        }
    }

    // An empty view is never current: a register is filled for the first time without a change row.
    private static bool IsCurrent(Known? known, (long Id, Guid? Stamp) last) =>
        known is { View.Count: > 0 } && known.LastChange == last.Id && known.Stamp == last.Stamp;

    private static async Task<(long Id, Guid? Stamp)> Last(BotDb db, CancellationToken ct)
    {
        var last = await db.Set<RegisterChange>().OrderByDescending(change => change.Id)
            .Select(change => new { change.Id, change.Stamp }).FirstOrDefaultAsync(ct);
        return (last?.Id ?? 0, last?.Stamp);
    }

    private Known? Opened()
    {
        if (file is null || !File.Exists(file))
        {
            return null;
        }
        try
        {
            var index = RegisterIndex.Open(file);
            return new(new(index), index.Stamp.LastChange, index.Stamp.Stamp == Guid.Empty ? null : index.Stamp.Stamp);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return null;                                    // built anew
        }
    }

    private async Task<Known> Refreshed(BotDb db, Known? before, (long Id, Guid? Stamp) last, CancellationToken ct)
    {
        if (IsCurrent(before, last))
        {
            return before!;
        }
        if (before is not null && await Follows(db, before, last, ct))
        {
            var codes = await db.Set<RegisterChange>().Where(change => change.Id > before.LastChange).Select(change => change.Code).Distinct()
                .Take(MostChangesBeside + 1).ToListAsync(ct);
            if (before.View.Changes + codes.Count <= MostChangesBeside)
            {
                return new(before.View.With(await IndexedRows.Of(db, codes, ct), units), last.Id, last.Stamp);
            }
        }
        var builder = await IndexedRows.All(db, units, ct);
        return new(new(Written(builder, new(last.Id, last.Stamp ?? Guid.Empty))), last.Id, last.Stamp);
    }

    private RegisterIndex Written(RegisterIndexBuilder builder, IndexStamp stamp)
    {
        if (file is null)
        {
            return builder.ToMemory();
        }
        builder.WriteTo(file, stamp);
        return RegisterIndex.Open(file);
    }

    /// <summary>
    /// Whether the last change we know is still there: one that we saw inside a transaction may have been rolled back, its id given to
    /// another one since.
    /// </summary>
    private static async Task<bool> Follows(BotDb db, Known before, (long Id, Guid? Stamp) last, CancellationToken ct) =>
        before.View.Count > 0 && before.LastChange <= last.Id
        && (before.Stamp is null || await db.Set<RegisterChange>().AnyAsync(change => change.Id == before.LastChange && change.Stamp == before.Stamp, ct));
}
