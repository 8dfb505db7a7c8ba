using System.CommandLine;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>grant</c>, <c>revoke</c>, <c>grants</c>: who may do what, given on the operator's machine only.</summary>
internal static class GrantCommands
{
    public static IEnumerable<Command> Commands(Surroundings here) => [Grant(here), Revoke(here), List(here)];

    private static Command Grant(Surroundings here)
    {
        var role = new Argument<Role>("role") { Description = "collaborator: confirms addresses on the spot; reviewer: verifies requests; officer: assigns work, reads reports.", HelpName = "collaborator|reviewer|officer" };
        role.AcceptOnlyFromAmong("collaborator", "reviewer", "officer");
        var person = new Option<string?>("--person") { Description = "The code that the person sees on typing /toi, e.g. 17-KXMT; or channel:chat, e.g. telegram:123456789.", HelpName = "code" };
        var email = new Option<string?>("--email") { Description = "Or: the e-mail that the person verified in the chat.", HelpName = "e-mail" };
        var area = new Option<string>("--area") { Description = "Codes of today's communes with commas between, e.g. 03217,03226; * is everywhere.", Required = true, HelpName = "codes" };
        var until = new Option<string?>("--until") { Description = "The last day on which it holds, e.g. 2027-01-31; without it: until it is revoked.", HelpName = "day" };
        var villages = new Option<string?>("--villages") { Description = "Only these villages of one commune, with semicolons between, e.g. \"Đội 5; Từ Ngài 1\". Given again for the same area, it replaces what was.", HelpName = "names" };
        var command = new Command("grant", "Give a role to a person in an area. The person is told in the chat.") { role, person, email, area, villages, until };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, db) =>
        {
            var to = await Whom.Find(services, db, parsed.GetValue(person), parsed.GetValue(email), ct);
            var communes = GrantWords.AreaOf(parsed.GetValue(area)!, services.GetRequiredService<AdministrativeUnits>());
            var only = GrantWords.VillagesOf(parsed.GetValue(villages), communes, parsed.GetValue(role));
            var grant = await services.GetRequiredService<Grants>().Give(to.Id, parsed.GetValue(role), communes, GrantWords.DayOf(parsed.GetValue(until), services), ct, only);
            await here.Output.WriteLineAsync($"Granted. {await Line(services, db, grant, ct)}");
        }, ct));
        return command;
    }

    private static Command Revoke(Surroundings here)
    {
        var number = new Argument<long>("number") { Description = "The grant's number, as `grants` shows it." };
        var command = new Command("revoke", "Take a role back, from the person's next message on.") { number };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, db) =>
        {
            var grant = await services.GetRequiredService<Grants>().Revoke(parsed.GetValue(number), ct)
                ?? throw new CommandFault($"There is no running grant {parsed.GetValue(number)}; `grants` shows the numbers.");
            await here.Output.WriteLineAsync($"Revoked. {await Line(services, db, grant, ct)}");
        }, ct));
        return command;
    }

    private static Command List(Surroundings here)
    {
        var all = new Option<bool>("--all") { Description = "Also those that ended." };
        var command = new Command("grants", "Show who holds which role where.") { all };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, db) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var grants = (await services.GetRequiredService<Grants>().All(ct)).Where(grant => parsed.GetValue(all) || grant.HoldsAt(now)).ToList();
            foreach (var grant in grants)
            {
                await here.Output.WriteLineAsync(await Line(services, db, grant, ct));
            }
            await here.Output.WriteLineAsync(grants.Count == 0 ? "No grants." : $"{grants.Count} grants.");
        }, ct));
        return command;
    }

    // No name and no e-mail: whoever looks over the operator's shoulder learns nothing.
    private static async Task<string> Line(IServiceProvider services, BotDb db, RoleGrant grant, CancellationToken ct)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var channels = await db.Conversations.Where(row => row.PersonId == grant.PersonId).Select(row => row.Channel).Distinct().ToListAsync(ct);
        var end = grant switch
        {
            { RevokedAt: { } revoked } => $"revoked {revoked:yyyy-MM-dd}",
            { Until: not null } => $"{(grant.HoldsAt(now) ? "until" : "ended")} {Grants.LastDayInWords(grant)}",
            _ => "until revoked",
        };
        return $"{grant.Id}: {grant.Role.ToString().ToLowerInvariant()}, {services.GetRequiredService<PersonCodes>().Of(grant.PersonId)} ({string.Join(", ", channels)}), "
            + $"{Grants.AreaInWords(grant.Area, services.GetRequiredService<AdministrativeUnits>())} [{grant.Area.Replace(' ', ',')}]{(grant.Villages.Length > 0 ? $", only {grant.Villages}" : "")}, since {grant.GrantedAt:yyyy-MM-dd}, {end}";
    }
}
