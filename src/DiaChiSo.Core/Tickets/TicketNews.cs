using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Tickets;

/// <summary>Who is told what: the person in the words of HumanHelp, officers in those of Tickets. Each has a door, so that an answer is one tap.</summary>
internal static class TicketNews
{
    private const string ToPeople = "HumanHelp";
    private const string ToOfficers = "Tickets";

    public static Task TellPerson(EffectScope scope, Ticket ticket, string notice, CancellationToken ct, string words = "") =>
        new Tell(ticket.PersonId, ToPeople, $"notice-{notice}", Holes(scope, ticket, words), ticket.Number, ticket.IsOpen ? ToPeople : null).Apply(scope, ct);

    public static Task TellOfficer(EffectScope scope, Ticket ticket, long officerId, string notice, CancellationToken ct, string words = "") =>
        new Tell(officerId, ToOfficers, $"notice-{notice}", Holes(scope, ticket, words), ticket.Number, ticket.IsOpen ? ToOfficers : null, new Query(ticket.Number)).Apply(scope, ct);

    public static async Task TellOffice(EffectScope scope, Ticket ticket, string notice, CancellationToken ct)
    {
        var offices = scope.Get<OfficeTable>();
        foreach (var officer in await TicketRules.OfficersOf(scope.Db, offices, offices.Find(ticket.Office) ?? Office.Nameless, ticket.Commune, ticket.PersonId, scope.Now, ct))
        {
            await TellOfficer(scope, ticket, officer, notice, ct);
        }
    }

    private static Dictionary<string, string> Holes(EffectScope scope, Ticket ticket, string words)
    {
        var offices = scope.Get<OfficeTable>();
        var office = offices.Find(ticket.Office) ?? Office.Nameless;
        var commune = ticket.Commune is { } code ? scope.Get<AdministrativeUnits>().Find(new UnitKey(UnitSystem.Since2025, code))?.InLine ?? code : "";
        return new Dictionary<string, string>
        {
            ["number"] = ticket.Number,
            ["commune"] = commune,
            ["office"] = office.Name,
            ["contact"] = office.Contact.Length > 0 ? office.Contact : offices.Keeper.Contact,
            // Whoever is told may read another language than the one who speaks; a time and a day's figures are the same in each.
            ["until"] = OfficeTable.InFigures(ticket.DueAt),
            ["words"] = words,
        };
    }
}
