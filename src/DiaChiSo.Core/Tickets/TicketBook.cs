using System.Text.Json;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Tickets;

/// <summary>One's own ticket, as the person who wants help sees it.</summary>
/// <param name="Office">Who answers.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="IsTaken">An officer has it in hand.</param>
public sealed record MyTicket(string Number, Office Office, DateTimeOffset DueAt, bool IsTaken, bool IsOpen);

/// <summary>What the person who wants help may ask: only about themselves, a wall on purpose.</summary>
public interface IMyTicket
{
    /// <summary>The one that is open, or null.</summary>
    Task<MyTicket?> Open(long personId, CancellationToken ct);

    /// <summary>What would become of asking now: somebody is there, or the telephone is what is left.</summary>
    Task<TicketAnswer> Ask(long personId, string? commune, DateTimeOffset now, CancellationToken ct);

    /// <summary>By number, also when it is over; null: not this person's.</summary>
    Task<MyTicket?> Find(string number, long personId, CancellationToken ct);

    /// <summary>The commune (code of today) that this person is at, as far as it is known: an open form, a request, a collaborator's area; null: ask.</summary>
    Task<string?> CommuneOf(long personId, long conversationId, DateTimeOffset now, CancellationToken ct);
}

/// <summary>A ticket on an officer's desk.</summary>
/// <param name="IsMine">In this officer's hands.</param>
/// <param name="IsTaken">In somebody's hands.</param>
/// <param name="Words">The last ones, oldest first.</param>
public sealed record DeskTicket(string Number, string? Commune, Office Office, string Where, DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool IsMine, bool IsTaken, string TakenBy, IReadOnlyList<DeskWord> Words);

/// <param name="IsOfficers">An officer said it; otherwise the person.</param>
public sealed record DeskWord(bool IsOfficers, string Words, DateTimeOffset At);

/// <summary>What an officer may see of people who want help: those of the own office, and those in the own hands.</summary>
public interface ITicketDesk
{
    /// <summary>The open ones, nobody's first, then by deadline; without words.</summary>
    Task<IReadOnlyList<DeskTicket>> Open(long officerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Null: not there, over, or not for this officer; the same answer for all.</summary>
    Task<DeskTicket?> Find(string number, long officerId, DateTimeOffset now, CancellationToken ct);
}

internal sealed class TicketBook(BotDb db, Policy policy, OfficeTable offices, PersonCodes codes) : IMyTicket, ITicketDesk
{
    public async Task<MyTicket?> Open(long personId, CancellationToken ct) =>
        await db.Set<Ticket>().AsNoTracking().Where(row => row.PersonId == personId && row.ClosedAt == null).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct) is { } row ? Mine(row) : null;

    public async Task<TicketAnswer> Ask(long personId, string? commune, DateTimeOffset now, CancellationToken ct) =>
        await Open(personId, ct) is not null ? TicketAnswer.GoesOn
        : await TicketRules.HasAskedTooOften(db, personId, now, ct) ? TicketAnswer.TooOften
        : await TicketRules.OfficeThatAnswers(db, offices, commune, personId, now, ct) is null ? TicketAnswer.NobodyThere
        : TicketAnswer.Opened;

    public async Task<MyTicket?> Find(string number, long personId, CancellationToken ct) =>
        await db.Set<Ticket>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number && row.PersonId == personId, ct) is { } row ? Mine(row) : null;

    private MyTicket Mine(Ticket row) => new(row.Number, offices.Find(row.Office) ?? offices.For(row.Commune), row.DueAt, row.TakenBy is not null, row.IsOpen);

    public async Task<string?> CommuneOf(long personId, long conversationId, DateTimeOffset now, CancellationToken ct)
    {
        var talk = await db.Conversations.AsNoTracking().Where(row => row.Id == conversationId).Select(row => row.State).FirstOrDefaultAsync(ct);
        if (CommuneIn(talk) is { } underWay)
        {
            return underWay;
        }
        var asked = await db.Set<Request>().AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.Id).Select(row => row.Commune).FirstOrDefaultAsync(ct);
        if (asked is not null)
        {
            return asked;
        }
        var areas = (await policy.GrantsOf(personId, Right.Confirm, now, ct)).Select(grant => grant.Area).Distinct().ToList();
        return areas is [{ Length: 5 } only] ? only : null;
    }

    // Every form keeps the commune that was answered under this name, as a key of today's units or as its bare code.
    private static string? CommuneIn(string? json)
    {
        using var talk = JsonDocument.Parse(json is { Length: > 0 } ? json : "{}");
        return In(talk.RootElement);

        static string? In(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(property => property.Name == "commune" ? CodeOf(property.Value) : In(property.Value)).FirstOrDefault(found => found is not null),
            JsonValueKind.Array => element.EnumerateArray().Reverse().Select(In).FirstOrDefault(found => found is not null),
            _ => null,
        };

        static string? CodeOf(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: 5 } code && code.All(char.IsAsciiDigit) => code,
            JsonValueKind.Object when value.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.String && system.GetString() == nameof(UnitSystem.Since2025)
                && value.TryGetProperty("code", out var code) => code.GetString(),
            _ => null,
        };
    }

    public async Task<IReadOnlyList<DeskTicket>> Open(long officerId, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await policy.GrantsOf(officerId, Right.Office, now, ct);
        var rows = await db.Set<Ticket>().AsNoTracking().Where(row => row.ClosedAt == null && row.PersonId != officerId).OrderBy(row => row.TakenBy != null).ThenBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(ct);
        return [.. rows.Where(row => TicketRules.IsFor(row, officerId, grants, offices)).Select(row => OnDesk(row, officerId, []))];
    }

    public async Task<DeskTicket?> Find(string number, long officerId, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await policy.GrantsOf(officerId, Right.Office, now, ct);
        if (await db.Set<Ticket>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number && row.ClosedAt == null, ct) is not { } row
            || !TicketRules.IsFor(row, officerId, grants, offices))
        {
            return null;
        }
        var words = await db.Set<TicketWord>().AsNoTracking().Where(word => word.TicketId == row.Id).OrderByDescending(word => word.Id).Take(Limits.TicketWordsShown).ToListAsync(ct);
        return OnDesk(row, officerId, [.. words.OrderBy(word => word.Id).Select(word => new DeskWord(word.IsOfficers, word.Words, word.At))]);
    }

    private DeskTicket OnDesk(Ticket row, long officerId, IReadOnlyList<DeskWord> words) => new(row.Number, row.Commune, offices.Find(row.Office) ?? offices.For(row.Commune), row.Where, row.OpenedAt, row.DueAt,
        row.TakenBy == officerId, row.TakenBy is not null, row.TakenBy is { } taken ? codes.Of(taken) : "", words);
}

internal static class TicketRules
{
    /// <summary>Whether a ticket is this officer's business: in their hands, or their office's; the right holds in its commune either way. Never one's own.</summary>
    public static bool IsFor(Ticket ticket, long officerId, IReadOnlyList<RoleGrant> grants, OfficeTable offices) =>
        ticket.PersonId != officerId
        && grants.Any(grant => (ticket.Commune is null || grant.Covers(ticket.Commune)) && (ticket.TakenBy == officerId || offices.OfArea(grant.Area).Key == ticket.Office));

    public static async Task<bool> HasAskedTooOften(BotDb db, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var dayAgo = now.AddDays(-1);
        return await db.Set<Ticket>().CountAsync(row => row.PersonId == personId && row.OpenedAt > dayAgo, ct) >= Limits.TicketsPerDay;
    }

    /// <summary>The office of the commune, or the first above it that has an officer; null: there is none.</summary>
    public static async Task<Office?> OfficeThatAnswers(BotDb db, OfficeTable offices, string? commune, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var office = (Office?)offices.For(commune);
        while (office is not null && (await OfficersOf(db, offices, office, commune, personId, now, ct)).Count == 0)
        {
            office = offices.Above(office);
        }
        return office;
    }

    /// <summary>The officers of an office who may answer it.</summary>
    public static async Task<IReadOnlyList<long>> OfficersOf(BotDb db, OfficeTable offices, Office office, string? commune, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await db.Grants.AsNoTracking().Where(grant => grant.Role == Role.Officer && grant.RevokedAt == null && grant.PersonId != personId).OrderBy(grant => grant.Id).ToListAsync(ct);
        return [.. grants.Where(grant => grant.HoldsAt(now) && (commune is null || grant.Covers(commune)) && offices.OfArea(grant.Area).Key == office.Key).Select(grant => grant.PersonId).Distinct()];
    }
}
