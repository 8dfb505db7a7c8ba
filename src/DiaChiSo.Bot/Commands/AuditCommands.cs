using System.CommandLine;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>audit verify</c>, <c>audit list</c>: who did or saw what to which address, on the operator's machine only.</summary>
internal static class AuditCommands
{
    private const int Broken = 3;
    private const int ListedUnasked = 50;

    public static Command Command(Surroundings here) => new("audit", "Who did or saw what to which address, and when. Nothing in it can be changed.") { Verify(here), List(here) };

    private static Command Verify(Surroundings here)
    {
        var head = new Option<string?>("--head") { Description = "What `audit verify` printed earlier and you wrote down elsewhere, e.g. 1204-Qk3v8…: shows that nothing was cut off since.", HelpName = "head" };
        var command = new Command("verify", "Go through the whole chain. Exit code 3: it was changed from outside.") { head };
        command.SetAction(async (parsed, ct) =>
        {
            var noted = parsed.GetValue(head) is { } words ? AuditHead.Read(words) ?? throw new CommandFault("--head: what `audit verify` printed is wanted, for example 1204-Qk3v8w1Zs0aYp5nHqT2bXg.") : null;
            AuditFinding found = new(0, new(0, ""), null, IsNotedThere: false);
            await Desk.Open(here, async (_, db) => found = await AuditTrail.Verify(db, noted, ct), ct);
            await here.Output.WriteLineAsync(found switch
            {
                { BrokenAt: { } row } => $"The audit was changed from outside: row {row} does not fit the one before it. The {found.Count} rows before it fit.",
                { IsNotedThere: false } => $"The audit was cut or replaced: {noted} is not in it any more. It ends with {found.Head}.",
                { Count: 0 } => "The audit is empty.",
                _ => $"The audit is whole: {found.Count} rows. Write this down elsewhere, for --head next time: {found.Head}",
            });
            return found.IsWhole ? 0 : Broken;
        });
        return command;
    }

    private static Command List(Surroundings here)
    {
        var address = new Option<string?>("--address") { Description = "Only what concerns this address: its ten figures.", HelpName = "code" };
        var number = new Option<string?>("--number") { Description = "Only what concerns this request, visit, grant or import, e.g. YC26-000012.", HelpName = "number" };
        var person = new Option<string?>("--person") { Description = "Only what this person did: the code that they see on typing /toi.", HelpName = "code" };
        var last = new Option<int>("--last") { Description = "How many, the newest ones.", DefaultValueFactory = _ => ListedUnasked, HelpName = "rows" };
        var command = new Command("list", "Show rows, the newest first.") { address, number, person, last };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, db) =>
        {
            var codes = services.GetRequiredService<PersonCodes>();
            var rows = await Filtered(db, codes, parsed.GetValue(address), parsed.GetValue(number), parsed.GetValue(person))
                .OrderByDescending(row => row.Id).Take(Math.Max(1, parsed.GetValue(last))).ToListAsync(ct);
            foreach (var row in rows)
            {
                await here.Output.WriteLineAsync(string.Join("  ",
                    new[] { $"{row.At:yyyy-MM-dd HH:mm:ss}Z", row.Act.ToString(), row.Address?.ToString(), row.Number, row.PersonId is { } who ? codes.Of(who) : null, row.By == Right.Anyone ? null : $"as {row.By}", row.Through }
                        .Where(part => !string.IsNullOrEmpty(part))));
            }
            await here.Output.WriteLineAsync(rows.Count == 0 ? "No rows." : $"{rows.Count} rows.");
        }, ct));
        return command;
    }

    private static IQueryable<AuditRow> Filtered(BotDb db, PersonCodes codes, string? address, string? number, string? person)
    {
        var rows = db.Set<AuditRow>().AsNoTracking();
        if (address is not null)
        {
            var code = AddressCode.TryRead(address, out var read) ? read : throw new CommandFault("--address: ten figures are wanted, for example 3260600012.");
            rows = rows.Where(row => row.Address == code);
        }
        if (number is not null)
        {
            rows = rows.Where(row => row.Number == number.Trim());
        }
        if (person is not null)
        {
            var id = codes.TryRead(person, out var read) ? read : throw new CommandFault("--person: the code that the person sees on typing /toi is wanted, for example 17-KXMT.");
            // What was done under a chat that was joined later is that person's too.
            rows = rows.Where(row => row.PersonId == id || db.People.Any(joined => joined.Id == row.PersonId && joined.JoinedTo == id));
        }
        return rows;
    }
}
