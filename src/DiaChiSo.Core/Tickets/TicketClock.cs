using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Tickets;

/// <summary>
/// Nobody took a ticket by its deadline: it goes up to the office above, and the person is told. Nobody said anything for
/// <see cref="Limits.TicketSilence"/>: it ends, and both are told, so that the bot is not quiet for ever. An officer's right ended: the ticket is the office's again.
/// </summary>
internal sealed class TicketClock : IDueWork
{
    private const int AtOnce = 50;

    public async Task<int> Do(BotDb db, IServiceProvider services, DateTimeOffset now, CancellationToken ct)
    {
        var due = await db.Set<Ticket>().Where(row => row.ClosedAt == null && row.LookAt <= now).OrderBy(row => row.LookAt).Take(AtOnce).ToListAsync(ct);
        // Nobody's turn: what is told is told in each one's own language.
        var scope = new EffectScope(db, new TurnContext(0, 0, Texts.Languages[0], now, "clock"), services);
        var done = due.Count;
        foreach (var ticket in await db.Set<Ticket>().Where(row => row.ClosedAt == null && row.TakenBy != null && row.LookAt > now).ToListAsync(ct))
        {
            if (await ticket.LeaveWhoMayNoMore(scope, ct))
            {
                ticket.Version++;
                done++;
            }
        }
        foreach (var ticket in due)
        {
            ticket.Version++;
            if (ticket.TakenBy is null)
            {
                await GoUp(scope, ticket, ct);
            }
            else
            {
                await ticket.Close(scope, TicketEnd.BySilence, ct);
                db.WriteAsHost(now, AuditAct.HelpEnded, number: ticket.Number);
                await TicketNews.TellPerson(scope, ticket, "silent", ct);
                await TicketNews.TellOfficer(scope, ticket, ticket.TakenBy.Value, "silent", ct);
            }
        }
        return done;
    }

    private static async Task GoUp(EffectScope scope, Ticket ticket, CancellationToken ct)
    {
        var offices = scope.Get<OfficeTable>();
        var above = offices.Find(ticket.Office) is { } office ? offices.Above(office) : null;
        while (above is not null && (await TicketRules.OfficersOf(scope.Db, offices, above, ticket.Commune, ticket.PersonId, scope.Now, ct)).Count == 0)
        {
            above = offices.Above(above);
        }
        if (above is null && scope.Now >= ticket.LastWordAt + Limits.TicketSilence)
        {
            await ticket.Close(scope, TicketEnd.BySilence, ct);
            scope.Db.WriteAsHost(scope.Now, AuditAct.HelpEnded, number: ticket.Number);
            await TicketNews.TellPerson(scope, ticket, "silent", ct);
            return;
        }
        if (above is not null)
        {
            ticket.Office = above.Key;
            scope.Db.WriteAsHost(scope.Now, AuditAct.HelpWentUp, number: ticket.Number);
        }
        ticket.DueAt = offices.AnsweredBy(above ?? offices.Find(ticket.Office) ?? Office.Nameless, scope.Now);
        ticket.LookAt = ticket.DueAt;
        await TicketNews.TellPerson(scope, ticket, above is null ? "still-waiting" : "gone-up", ct);
        await TicketNews.TellOffice(scope, ticket, "overdue", ct);
    }
}
