using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Workers;

/// <summary>Deletes what has no more use, a little at a time so that nobody waits for it. The periods stand in <see cref="Limits"/>.</summary>
public sealed partial class RetentionWorker(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time, ILogger<RetentionWorker> log) : IWorker
{
    private const int RowsAtOnce = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    public string Name => "retention";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(async stop => await Sweep(stop), stop => Task.Delay(LookEvery, time, stop), ct);

    /// <summary>Returns how many rows went.</summary>
    internal async Task<int> Sweep(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (inbox, sent, drafts, doors, said) = (now - Limits.InboxKept, now - Limits.SentKept, now - Limits.DraftsKept, now - Limits.ClosedDoorsKept, now - Limits.WebActivitiesKept);
        var links = now - Limits.PlaceLinkRemembered;
        var dayAgo = now.AddDays(-1);
        var gone = await Delete(db => db.Inbox.Where(row => row.Status != RowStatus.Pending && row.ReceivedAt < inbox).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Outbox.Where(row => row.Status != RowStatus.Pending && row.CreatedAt < sent).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Mails.Where(row => row.Status != RowStatus.Pending && row.CreatedAt < sent).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Drafts.Where(row => row.SavedAt < drafts).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Doors.Where(row => row.ClosedAt != null && row.ClosedAt < doors).OrderBy(row => row.Id), ct)
            + await Delete(db => db.WebActivities.Where(row => row.At < said && db.WebActivities.Any(newer => newer.ChatKey == row.ChatKey && newer.Sequence > row.Sequence)).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Set<LinkCode>().Where(row => row.Until < now).OrderBy(row => row.Hash), ct)
            + await Delete(db => db.Set<LinkTry>().Where(row => row.At < dayAgo).OrderBy(row => row.Id), ct)
            + await Delete(db => db.Set<MediaLink>().Where(row => row.Until < now).OrderBy(row => row.Hash), ct)
            + await Delete(db => db.Set<PlaceLink>().Where(row => row.Until < links).OrderBy(row => row.Hash), ct)
            + await EmptyLast(said, ct);
        if (gone > 0)
        {
            LogGone(gone);
        }
        return gone;
    }

    // The newest row of a conversation keeps its number, so that a browser's old watermark stays right; its words go.
    private async Task<int> EmptyLast(DateTimeOffset said, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().WebActivities.Where(row => row.At < said && row.Key != WebActivity.Emptied)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Body, "").SetProperty(row => row.Key, WebActivity.Emptied), ct);
    }

    private async Task<int> Delete<T>(Func<BotDb, IQueryable<T>> old, CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            using (await gate.Enter(ct))
            {
                await using var scope = scopes.CreateAsyncScope();
                var some = await old(scope.ServiceProvider.GetRequiredService<BotDb>()).Take(RowsAtOnce).ExecuteDeleteAsync(CancellationToken.None);
                all += some;
                if (some < RowsAtOnce)
                {
                    return all;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} old rows deleted")]
    private partial void LogGone(int rows);
}
