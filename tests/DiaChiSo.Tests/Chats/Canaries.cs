using System.Text.Json;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// Looks for people's data where they do not belong. Every name, phone and e-mail that the store holds or held, nominees and the words of tickets among
/// them, is a canary; a page that shows one
/// to somebody must be to the person themself, to who typed it, to who proved that the address is theirs, or to who held a role in the address's
/// commune at that time and has the looking in the audit. Who may see is worked out here from the rows, not by the policy that is being tested.
/// </summary>
internal sealed partial class Canaries
{
    // Shorter ones ("cảm ơn") stand on pages of their own.
    private const int ShortestWords = 12;

    private readonly List<Seen> seen = [];
    private readonly List<(long PersonId, string Words)> typed = [];

    /// <param name="At">UTC; null: some time in the chat.</param>
    private sealed record Seen(long PersonId, DateTimeOffset? At, string Text);

    private enum Kind { Name, Phone, Email, AccountEmail, Nominee, TicketWords }

    /// <param name="Number">The request in which it stands; null: the register.</param>
    private sealed record Canary(Kind Kind, string Value, AddressCode? Address, string? Number, string? Commune, long? Subject)
    {
        public override string ToString() => $"{Kind} of {Address?.ToString() ?? Number ?? "an account"}";
    }

    public void Showed(long personId, DateTimeOffset? at, string text) => seen.Add(new Seen(personId, at, Plain(text)));

    public void Heard(long personId, Incoming what) => typed.Add((personId, Plain(JsonSerializer.Serialize(what, Saved.Json))));

    /// <summary>What was shown to somebody who may not see it, a line each, without the data themselves. Fails where there was nothing to look for.</summary>
    public async Task<IReadOnlyList<string>> Leaks(IStage stage)
    {
        var canaries = await stage.Ask(AllIn);
        Assert.True(canaries.Count >= 10, "there are no canaries in the store");
        var (grants, looks, people) = await stage.Ask(async db => (
            await db.Grants.AsNoTracking().ToListAsync(),
            await db.Set<AuditRow>().AsNoTracking().ToListAsync(),
            await db.People.AsNoTracking().ToDictionaryAsync(person => person.Id, person => person.JoinedTo ?? person.Id)));
        var owners = await stage.Ask(db => db.Set<Ownership>().AsNoTracking().ToListAsync());
        var handed = await stage.Ask(db => db.Set<Ticket>().AsNoTracking().ToListAsync());
        var leaks = new List<string>();
        foreach (var page in seen)
        {
            // The same phone may stand in a request and in the register: who may see it in one of them has seen it.
            foreach (var same in canaries.Where(canary => page.Text.Contains(canary.Value, StringComparison.OrdinalIgnoreCase)).GroupBy(canary => canary.Value))
            {
                if (!same.Any(canary => Is(page.PersonId, canary.Subject) || MaySee(page, canary))
                    && !typed.Any(words => Is(words.PersonId, page.PersonId) && words.Words.Contains(same.Key, StringComparison.OrdinalIgnoreCase)))
                {
                    leaks.Add($"{same.First()} was shown to person {page.PersonId}");
                }
            }
        }
        return [.. leaks.Distinct()];

        bool Is(long one, long? other) => other is { } id && people.GetValueOrDefault(one, one) == people.GetValueOrDefault(id, id);

        // An owner reads the name on record; phone and e-mail are masked for them too (design.md §5).
        bool IsOwner(Seen page, Canary canary) => canary.Kind == Kind.Name && canary.Number is null && owners.Any(own => own.Code == canary.Address && Is(page.PersonId, own.PersonId)
            && (page.At is null || (own.Since <= page.At && (own.EndedAt is null || page.At < own.EndedAt))));

        bool MaySee(Seen page, Canary canary) => canary.Kind switch
        {
            Kind.AccountEmail => false,
            Kind.Nominee => grants.Any(grant => grant.Role == Role.Officer && HeldHere(page, canary, grant)),
            Kind.TicketWords => looks.Any(look => look.Act is AuditAct.HelpSeen or AuditAct.HelpTaken && look.Number == canary.Number && look.PersonId is { } officer && Is(page.PersonId, officer))
                || handed.Any(ticket => ticket.Number == canary.Number && Is(page.PersonId, ticket.TakenBy)),
            _ => MaySeeContact(page, canary),
        };

        bool HeldHere(Seen page, Canary canary, RoleGrant grant) =>
            Is(page.PersonId, grant.PersonId) && Ran(grant, page.At) && (grant.Area == "*" || grant.Area.Split(' ').Contains(canary.Commune));

        bool MaySeeContact(Seen page, Canary canary) => (IsOwner(page, canary) || grants.Any(grant => HeldHere(page, canary, grant))
            && looks.Any(look => look.PersonId is { } looker && Is(page.PersonId, looker) && (page.At is null || look.At <= page.At)
                && (look.Act == AuditAct.SawWholeContact || (canary.Kind == Kind.Name && look.Act == AuditAct.SawContact))
                && (canary.Number is not null && look.Number == canary.Number || canary.Address is not null && look.Address == canary.Address)));
    }

    /// <summary>Every name, phone and e-mail in the store, as <see cref="Plain"/> writes them.</summary>
    public static async Task<IReadOnlyList<string>> ValuesIn(BotDb db) => [.. (await AllIn(db)).Select(canary => canary.Value).Distinct()];

    private static bool Ran(RoleGrant grant, DateTimeOffset? at) =>
        at is null || (grant.GrantedAt <= at && (grant.Until is null || at < grant.Until) && (grant.RevokedAt is null || at < grant.RevokedAt));

    private static async Task<List<Canary>> AllIn(BotDb db)
    {
        var canaries = new List<Canary>();
        foreach (var row in await db.Set<DigitalAddress>().AsNoTracking().ToListAsync())
        {
            var commune = row.ToPublic(AdministrativeUnits.Shipped).Commune.Key.Code;
            var kept = PrivatePart.Of(row);
            canaries.AddRange(Of(kept.Contact, row.Code, null, commune, null).Concat(Named(kept.HomeName, row.Code, null, commune, null)));
        }
        foreach (var change in await db.Set<RegisterChange>().AsNoTracking().ToListAsync())
        {
            var commune = canaries.FirstOrDefault(canary => canary.Address == change.Code)?.Commune;
            foreach (var json in JsonSerializer.Deserialize<List<FieldChange>>(change.ChangedSealed)!.Where(field => field.Field == nameof(AddressChange.Contact)).SelectMany(field => new[] { field.Old, field.New }))
            {
                canaries.AddRange(Of(json is null ? null : JsonSerializer.Deserialize<Contact>(json), change.Code, null, commune, null));
            }
        }
        foreach (var request in await db.Set<Request>().AsNoTracking().ToListAsync())
        {
            canaries.AddRange(Of(request.Body.Contact, request.TargetCode ?? request.IssuedCode, request.Number, request.Commune, request.PersonId));
            if (request.Body.Category is null || request.Body.Category == AddressCategory.Home)
            {
                canaries.AddRange(Named(request.Kind == RequestKind.New ? request.Body.Name : null, request.IssuedCode, request.Number, request.Commune, request.PersonId));
            }
        }
        foreach (var nominee in await db.Set<Nomination>().AsNoTracking().ToListAsync())
        {
            canaries.AddRange(new[] { nominee.Name, nominee.Phone }.Where(value => value.Length > 0)
                .Select(value => new Canary(Kind.Nominee, Plain(value), null, nominee.Number, nominee.Commune, nominee.GrantedPersonId)));
        }
        var tickets = await db.Set<Ticket>().AsNoTracking().ToDictionaryAsync(ticket => ticket.Id);
        canaries.AddRange((await db.Set<TicketWord>().AsNoTracking().ToListAsync()).Where(word => word.Words.Length >= ShortestWords)
            .Select(word => new Canary(Kind.TicketWords, Plain(word.Words), null, tickets[word.TicketId].Number, null, tickets[word.TicketId].PersonId)));
        canaries.AddRange((await db.People.AsNoTracking().Where(person => person.EmailHash != null).ToListAsync())
            .Where(person => person.Email is { Length: > 0 }).Select(person => new Canary(Kind.AccountEmail, person.Email!, null, null, null, person.Id)));
        return [.. canaries.Distinct()];
    }

    private static IEnumerable<Canary> Of(Contact? contact, AddressCode? address, string? number, string? commune, long? subject) => contact is null ? [] :
        new[] { (Kind.Name, contact.FullName), (Kind.Phone, contact.Phone), (Kind.Email, contact.Email) }
            .Where(one => one.Item2.Length > 0).Select(one => new Canary(one.Item1, Plain(one.Item2), address, number, commune, subject));

    private static IEnumerable<Canary> Named(string? name, AddressCode? address, string? number, string? commune, long? subject) =>
        name is { Length: > 3 } ? [new Canary(Kind.Name, name, address, number, commune, subject)] : [];

    // "0912 345 678" and "0912.345.678" are the same phone.
    public static string Plain(string text) => BetweenFigures().Replace(text, "");

    [GeneratedRegex(@"(?<=\d)[ .\-](?=\d)")]
    private static partial Regex BetweenFigures();
}
