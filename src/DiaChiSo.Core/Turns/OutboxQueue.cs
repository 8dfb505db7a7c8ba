using System.Linq.Expressions;
using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Turns;

/// <summary>One thing to send, with what its channel needs to know.</summary>
/// <param name="Id">The outbox row.</param>
/// <param name="ConversationId">Whose.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="ChatKey">The channel's own name of the chat.</param>
/// <param name="Language">Two letters: vi or en.</param>
/// <param name="Kind">A page or a toast.</param>
/// <param name="Body">The page as JSON, or the toast's words.</param>
/// <param name="Ticket">For a toast: the channel's ticket of the press.</param>
/// <param name="PartsSent">Messages of this page that are out already.</param>
/// <param name="Attempts">Tries before this one.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastHeardAt">When the person last did something here (UTC): some channels may be written to only for a while after it.</param>
public sealed record Outgoing(long Id, long ConversationId, string Channel, string ChatKey, string Language, OutgoingKind Kind, string Body, string? Ticket, int PartsSent, int Attempts, DateTimeOffset CreatedAt,
    DateTimeOffset LastHeardAt)
{
    public Page Page() => JsonSerializer.Deserialize<Page>(Body, Saved.Json) ?? throw new InvalidOperationException($"outbox row {Id} is empty");
}

/// <summary>What became of a sending.</summary>
public abstract record Sending
{
    /// <summary>It is with the channel.</summary>
    public sealed record Done : Sending;

    /// <summary>Not now; the channel said when, or how long to wait was worked out.</summary>
    /// <param name="After">How long.</param>
    /// <param name="IsForOperator">Somebody must mend something first, however long that takes: it is never given up.</param>
    public sealed record Later(TimeSpan After, bool IsForOperator = false) : Sending;

    /// <summary>The person blocked the bot: nothing more goes there until they write again.</summary>
    public sealed record Gone : Sending;

    /// <summary>
    /// The channel lets nobody write to this person until they write again; then it is sent. What comes behind it waits too.
    /// With <paramref name="Until"/> (UTC) the channel is asked again then, should they not have written.
    /// </summary>
    public sealed record Waits(DateTimeOffset? Until = null) : Sending;

    /// <summary>The channel will never take this one (<paramref name="Why"/> names the rule, without the content).</summary>
    public sealed record Refused(string Why) : Sending;
}

/// <summary>What waits to be sent: in order in each chat, at least once.</summary>
public sealed class OutboxQueue(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time)
{
    /// <summary>"Not before" of a row that waits for its person.</summary>
    internal static readonly DateTimeOffset UntilHeard = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of all chats.</summary>
    public Task<IReadOnlyList<Outgoing>> Due(IReadOnlyCollection<long> busy, int most, CancellationToken ct) => Due(conversation => true, busy, most, ct);

    /// <summary>
    /// The oldest pending row of each chat of <paramref name="whose"/> (the chats that this process sends to) that is not in
    /// <paramref name="busy"/> and whose time has come, at most <paramref name="most"/>.
    /// </summary>
    public async Task<IReadOnlyList<Outgoing>> Due(
        Expression<Func<Conversation, bool>> whose, IReadOnlyCollection<long> busy, int most, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = time.GetUtcNow();
        return await db.Outbox.AsNoTracking()
            .Where(row => row.Status == RowStatus.Pending && row.NotBefore <= now && !busy.Contains(row.ConversationId)
                && !db.Outbox.Any(earlier => earlier.Status == RowStatus.Pending && earlier.ConversationId == row.ConversationId && earlier.Id < row.Id))
            .Join(db.Conversations.Where(whose), row => row.ConversationId, conversation => conversation.Id, (row, conversation) => new { row, conversation })
            .OrderBy(pair => pair.row.Id).Take(most)
            .Select(pair => new Outgoing(
                pair.row.Id, pair.row.ConversationId, pair.conversation.Channel, pair.conversation.ChatKey, pair.conversation.Language,
                pair.row.Kind, pair.row.Body, pair.row.Ticket, pair.row.PartsSent, pair.row.Attempts, pair.row.CreatedAt, pair.conversation.LastHeardAt))
            .ToListAsync(ct);
    }

    /// <summary>One message of the page is out: a retry goes on behind it.</summary>
    public Task PartSent(long id, int parts, CancellationToken ct) => Write(db => db.Outbox.Where(row => row.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.PartsSent, parts), ct), ct);

    /// <summary>Writes down what became of it.</summary>
    public Task Settle(Outgoing outgoing, Sending sending, CancellationToken ct) => Write(async db =>
    {
        var row = await db.Outbox.SingleAsync(found => found.Id == outgoing.Id, ct);
        switch (sending)
        {
            case Sending.Done:
                row.Status = RowStatus.Done;
                row.Body = "";
                break;
            case Sending.Later later:
                row.Attempts++;
                row.NotBefore = time.GetUtcNow() + later.After;
                break;
            case Sending.Waits waits:
                // Heard in the meantime: the window is open again.
                var whose = await db.Conversations.SingleAsync(found => found.Id == row.ConversationId, ct);
                whose.IsHeldBack = whose.LastHeardAt == outgoing.LastHeardAt;
                row.NotBefore = whose.IsHeldBack ? waits.Until ?? UntilHeard : time.GetUtcNow();
                break;
            case Sending.Refused:
                row.Status = RowStatus.Parked;
                row.Body = "";
                break;
            case Sending.Gone:
                (await db.Conversations.SingleAsync(found => found.Id == row.ConversationId, ct)).IsGone = true;
                foreach (var pending in await db.Outbox.Where(found => found.ConversationId == row.ConversationId && found.Status == RowStatus.Pending).ToListAsync(ct))
                {
                    pending.Status = RowStatus.Parked;
                    pending.Body = "";
                }
                break;
        }
        await db.SaveChangesAsync(ct);
    }, ct);

    private async Task Write(Func<BotDb, Task> work, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await work(db);
        await transaction.CommitAsync(ct);
    }
}
