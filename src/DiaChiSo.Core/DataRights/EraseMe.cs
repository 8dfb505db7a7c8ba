using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>
/// Deletes at once what the bot itself may delete, after one confirmation (Law 91/2025/QH15): the e-mail, what requests held, half-filled forms, mails
/// on their way, what was said on our own page, the link between chats, addresses and roles. Every chat of the person begins as a stranger's; the old
/// row stays as a number, so that consents can still be proved and the audit still says who did something. What stands in the register is the
/// office's: an officer gets a data request with the numbers to look at.
/// </summary>
/// <param name="Tells">Told what became of it, before the page is made.</param>
public sealed record EraseMe(Action<Erased> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var me = scope.Turn.PersonId;
        var (concerned, commune) = await DataRequests.Of(scope, me, ct);
        var stopped = await Processing.StopRequests(scope, me, dutiesToo: true, ct);
        foreach (var request in await db.Set<Request>().Where(row => row.PersonId == me && row.EmptiedAt == null).ToListAsync(ct))
        {
            // What was approved and is not in the register yet is still needed by the one who puts it there.
            if (request.Status != RequestStatus.Approved || request.Kind == RequestKind.Update || request.IssuedCode is not null)
            {
                request.Empty(scope.Now);
            }
        }
        foreach (var consent in await db.Set<Consent>().Where(row => row.PersonId == me && row.WithdrawnAt == null).ToListAsync(ct))
        {
            consent.WithdrawnAt = scope.Now;
        }
        foreach (var grant in await db.Grants.Where(row => row.PersonId == me && row.RevokedAt == null).ToListAsync(ct))
        {
            grant.RevokedAt = scope.Now;
            scope.Write(AuditAct.RoleRevoked, number: Grants.NumberOf(grant));
        }
        scope.Write(AuditAct.DataErased);
        await scope.Get<Owners.OwnedAddresses>().EndAll(me, Owners.OwnershipEnd.Erased, scope.Now, ct);
        db.RemoveRange(await db.Doors.Where(row => row.PersonId == me).ToListAsync(ct));
        await EndTickets(scope, me, ct);
        // The list that went to the post office is the office's; the bot's own copy of name and phone goes.
        db.RemoveRange(await db.Set<Nomination>().Where(row => row.GrantedPersonId == me).ToListAsync(ct));
        db.RemoveRange(await db.Set<LinkCode>().Where(row => row.PersonId == me).ToListAsync(ct));

        var person = await db.People.FindAsync([me], ct) ?? throw new InvalidOperationException("the person of this turn is not there");
        (person.Email, person.EmailHash, person.EmailVerifiedAt, person.ErasedAt) = (null, null, null, scope.Now);
        await db.SaveChangesAsync(ct);
        var stranger = await PartChats(scope, me, ct);
        var row = await DataRequests.Open(scope, stranger, DataRequestKind.Delete, null, concerned, commune, isLeftToOfficer: !concerned.IsNothing, ct);
        await db.SaveChangesAsync(ct);
        scope.ForgetTalk();
        Tells(new Erased(stopped, DataReceipt.Of(row)));
    }

    private static async Task EndTickets(EffectScope scope, long me, CancellationToken ct)
    {
        foreach (var ticket in await scope.Db.Set<Ticket>().Where(row => row.PersonId == me).ToListAsync(ct))
        {
            scope.Db.RemoveRange(await scope.Db.Set<TicketWord>().Where(row => row.TicketId == ticket.Id).ToListAsync(ct));
            if (ticket.IsOpen)
            {
                (ticket.ClosedAt, ticket.End) = (scope.Now, TicketEnd.ByPerson);
                ticket.Version++;
                await new CloseDoors(ticket.Number).Apply(scope, ct);
            }
        }
    }

    // Each chat is a stranger's of its own: that they were one person's is data too. Returns this one's.
    private static async Task<long> PartChats(EffectScope scope, long me, CancellationToken ct)
    {
        var db = scope.Db;
        var here = 0L;
        foreach (var conversation in await db.Conversations.Where(row => row.PersonId == me).ToListAsync(ct))
        {
            var stranger = new Person { FirstSeenAt = scope.Now };
            db.People.Add(stranger);
            await db.SaveChangesAsync(ct);
            conversation.PersonId = stranger.Id;
            await ForgetWords(scope, conversation, ct);
            if (conversation.Id == scope.Turn.ConversationId)
            {
                // The talk of this very turn is the engine's.
                here = stranger.Id;
                continue;
            }
            conversation.Close(new Talk());
            conversation.Turn++;
            db.RemoveRange(await db.Timers.Where(row => row.ConversationId == conversation.Id).ToListAsync(ct));
            foreach (var page in await db.Outbox.Where(row => row.ConversationId == conversation.Id && row.Status == RowStatus.Pending).ToListAsync(ct))
            {
                (page.Status, page.Body) = (RowStatus.Parked, "");
            }
        }
        return here;
    }

    // What was said on our own page, and news that was on its way; the channels' own servers keep what they keep, and the page says so.
    private static async Task ForgetWords(EffectScope scope, Conversation conversation, CancellationToken ct)
    {
        foreach (var said in await scope.Db.WebActivities.Where(row => row.ChatKey == conversation.ChatKey && row.Key != WebActivity.Emptied).ToListAsync(ct))
        {
            // The number stays, so that a browser's watermark stays right; the key is of what the client sent.
            said.Body = "";
        }
        foreach (var news in await scope.Db.Inbox.Where(row => row.ConversationId == conversation.Id && row.Status == RowStatus.Pending && row.Channel == InnerMail.Channel).ToListAsync(ct))
        {
            (news.Status, news.Body) = (RowStatus.Parked, "");
        }
    }
}

/// <param name="Requests">The numbers of open requests that it withdrew.</param>
/// <param name="Receipt">Of the row for the office.</param>
public sealed record Erased(IReadOnlyList<string> Requests, DataReceipt Receipt);
