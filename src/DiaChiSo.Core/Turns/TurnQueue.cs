using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// Takes what is pending, the oldest row of each conversation, and runs the turns: several share one commit, and a turn that fails is
/// rolled back to its savepoint and leaves the others whole (design.md §2).
/// </summary>
public sealed partial class TurnQueue(IServiceScopeFactory scopes, WriteGate gate, Nudges nudges, PhotoDesk photos, TimeProvider time, ILogger<TurnQueue> log)
{
    /// <summary>For tests: sees the fault itself, which the log must not hold.</summary>
    internal Action<Exception>? Seen { get; set; }

    /// <summary>Runs one batch. Returns how many rows it took (0: nothing is due).</summary>
    public async Task<int> RunBatch(CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        db.Database.AutoSavepointsEnabled = false;
        var now = time.GetUtcNow();
        var due = new List<long>();
        await foreach (var id in Due.On(db)(db, now, Limits.TurnsPerCommit + photos.Count).WithCancellation(ct))
        {
            // A photo that is still being looked at is due all the time; it takes nobody's place.
            if (!photos.HoldsBack(id) && due.Count < Limits.TurnsPerCommit)
            {
                due.Add(id);
            }
        }
        if (due.Count == 0)
        {
            return 0;
        }
        var done = new List<long>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var id in due)
        {
            await transaction.CreateSavepointAsync("turn", ct);
            try
            {
                if (await RunOne(scope.ServiceProvider, db, id, ct))
                {
                    done.Add(id);
                }
                await transaction.ReleaseSavepointAsync("turn", ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                Seen?.Invoke(fault);
                await transaction.RollbackToSavepointAsync("turn", ct);
                db.ChangeTracker.Clear();
                await TakeFailure(scope.ServiceProvider, db, id, fault, now, ct);
            }
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(ct);
        photos.Forget(done);
        nudges.Outbox.Set();
        nudges.Mail.Set();
        return due.Count;
    }

    // Of each conversation only its oldest row, and of those only the ones whose time has come: who has to wait makes nobody else wait.
    private static readonly HotQuery<Func<BotDb, DateTimeOffset, int, IAsyncEnumerable<long>>> Due = new(() => EF.CompileAsyncQuery((BotDb db, DateTimeOffset now, int most) =>
        db.Inbox.Where(row => row.Status == RowStatus.Pending && row.NotBefore <= now
                && !db.Inbox.Any(earlier => earlier.Status == RowStatus.Pending && earlier.ConversationId == row.ConversationId && earlier.Id < row.Id))
            .OrderBy(row => row.Id).Take(most).Select(row => row.Id)));

    private static readonly HotQuery<Func<BotDb, long, Task<InboxRow>>> RowOf = new(() => EF.CompileAsyncQuery((BotDb db, long id) => db.Inbox.Single(row => row.Id == id)));

    // A scope of services for each turn, so that nothing of one person is left over in the next one's; the context is the batch's.
    private static async Task<bool> RunOne(IServiceProvider services, BotDb db, long rowId, CancellationToken ct)
    {
        var row = await RowOf.On(db)(db, rowId);
        var runner = ActivatorUtilities.CreateInstance<TurnRunner>(services);
        var isDone = await runner.Run(row, ct);
        await db.SaveChangesAsync(ct);
        return isDone;
    }

    private async Task TakeFailure(IServiceProvider services, BotDb db, long rowId, Exception fault, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Inbox.SingleAsync(found => found.Id == rowId, ct);
        row.Attempts++;
        row.NotBefore = now + TimeSpan.FromSeconds(Math.Pow(2, row.Attempts - 1));
        LogFailure(rowId, row.Attempts, fault.GetType().Name, Where(fault));
        if (row.Attempts >= Limits.TurnTries)
        {
            var conversation = await db.Conversations.SingleAsync(found => found.Id == row.ConversationId, ct);
            ActivatorUtilities.CreateInstance<TurnRunner>(services).Park(row, conversation);
            LogParked(rowId);
        }
        await db.SaveChangesAsync(ct);
    }

    // The message of an exception may hold what a person wrote; the type and the place do not.
    private static string Where(Exception fault) => fault.StackTrace?.Split('\n', 2)[0].Trim() ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turn of inbox row {Row} failed (try {Try}): {Fault} {Where}")]
    private partial void LogFailure(long row, int @try, string fault, string where);

    [LoggerMessage(Level = LogLevel.Error, Message = "Inbox row {Row} is parked")]
    private partial void LogParked(long row);
}
