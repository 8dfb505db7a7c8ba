using System.Globalization;
using System.Security.Cryptography;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Export;

/// <summary>What was exported, or would be.</summary>
/// <param name="Id">The export's number; null: a dry run, or there was nothing.</param>
/// <param name="Sha256">Of the file; empty: none was written.</param>
/// <param name="IsAsBefore">Of one written again: the file is the same to the byte.</param>
public sealed record ExportResult(long? Id, int NewAddresses, int Updates, int Confirmations, int Outcomes, string Sha256, bool IsAsBefore)
{
    public int Count => NewAddresses + Updates + Confirmations + Outcomes;
}

/// <summary>There is no export of this number.</summary>
public sealed class NoSuchExport : Exception;

/// <summary>
/// Writes what was approved or confirmed since the last export, each once, for the post office's official platform. Not for a chat: it runs on the
/// operator's machine (domain.md §2).
/// </summary>
/// <remarks>
/// The file is complete on the disk before the export counts as done. Cut off before that, nothing was exported; cut off between the two, the
/// file is there and does not count: the next export has the same number and the same rows, which are known by theirs.
/// </remarks>
public sealed class RegisterExporter(BotDb db, AdministrativeUnits units, TimeProvider time)
{
    /// <summary>What would be exported; writes nothing.</summary>
    public async Task<ExportResult> Look(CancellationToken ct) => Counted(null, await new ExportGathering(db, units).NotYet(ct), "", false);

    /// <param name="by">The operating system's name of who runs it.</param>
    /// <param name="write">Puts the file on the disk for good, or throws; called once, and not at all where there is nothing to export.</param>
    public async Task<ExportResult> Export(string by, Action<byte[]> write, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var all = await new ExportGathering(db, units).NotYet(ct);
        if (all.Count == 0)
        {
            return Counted(null, all, "", false);
        }
        var now = time.GetUtcNow();
        var export = new RegisterExport { At = now, By = by };
        db.Add(export);
        await db.SaveChangesAsync(ct);
        db.AddRange(all.Select(one => new ExportItem { ExportId = export.Id, Kind = one.Kind, Number = one.Number, Code = one.Code, Commune = one.Commune }));
        var file = ExportText.Of(export.Id, now.DayInVietnam(), [.. all.Select(one => one.Row)]);
        export.Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        var result = Counted(export.Id, all, export.Sha256, false);
        (export.NewAddresses, export.Updates, export.Confirmations, export.Outcomes) = (result.NewAddresses, result.Updates, result.Confirmations, result.Outcomes);
        db.WriteAsHost(now, AuditAct.Exported, number: export.Id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        write(file);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>Writes an earlier export again, under its number: the same rows, with the values of today.</summary>
    /// <inheritdoc cref="Export" path="/param"/>
    /// <exception cref="NoSuchExport">There is none.</exception>
    public async Task<ExportResult> Again(long id, Action<byte[]> write, CancellationToken ct)
    {
        var export = await db.Set<RegisterExport>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) ?? throw new NoSuchExport();
        var all = await new ExportGathering(db, units).Of(id, ct);
        var file = ExportText.Of(id, export.At.DayInVietnam(), [.. all.Select(one => one.Row)]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        db.WriteAsHost(time.GetUtcNow(), AuditAct.ExportedAgain, number: id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        write(file);
        return Counted(id, all, hash, hash == export.Sha256);
    }

    private static ExportResult Counted(long? id, IReadOnlyList<Exportable> all, string sha256, bool isAsBefore)
    {
        return new(id, Of(ExportKind.NewAddress), Of(ExportKind.Update), Of(ExportKind.Confirmation), Of(ExportKind.Outcome), sha256, isAsBefore);

        int Of(ExportKind kind) => all.Count(one => one.Kind == kind);
    }
}
