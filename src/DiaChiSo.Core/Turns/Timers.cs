using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Turns;

/// <summary>Work that falls due by the clock and by nobody's message (a deadline that was missed). Done with the timers, in their transaction.</summary>
public interface IDueWork
{
    /// <summary>Does what is due, at most some dozens of rows; saves nothing itself.</summary>
    /// <param name="db">The context that is saved afterwards.</param>
    /// <param name="services">Of the same scope.</param>
    /// <param name="now">UTC.</param>
    /// <returns>How many rows it did; more than none: it is asked again at once.</returns>
    Task<int> Do(BotDb db, IServiceProvider services, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Timers that came due become inbox rows of their conversation; the turn decides whether they still mean anything.</summary>
public sealed class Timers(IServiceScopeFactory scopes, WriteGate gate, Nudges nudges, TimeProvider time)
{
    /// <summary>Returns how many came due.</summary>
    public async Task<int> Ring(CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = time.GetUtcNow();
        var due = await db.Timers.Where(timer => timer.DueAt <= now).OrderBy(timer => timer.DueAt).Take(100).ToListAsync(ct);
        foreach (var timer in due)
        {
            db.Inbox.Add(InnerMail.To(timer.ConversationId, $"timer {timer.Name} {timer.Turn}", new TimerRang(timer.Name, timer.Turn), now));
            db.Timers.Remove(timer);
        }
        var done = due.Count;
        foreach (var work in scope.ServiceProvider.GetServices<IDueWork>())
        {
            done += await work.Do(db, scope.ServiceProvider, now, ct);
        }
        await db.SaveChangesAsync(ct);
        if (done > 0)
        {
            nudges.Turns.Set();
        }
        return done;
    }
}

/// <summary>What the bot itself puts into somebody's inbox.</summary>
internal static class InnerMail
{
    public const string Channel = "bot";

    /// <param name="conversationId">Whose turn it will be.</param>
    /// <param name="key">Unique in this conversation: the same thing is told once.</param>
    /// <param name="incoming">What happened.</param>
    /// <param name="now">UTC.</param>
    public static InboxRow To(long conversationId, string key, Incoming incoming, DateTimeOffset now) => new()
    {
        ConversationId = conversationId,
        Channel = Channel,
        IncomingKey = $"{conversationId} {key}",
        BodyHash = "",
        Body = JsonSerializer.Serialize(incoming, Saved.Json),
        ReceivedAt = now,
        NotBefore = now,
    };
}
