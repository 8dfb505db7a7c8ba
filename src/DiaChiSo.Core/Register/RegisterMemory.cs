using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Register.Search;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// The search index of the process: a file in the data folder, opened in milliseconds, and beside it the changes since, brought up to date by
/// the last <see cref="RegisterChange"/>; after an import it is built anew. A search costs one small query beside the look into the index; an approved address is found in the
/// same second.
/// </summary>
/// <param name="file">Where the index lies; null keeps it in memory (tests).</param>
public sealed class RegisterMemory(AdministrativeUnits units, string? file = null) : IDisposable
{
    /// <summary>With more changes than this beside it the index is built anew: about a second for 300,000 addresses.</summary>
    public const int MostChangesBeside = 2_000;

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Known? known;

    private sealed record Known(SearchView View, IndexStamp Of);

    /// <summary>The administrative units that rows are read with.</summary>
    public AdministrativeUnits Units => units;

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
    private static bool IsCurrent(Known? known, IndexStamp last) => known is { View.Count: > 0 } && known.Of == last;

    private async Task<IndexStamp> Last(BotDb db, CancellationToken ct)
    {
        var last = await db.Set<RegisterChange>().OrderByDescending(change => change.Id)
            .Select(change => new { change.Id, change.Stamp, Imports = db.Set<RegisterImport>().Max(import => import.Revision) }).FirstOrDefaultAsync(ct);
        return last is null
            ? new(0, Guid.Empty, await db.Set<RegisterImport>().MaxAsync(import => import.Revision, ct) ?? 0, units.Fingerprint)
            : new(last.Id, last.Stamp, last.Imports ?? 0, units.Fingerprint);
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
            return new(new(index), index.Stamp);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return null;                                    // built anew
        }
    }

    private async Task<Known> Refreshed(BotDb db, Known? before, IndexStamp last, CancellationToken ct)
    {
        if (IsCurrent(before, last))
        {
            return before!;
        }
        if (before is not null && await Follows(db, before, last, ct))
        {
            var codes = await db.Set<RegisterChange>().Where(change => change.Id > before.Of.LastChange).Select(change => change.Code).Distinct()
                .OrderBy(code => code).Take(MostChangesBeside + 1).ToListAsync(ct);
            if (before.View.Changes + codes.Count <= MostChangesBeside)
            {
                return new(before.View.With(await IndexedRows.Of(db, codes, ct), units), last);
            }
        }
        var builder = await IndexedRows.All(db, units, ct);
        return new(new(Written(builder, last)), last);
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
    private static async Task<bool> Follows(BotDb db, Known before, IndexStamp last, CancellationToken ct) =>
        before.View.Count > 0 && before.Of.LastChange <= last.LastChange && before.Of.Imports == last.Imports && before.Of.Units == last.Units
        && (before.Of.LastChange == 0 || await db.Set<RegisterChange>().AnyAsync(change => change.Id == before.Of.LastChange && change.Stamp == before.Of.Stamp, ct));
}
