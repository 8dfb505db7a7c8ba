using System.Globalization;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register.Import;

/// <summary>An import that cannot be undone: one sentence.</summary>
public sealed class UndoRefused(string sentence) : Exception(sentence);

/// <summary>What undoing did.</summary>
public sealed record UndoResult(long TakenOut, long PutBack, ImportFindings Findings);

/// <summary>
/// Takes an import back, in one transaction: addresses that it added go, fields that it changed get the values that they had. What was touched
/// since, by a person here or by a later import, stays as it is and is listed: their work is not thrown away.
/// </summary>
public sealed class ImportUndoing(BotDb db, TimeProvider time)
{
    // An address that anything here refers to is no longer only the file's.
    private const string IsTouched =
        "(EXISTS (SELECT 1 FROM \"RegisterChanges\" c LEFT JOIN \"RegisterImports\" i ON c.\"By\" = 'import ' || i.\"Id\""
        + " WHERE c.\"Code\" = a.\"Code\" AND c.\"By\" NOT LIKE 'import % undone' AND (i.\"Id\" IS NULL OR i.\"UndoneAt\" IS NULL))"
        + " OR \"Code\" IN (SELECT \"TargetCode\" FROM \"Requests\" WHERE \"TargetCode\" IS NOT NULL)"
        + " OR \"Code\" IN (SELECT \"IssuedCode\" FROM \"Requests\" WHERE \"IssuedCode\" IS NOT NULL)"
        + " OR \"Code\" IN (SELECT \"DuplicateOf\" FROM \"Requests\" WHERE \"DuplicateOf\" IS NOT NULL)"
        + " OR \"Code\" IN (SELECT \"Code\" FROM \"Confirmations\"))";

    /// <param name="id">The number of the import.</param>
    /// <param name="by">The operating system's name of who runs it.</param>
    /// <exception cref="UndoRefused">There is no such import, or it was undone already.</exception>
    public async Task<UndoResult> Undo(long id, string by, TextWriter? report, CancellationToken ct)
    {
        var findings = new ImportFindings(report);
        var now = time.GetUtcNow();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var import = await db.Set<RegisterImport>().SingleOrDefaultAsync(row => row.Id == id, ct)
                ?? throw new UndoRefused($"There is no import {id}; `import list` shows the numbers.");
            if (import.UndoneAt is { } undone)
            {
                throw new UndoRefused($"Import {id} was undone already, on {undone:yyyy-MM-dd}.");
            }
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            using var table = new RegisterTable(connection, db.Secrets);
            var putBack = PutBack(connection, table, id, now, findings, ct);
            var takenOut = TakeOut(connection, id, findings);
            // What only this import had shown to have arrived has not arrived.
            await db.Set<ExportItem>().Where(item => item.AcknowledgedByImport == id)
                .ExecuteUpdateAsync(set => set.SetProperty(item => item.AcknowledgedAt, (DateTimeOffset?)null).SetProperty(item => item.AcknowledgedByImport, (long?)null), ct);
            (import.UndoneAt, import.UndoneBy, import.LeftByUndo) = (now, by, findings.Count(FindingKind.Left));
            if (putBack + takenOut > 0)
            {
                import.Revision = await RegisterImport.NextRevision(db, ct);
            }
            db.WriteAsHost(now, AuditAct.ImportUndone, number: id.ToString(CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(takenOut, putBack, findings);
        }
        finally
        {
            db.ChangeTracker.Clear();
            await db.Database.CloseConnectionAsync();
        }
    }

    private static long TakeOut(SqliteConnection connection, long id, ImportFindings findings)
    {
        using (var touched = new Prepared(connection, $"SELECT \"Code\" FROM \"DigitalAddresses\" a WHERE \"AddedByImport\" = ? AND {IsTouched}"))
        {
            touched.With(id);
            while (touched.Read())
            {
                findings.Add(FindingKind.Left, default, new(touched.Text(0)), note: "added by this import, and changed, asked about or visited since");
            }
        }
        using var delete = new Prepared(connection, $"DELETE FROM \"DigitalAddresses\" AS a WHERE \"AddedByImport\" = ? AND NOT {IsTouched}");
        return delete.With(id).Run();
    }

    private static long PutBack(SqliteConnection connection, RegisterTable table, long id, DateTimeOffset now, ImportFindings findings, CancellationToken ct)
    {
        var by = RegisterImport.ByOf(id);
        var codes = new List<AddressCode>();
        using (var changed = new Prepared(connection, "SELECT DISTINCT \"Code\" FROM \"RegisterChanges\" WHERE \"By\" = ?"))
        {
            changed.With(by);
            while (changed.Read())
            {
                codes.Add(new(changed.Text(0)));
            }
        }
        var putBack = 0L;
        foreach (var code in codes)
        {
            ct.ThrowIfCancellationRequested();
            if (table.Find(code) is not { } row)
            {
                continue;
            }
            var changes = table.StandingChangesOf(code);
            if (changes is not [.., var last] || last.By != by)
            {
                findings.Add(FindingKind.Left, default, code, note: $"changed since, by {changes.LastOrDefault()?.By}");
                continue;
            }
            List<FieldChange> back = [.. last.Fields.Select(field => new FieldChange(field.Field, field.New, field.Old))];
            back.ForEach(field => row.Set(field.Field, field.New));
            table.Write(row, back, by + RegisterImport.UndoneMark, now);
            putBack++;
        }
        return putBack;
    }
}
