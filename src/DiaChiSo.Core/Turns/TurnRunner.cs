using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// One turn: what came in goes through the dialog that speaks, and everything that follows from it is written to the context.
/// The caller owns the transaction (design.md §2); either all of it is committed or nothing.
/// </summary>
public sealed class TurnRunner(BotDb db, Catalogue catalogue, Texts texts, Policy policy, Understanding understanding, PhotoDesk photos, IServiceProvider services, TimeProvider time)
{
    /// <summary>Runs the turn of one inbox row and marks it done. Throws what the database or a programmer's mistake throws.</summary>
    /// <returns>False: a photo that nobody has looked at yet; it is left to the <see cref="PhotoDesk"/> and stays pending.</returns>
    public async Task<bool> Run(InboxRow row, CancellationToken ct)
    {
        if (row.Status != RowStatus.Pending)
        {
            return true;
        }
        var now = time.GetUtcNow();
        var incoming = JsonSerializer.Deserialize<Incoming>(row.Body, Saved.Json) ?? throw new InvalidOperationException($"inbox row {row.Id} is empty");
        if (incoming is SentPhoto photo)
        {
            if (photos.SightOf(row, photo) is not { } sight)
            {
                return false;
            }
            incoming = photo with { Sight = sight };
        }
        var conversation = await ConversationOf.On(db)(db, row.ConversationId);
        var talk = conversation.Open();

        var turn = new OneTurn(db, catalogue, texts, policy, understanding, services, conversation, talk, now);
        await turn.Take(incoming, ct);

        // First: the finger is still on the button.
        if (incoming is Pressed { Ticket: { } ticket })
        {
            db.Outbox.Add(new OutboxRow { ConversationId = conversation.Id, Kind = OutgoingKind.Toast, Body = turn.Toast ?? "", Ticket = ticket, CreatedAt = now, NotBefore = now });
        }
        var isUnasked = incoming is Noticed or TimerRang;
        foreach (var page in turn.Pages)
        {
            db.Outbox.Add(new OutboxRow
            {
                ConversationId = conversation.Id,
                Kind = OutgoingKind.Page,
                Body = JsonSerializer.Serialize(isUnasked && page.Occasion == Occasion.Answer ? page with { Occasion = Occasion.Again } : page, Saved.Json),
                CreatedAt = now,
                NotBefore = now,
            });
        }
        await KeepReminder(conversation, talk, turn.IsWorthReminding, now, ct);
        if (incoming is not (Noticed or TimerRang or Departed))
        {
            conversation.LastHeardAt = now;
            conversation.IsGone = false;
            if (conversation.IsHeldBack)
            {
                conversation.IsHeldBack = false;
                await db.Outbox.Where(waiting => waiting.ConversationId == conversation.Id && waiting.Status == RowStatus.Pending && waiting.NotBefore > now)
                    .ExecuteUpdateAsync(set => set.SetProperty(waiting => waiting.NotBefore, now), ct);
            }
        }
        conversation.Close(talk);
        conversation.Version++;
        row.Status = RowStatus.Done;
        row.Body = "";
        return true;
    }

    private static readonly HotQuery<Func<BotDb, long, Task<Conversation>>> ConversationOf = new(() => EF.CompileAsyncQuery((BotDb db, long id) => db.Conversations.Single(row => row.Id == id)));

    /// <summary>What is said when a row failed too often: once, and the conversation goes on.</summary>
    public void Park(InboxRow row, Conversation conversation)
    {
        var now = time.GetUtcNow();
        row.Status = RowStatus.Parked;
        row.Body = "";
        db.Outbox.Add(new OutboxRow
        {
            ConversationId = conversation.Id,
            Kind = OutgoingKind.Page,
            Body = JsonSerializer.Serialize(
                new Page(texts.SharedWords(conversation.Language, "trouble"), [new Choice(texts.Of(catalogue.Helping.Name, conversation.Language).Title, OneTurn.HelpPress, null)]), Saved.Json),
            CreatedAt = now,
            NotBefore = now,
        });
    }

    private async Task KeepReminder(Conversation conversation, Talk talk, bool isWorthReminding, DateTimeOffset now, CancellationToken ct)
    {
        if (!isWorthReminding && !talk.HasReminder)
        {
            return;
        }
        var timer = await db.Timers.FindAsync([conversation.Id, TimerNames.Reminder], ct);
        if (!isWorthReminding)
        {
            if (timer is not null)
            {
                db.Timers.Remove(timer);
            }
            talk.HasReminder = false;
            return;
        }
        if (timer is null)
        {
            timer = new TimerRow { ConversationId = conversation.Id, Name = TimerNames.Reminder };
            db.Timers.Add(timer);
        }
        timer.Turn = conversation.Turn;
        timer.DueAt = QuietHours.NextAllowed(now + Limits.ReminderAfter);
        talk.HasReminder = true;
    }
}

public static class TimerNames
{
    public const string Reminder = "reminder";
}

/// <summary>Nobody is written to unasked between 21:00 and 07:00 in Vietnam (UTC+7, no summer time).</summary>
public static class QuietHours
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);

    /// <summary>The time itself, or the next 07:00 in Vietnam (UTC in, UTC out).</summary>
    public static DateTimeOffset NextAllowed(DateTimeOffset time)
    {
        var local = time.ToOffset(VietnamAheadOfUtc);
        var morning = new DateTimeOffset(local.Year, local.Month, local.Day, 7, 0, 0, VietnamAheadOfUtc);
        return local.Hour >= 21 ? morning.AddDays(1).ToUniversalTime() : local.Hour < 7 ? morning.ToUniversalTime() : time;
    }
}
