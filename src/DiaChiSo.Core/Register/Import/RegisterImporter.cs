using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register.Import;

/// <summary>What is to be imported.</summary>
/// <param name="IsDryRun">True: nothing is written, not even for a moment.</param>
/// <param name="By">The operating system's name of who runs it.</param>
/// <param name="Report">Gets every finding as a line of CSV; null: none is wanted.</param>
public sealed record ImportOrder(IReadOnlyList<HandOver> Files, bool IsDryRun, string By, TextWriter? Report = null);

/// <summary>What came of it.</summary>
/// <param name="Id">The import's number, by which it can be undone; null: a dry run.</param>
public sealed record ImportResult(long? Id, ImportFindings Findings);

/// <summary>How far it is.</summary>
public readonly record struct ImportProgress(string File, double Done, long Rows);

/// <summary>
/// Brings hand-over files into the register: a dry run and an import walk the same way, and the import writes in one transaction, so that one
/// that was cut off leaves everything as it was. Not for a chat: it runs on the operator's machine (domain.md §2).
/// </summary>
public sealed class RegisterImporter(BotDb db, AdministrativeUnits units, TimeProvider time, IServiceProvider services)
{
    /// <exception cref="HandOverFault">A file cannot be read; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">Cut off; nothing was changed.</exception>
    public async Task<ImportResult> Run(ImportOrder order, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var findings = new ImportFindings(order.Report);
        var now = time.GetUtcNow();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            if (order.IsDryRun)
            {
                // A transaction that only reads: one view of the register from the first row to the last, and no lock to take anew for each.
                await using var view = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
                await using var shared = await db.Database.UseTransactionAsync(view, ct);
                await Walk(order, new(null, findings, now), progress, ct);
                return new(null, findings);
            }
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var import = new RegisterImport { At = now, By = order.By };
            db.Add(import);
            await db.SaveChangesAsync(ct);
            var stream = await Walk(order, new(import.Id, findings, now), progress, ct);
            import.Files = JsonSerializer.Serialize(order.Files.Select(file => new ImportedFile(file.Kind, file.Sha256, stream.RowsOf(file), file.Date)));
            (import.Added, import.Changed, import.Unchanged, import.Refused) = (findings.New, findings.Changed, findings.Unchanged, findings.Refused);
            (import.Kept, import.Answered) = (findings.Kept, findings.Answered);
            import.Revision = findings.New + findings.Changed + findings.Answered > 0 ? await RegisterImport.NextRevision(db, ct) : null;
            db.WriteAsHost(now, AuditAct.Imported, number: import.Id.ToString(CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(import.Id, findings);
        }
        finally
        {
            db.ChangeTracker.Clear();
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <param name="ImportId">Null: a dry run.</param>
    internal sealed record Walking(long? ImportId, ImportFindings Findings, DateTimeOffset Now);

    private async Task<RowStream> Walk(ImportOrder order, Walking walking, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var requests = await OpenRequests.Read(db, ct);
        var exported = await ExportedItems.Read(db, ct);
        var stream = new RowStream(order.Files, units);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = Task.Factory.StartNew(() => stream.ReadAll(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            using var table = new RegisterTable((SqliteConnection)db.Database.GetDbConnection(), db.Secrets);
            var step = new ImportStep(table, requests, exported, walking);
            foreach (var batch in stream.Batches(stop.Token))
            {
                step.Take(batch);
                progress?.Report(new(stream.Current.Name, order.Files.Sum(file => file.Done) / order.Files.Count, walking.Findings.Rows));
            }
            ct.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
        walking.Findings.Repeated = stream.Repeated;
        walking.Findings.Rows += stream.Repeated;
        walking.Findings.Notes.AddRange(stream.Notes);
        await requests.Answer(db, services, units, walking.ImportId is not null, walking.Now, walking.Findings, ct);
        await exported.Settle(db, walking, requests.Answered, order.Files.Max(file => file.Date), ct);
        return stream;
    }
}
