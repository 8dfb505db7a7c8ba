using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.ZaloOa.Send;

/// <summary>
/// An answer that is ready too late. Up to 48 hours after the person was last heard writing to them is free, until 7 days Zalo bills it (the bot
/// does not), from then on it is refused. News (a verdict, work that was given) then goes to the e-mail that the person verified; what only
/// goes on with a talk waits, for that talk is on Zalo, and may show what belongs in no mail; so does what an e-mail of its own has told.
/// </summary>
internal sealed class LateAnswer(ZaloOaSettings settings, IServiceScopeFactory scopes, WriteGate gate, Texts texts, Nudges nudges, TimeProvider time)
{
    public static readonly TimeSpan Free = TimeSpan.FromHours(48);
    public static readonly TimeSpan Reachable = TimeSpan.FromDays(7);

    // Two clocks, and a message on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <summary>What becomes of it instead of being sent; null: it is in time.</summary>
    /// <param name="outgoing">The page.</param>
    /// <param name="isRefused">Zalo says that it is too late, whatever the clock says.</param>
    public async Task<Sending?> Instead(Outgoing outgoing, bool isRefused, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!isRefused && now < outgoing.LastHeardAt + Free - Margin)
        {
            return null;
        }
        var page = outgoing.Page();
        switch (page.Occasion)
        {
            case Occasion.Again:
                // It would only hold up the news behind it, and comes with their next message anyway.
                return new Sending.Done();
            case Occasion.Answer or Occasion.MailedNews:
                return new Sending.Waits();
        }
        var end = outgoing.LastHeardAt + Reachable - Margin;
        return settings.LateAnswers == LateAnswers.Wait && !isRefused && now < end ? new Sending.Waits(end)
            : await Mail(outgoing, page, ct) ? new Sending.Done()
            : new Sending.Waits();
    }

    // The row's number is in the Message-ID, so that a program that is killed between the mail and the row sends one mail.
    private async Task<bool> Mail(Outgoing outgoing, Page page, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var personId = await db.Conversations.Where(row => row.Id == outgoing.ConversationId).Select(row => row.PersonId).SingleAsync(ct);
        if (await Reach.EmailFor(db, personId, ct) is not { } email)
        {
            return false;
        }
        var id = $"zalo-late-{outgoing.Id}-{outgoing.CreatedAt.ToUnixTimeMilliseconds()}";
        if (!await db.Mails.AnyAsync(row => row.MessageId == id, ct))
        {
            var words = texts.SharedText(outgoing.Language, "mail-late", ("news", page.PlainText())).Split("\n\n", 2);
            var now = time.GetUtcNow();
            db.Mails.Add(new MailRow { MessageId = id, To = email, Subject = words[0], Body = words[1], CreatedAt = now, NotBefore = now });
            await db.SaveChangesAsync(ct);
        }
        nudges.Mail.Set();
        return true;
    }
}
