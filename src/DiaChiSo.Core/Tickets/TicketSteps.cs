using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Tickets;

/// <summary>What became of asking for a human.</summary>
public enum TicketAnswer
{
    Opened,

    /// <summary>One was open already: it goes on.</summary>
    GoesOn,

    /// <summary>No officer has the right anywhere up to the highest office: the telephone is what is left.</summary>
    NobodyThere,

    /// <summary>So often today that the telephone is better.</summary>
    TooOften,
}

/// <summary>Asks for a human: goes to the office of the commune, or to the first above it that has an officer.</summary>
/// <param name="Commune">Code of today's commune; null: not known.</param>
/// <param name="Where">The dialog in which the person stood.</param>
/// <param name="Words">What was said with it, or empty.</param>
/// <param name="Tells">What became of it, and the ticket's number where there is one.</param>
public sealed record OpenTicket(string? Commune, string Where, string Words, Action<TicketAnswer, string> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var (db, me) = (scope.Db, scope.Turn.PersonId);
        if (await db.Set<Ticket>().FirstOrDefaultAsync(row => row.PersonId == me && row.ClosedAt == null, ct) is { } open)
        {
            Tells(TicketAnswer.GoesOn, open.Number);
            return;
        }
        if (await TicketRules.HasAskedTooOften(db, me, scope.Now, ct))
        {
            Tells(TicketAnswer.TooOften, "");
            return;
        }
        var offices = scope.Get<OfficeTable>();
        if (await TicketRules.OfficeThatAnswers(db, offices, Commune, me, scope.Now, ct) is not { } office)
        {
            Tells(TicketAnswer.NobodyThere, "");
            return;
        }
        var due = offices.AnsweredBy(office, scope.Now);
        var ticket = new Ticket
        {
            Number = await Ticket.NextNumber(db, scope.Now, ct),
            PersonId = me,
            Commune = Commune,
            Office = office.Key,
            Where = Where,
            OpenedAt = scope.Now,
            DueAt = due,
            LastWordAt = scope.Now,
            LookAt = due,
        };
        db.Add(ticket);
        await db.SaveChangesAsync(ct);
        await TicketNews.TellOffice(scope, ticket, "ticket", ct);
        if (Words.Length > 0)
        {
            db.Add(new TicketWord { TicketId = ticket.Id, IsOfficers = false, Words = Words, At = scope.Now });
        }
        scope.Write(AuditAct.HelpAsked, number: ticket.Number);
        await db.SaveChangesAsync(ct);
        Tells(TicketAnswer.Opened, ticket.Number);
    }
}

/// <summary>The person's words for the officer. Before anybody took the ticket they wait on it.</summary>
public sealed record SayToOfficer(string Words) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        if (await scope.Db.Set<Ticket>().FirstOrDefaultAsync(row => row.PersonId == me && row.ClosedAt == null, ct) is not { } ticket)
        {
            return;
        }
        await ticket.LeaveWhoMayNoMore(scope, ct);
        ticket.Hear(scope, Words, isOfficers: false);
        if (ticket.TakenBy is { } officer)
        {
            await TicketNews.TellOfficer(scope, ticket, officer, "words", ct, Words);
        }
    }
}

/// <summary>The person needs nobody any more.</summary>
public sealed record EndMyTicket : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        if (await scope.Db.Set<Ticket>().FirstOrDefaultAsync(row => row.PersonId == me && row.ClosedAt == null, ct) is { } ticket)
        {
            await ticket.LeaveWhoMayNoMore(scope, ct);
            await ticket.Close(scope, TicketEnd.ByPerson, ct);
            scope.Write(AuditAct.HelpEnded, number: ticket.Number);
            if (ticket.TakenBy is { } officer)
            {
                await TicketNews.TellOfficer(scope, ticket, officer, "ended", ct);
            }
            await scope.Db.SaveChangesAsync(ct);
        }
    }
}

/// <summary>What an officer does to a ticket. Asked every time: the right in its commune, and whose it is; nothing is thrown for what a person did.</summary>
/// <param name="Tells">True: done; false: it is over, or in other hands, or not this officer's.</param>
public abstract record TicketStep(string Number, Action<bool> Tells) : Effect
{
    public override bool IsSubmission => true;

    /// <summary>Whether it must be in the officer's own hands.</summary>
    private protected virtual bool IsForOwner => true;

    public sealed override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        var grants = await scope.Get<Policy>().GrantsOf(me, Right.Office, scope.Now, ct);
        if (await scope.Db.Set<Ticket>().FirstOrDefaultAsync(row => row.Number == Number && row.ClosedAt == null, ct) is { } ticket
            && TicketRules.IsFor(ticket, me, grants, scope.Get<OfficeTable>())
            && (IsForOwner ? ticket.TakenBy == me : ticket.TakenBy is null || ticket.TakenBy == me))
        {
            ticket.Version++;
            var isDone = await Do(scope, ticket, ct);
            // The page behind it reads what stands now.
            await scope.Db.SaveChangesAsync(ct);
            Tells(isDone);
            return;
        }
        Tells(false);
    }

    private protected abstract Task<bool> Do(EffectScope scope, Ticket ticket, CancellationToken ct);
}

/// <summary>An officer has what was said before the eyes.</summary>
public sealed record RecordHelpSeen(string Number) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct)
    {
        scope.Write(AuditAct.HelpSeen, number: Number, by: Right.Office);
        return Task.CompletedTask;
    }
}

/// <summary>Takes it in hand: of two officers the first one has it.</summary>
public sealed record TakeTicket(string Number, Action<bool> Tells) : TicketStep(Number, Tells)
{
    private protected override bool IsForOwner => false;

    private protected override async Task<bool> Do(EffectScope scope, Ticket ticket, CancellationToken ct)
    {
        if (ticket.TakenBy is null)
        {
            ticket.TakenBy = scope.Turn.PersonId;
            ticket.LookAt = QuietHours.NextAllowed(scope.Now + Limits.TicketSilence);
            await TicketNews.TellPerson(scope, ticket, "taken", ct);
            scope.Write(AuditAct.HelpTaken, number: Number, by: Right.Office);
        }
        return true;
    }
}

/// <summary>The officer's words for the person.</summary>
public sealed record SayToPerson(string Number, string Words, Action<bool> Tells) : TicketStep(Number, Tells)
{
    private protected override async Task<bool> Do(EffectScope scope, Ticket ticket, CancellationToken ct)
    {
        ticket.Hear(scope, Words, isOfficers: true);
        await TicketNews.TellPerson(scope, ticket, "answer", ct, Words);
        return true;
    }
}

/// <summary>Hands it on: to another office, to the colleagues of one's own (<paramref name="Office"/> is then that one), or to one officer.</summary>
/// <param name="Office">The key of an office; null: <paramref name="To"/> says who.</param>
/// <param name="To">An officer who holds the right in its commune.</param>
public sealed record HandOnTicket(string Number, string? Office, long? To, Action<bool> Tells) : TicketStep(Number, Tells)
{
    private protected override async Task<bool> Do(EffectScope scope, Ticket ticket, CancellationToken ct)
    {
        var offices = scope.Get<OfficeTable>();
        if (To is { } colleague)
        {
            var grants = await scope.Get<Policy>().GrantsOf(colleague, Right.Office, scope.Now, ct);
            if (colleague == scope.Turn.PersonId || colleague == ticket.PersonId || !grants.Any(grant => ticket.Commune is null || grant.Covers(ticket.Commune)))
            {
                return false;
            }
            ticket.TakenBy = colleague;
            scope.Write(AuditAct.HelpHandedOn, number: Number, by: Right.Office);
            await TicketNews.TellOfficer(scope, ticket, colleague, "handed", ct);
            await TicketNews.TellPerson(scope, ticket, "taken", ct);
            return true;
        }
        if (offices.Find(Office ?? "") is not { } office || (await TicketRules.OfficersOf(scope.Db, offices, office, ticket.Commune, ticket.PersonId, scope.Now, ct)).All(officer => officer == scope.Turn.PersonId))
        {
            return false;
        }
        (ticket.Office, ticket.TakenBy, ticket.DueAt) = (office.Key, null, offices.AnsweredBy(office, scope.Now));
        ticket.LookAt = ticket.DueAt;
        scope.Write(AuditAct.HelpHandedOn, number: Number, by: Right.Office);
        await TicketNews.TellOffice(scope, ticket, "ticket", ct);
        await TicketNews.TellPerson(scope, ticket, "handed-on", ct);
        return true;
    }
}

/// <summary>The officer is done; the bot speaks again.</summary>
public sealed record CloseTicket(string Number, Action<bool> Tells) : TicketStep(Number, Tells)
{
    private protected override async Task<bool> Do(EffectScope scope, Ticket ticket, CancellationToken ct)
    {
        await ticket.Close(scope, TicketEnd.ByOfficer, ct);
        scope.Write(AuditAct.HelpEnded, number: Number, by: Right.Office);
        await TicketNews.TellPerson(scope, ticket, "closed", ct);
        return true;
    }
}

internal static class TicketMoves
{
    public static void Hear(this Ticket ticket, EffectScope scope, string words, bool isOfficers)
    {
        scope.Db.Add(new TicketWord { TicketId = ticket.Id, IsOfficers = isOfficers, Words = words, At = scope.Now });
        ticket.LastWordAt = scope.Now;
        if (ticket.TakenBy is not null)
        {
            ticket.LookAt = QuietHours.NextAllowed(scope.Now + Limits.TicketSilence);
        }
    }

    /// <summary>Whose right ended or was taken back hears nothing more: the ticket is the office's again, with a new deadline. True: it was so.</summary>
    public static async Task<bool> LeaveWhoMayNoMore(this Ticket ticket, EffectScope scope, CancellationToken ct)
    {
        var offices = scope.Get<OfficeTable>();
        if (ticket.TakenBy is not { } officer || TicketRules.IsFor(ticket, officer, await scope.Get<Policy>().GrantsOf(officer, Right.Office, scope.Now, ct), offices))
        {
            return false;
        }
        var office = await TicketRules.OfficeThatAnswers(scope.Db, offices, ticket.Commune, ticket.PersonId, scope.Now, ct) ?? offices.For(ticket.Commune);
        (ticket.TakenBy, ticket.Office, ticket.DueAt) = (null, office.Key, offices.AnsweredBy(office, scope.Now));
        ticket.LookAt = ticket.DueAt;
        await TicketNews.TellOffice(scope, ticket, "ticket", ct);
        await TicketNews.TellPerson(scope, ticket, "handed-on", ct);
        return true;
    }

    /// <summary>Ends it and shuts its doors; who is told comes after.</summary>
    public static Task Close(this Ticket ticket, EffectScope scope, TicketEnd end, CancellationToken ct)
    {
        (ticket.ClosedAt, ticket.End) = (scope.Now, end);
        return new CloseDoors(ticket.Number).Apply(scope, ct);
    }
}
