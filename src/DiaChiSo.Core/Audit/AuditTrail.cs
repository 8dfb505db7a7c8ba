using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Audit;

/// <summary>Writes the audit, and looks whether it is still what was written.</summary>
public static class AuditTrail
{
    internal const string Table = "Audit";
    private const string Host = "host";
    private const int RowsAtOnce = 5_000;

    /// <summary>Written in the turn that does or shows it, so that nothing happens without its row.</summary>
    /// <param name="act">What.</param>
    /// <param name="address">The address that it concerns, where there is one: its owner may ask who looked.</param>
    /// <param name="number">The number of what it was done to.</param>
    /// <param name="by">The right by which it may be done.</param>
    public static void Write(this EffectScope scope, AuditAct act, AddressCode? address = null, string? number = null, Right by = Right.Anyone) =>
        scope.Db.AddToAudit(new AuditRow
        {
            At = scope.Now,
            PersonId = scope.Turn.PersonId,
            Act = act,
            Address = address,
            Number = number,
            By = by,
            Through = scope.Turn.Channel,
        });

    /// <summary>For what is done on the operator's machine, or by the clock.</summary>
    public static void WriteAsHost(this BotDb db, DateTimeOffset now, AuditAct act, AddressCode? address = null, string? number = null) =>
        db.AddToAudit(new AuditRow { At = now, Act = act, Address = address, Number = number, Through = Host });

    /// <summary>Makes the database refuse a change of what was written. Safe to call at every start.</summary>
    internal static async Task Guard(BotDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER IF NOT EXISTS Audit_UPDATE BEFORE UPDATE ON Audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END", ct);
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER IF NOT EXISTS Audit_DELETE BEFORE DELETE ON Audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END", ct);
    }

    /// <summary>Ties new rows to the newest one that is there. Called while they are being saved, in their transaction: SQLite has one writer.</summary>
    internal static async Task Link(BotDb db, IReadOnlyList<AuditRow> fresh, CancellationToken ct)
    {
        var before = await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Id).Select(row => row.Hash).FirstOrDefaultAsync(ct) ?? "";
        foreach (var row in fresh)
        {
            before = row.Hash = HashOf(db.Secrets, before, row);
        }
    }

    /// <summary>Goes through the whole chain.</summary>
    public static async Task<AuditFinding> Verify(BotDb db, AuditHead? noted, CancellationToken ct)
    {
        var (before, count, last) = ("", 0L, 0L);
        var isNotedThere = noted is null;
        while (true)
        {
            var rows = await db.Set<AuditRow>().AsNoTracking().Where(row => row.Id > last).OrderBy(row => row.Id).Take(RowsAtOnce).ToListAsync(ct);
            foreach (var row in rows)
            {
                if (row.Hash != HashOf(db.Secrets, before, row))
                {
                    return new AuditFinding(count, new AuditHead(count, before), BrokenAt: row.Id, isNotedThere);
                }
                (before, last) = (row.Hash, row.Id);
                count++;
                isNotedThere |= noted == new AuditHead(count, before);
            }
            if (rows.Count < RowsAtOnce)
            {
                return new AuditFinding(count, new AuditHead(count, before), BrokenAt: null, isNotedThere);
            }
        }
    }

    // Keyed: whoever can write into the file, but has not the keys beside it, cannot make a chain that fits.
    private static string HashOf(Secrets secrets, string before, AuditRow row) => secrets.Hash("audit", string.Join('\0',
        before,
        row.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        row.PersonId?.ToString(CultureInfo.InvariantCulture),
        row.Act,
        row.Address?.ToString(),
        row.Number,
        row.By,
        row.Through));
}

/// <summary>How far the chain goes: written down elsewhere, it proves later that nothing was cut off the end. <c>1204-Qk3…</c></summary>
/// <param name="Count">Rows.</param>
/// <param name="Hash">Of the newest one; empty: no rows.</param>
public sealed record AuditHead(long Count, string Hash)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}-{Hash}");

    /// <summary>Null: it is none.</summary>
    public static AuditHead? Read(string? words) =>
        words?.Trim().Split('-', 2) is [var count, var hash] && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(number, hash) : null;
}

/// <summary>What a look through the audit found.</summary>
/// <param name="Count">Rows that fit.</param>
/// <param name="Head">Of the part that fits.</param>
/// <param name="BrokenAt">The first row that does not fit the one before it; null: all fit.</param>
/// <param name="IsNotedThere">The head that was noted earlier is still in the chain; true where none was asked for.</param>
public sealed record AuditFinding(long Count, AuditHead Head, long? BrokenAt, bool IsNotedThere)
{
    public bool IsWhole => BrokenAt is null && IsNotedThere;
}
