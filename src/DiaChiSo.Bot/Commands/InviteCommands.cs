using System.CommandLine;
using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>invite</c>: a role for whoever opens a link, a QR, or types eight letters that are read aloud; once, within seven days.</summary>
internal static class InviteCommands
{
    public static Command Command(Surroundings here)
    {
        var role = new Argument<Role?>("role") { Description = "What it gives.", HelpName = "collaborator|reviewer|officer", Arity = ArgumentArity.ZeroOrOne };
        role.AcceptOnlyFromAmong("collaborator", "reviewer", "officer");
        var area = new Option<string?>("--area") { Description = "Codes of today's communes with commas between, e.g. 03217,03226; * is everywhere.", HelpName = "codes" };
        var villages = new Option<string?>("--villages") { Description = "Only these villages of one commune, with semicolons between, e.g. \"Đội 5; Từ Ngài 1\".", HelpName = "names" };
        var until = new Option<string?>("--until") { Description = "The last day of the role, e.g. 2027-01-31; without it: until it is revoked.", HelpName = "day" };
        var nomination = new Option<string?>("--nomination") { Description = "The nomination that it answers, e.g. DC26-000001: commune and villages come from it.", HelpName = "number" };
        var qr = new Option<string?>("--qr") { Description = "Write the QR of the first link to this PNG file; without it the QR stands here.", HelpName = "file" };
        var command = new Command("invite", "Make a one-use invite to a role: letters, links, QR.") { role, area, villages, until, nomination, qr };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, _) =>
        {
            var what = await What(services, parsed.GetValue(role), parsed.GetValue(area), parsed.GetValue(villages), parsed.GetValue(until), parsed.GetValue(nomination), ct);
            await Make(here, services, what, parsed.GetValue(qr), ct);
        }, ct));
        command.Subcommands.Add(List(here));
        command.Subcommands.Add(Withdraw(here));
        return command;
    }

    private static async Task<InviteFor> What(IServiceProvider services, Role? role, string? area, string? villages, string? until, string? number, CancellationToken ct)
    {
        var units = services.GetRequiredService<AdministrativeUnits>();
        var lastDay = GrantWords.DayOf(until, services);
        if (number is null)
        {
            var given = role ?? throw new CommandFault("invite: a role is wanted, for example invite collaborator --area 03217; `invite list` shows what was made.");
            var communes = GrantWords.AreaOf(area ?? throw new CommandFault("--area: codes of communes are wanted, for example 03217,03226, or * for everywhere."), units);
            return new InviteFor(given, communes, GrantWords.VillagesOf(villages, communes, given), lastDay);
        }
        var found = (await services.GetRequiredService<Nominations>().All(null, ct)).FirstOrDefault(row => row.Number.Equals(number.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found is null or { Status: NominationStatus.Granted or NominationStatus.Declined } || role is not (null or Role.Collaborator) || area is not null)
        {
            throw new CommandFault("--nomination: a nomination is wanted that waits for its right, without --area, for a collaborator; `nominations list` shows the numbers.");
        }
        return new InviteFor(Role.Collaborator, found.Commune, villages is null ? found.Villages : GrantWords.VillagesOf(villages, found.Commune, Role.Collaborator), lastDay, found.Number);
    }

    private static async Task Make(Surroundings here, IServiceProvider services, InviteFor what, string? file, CancellationToken ct)
    {
        var (invite, code) = await services.GetRequiredService<Invites>().Make(what, ct);
        await here.Output.WriteLineAsync($"Invite {invite.Id}: {Line(services, invite)}");
        await here.Output.WriteLineAsync($"Letters, to be read aloud: {SpokenCode.Grouped(code)} (in the chat: /nhanviec {SpokenCode.Grouped(code)})");
        await here.Output.WriteLineAsync($"Good once, until {GrantWords.Local(invite.Until)}, in whatever chat opens it first. The letters are shown here only.");
        var links = await services.GetRequiredService<IDeepLinks>().To($"nhanviec_{code}", ct);
        foreach (var link in links)
        {
            await here.Output.WriteLineAsync($"{link.Channel}: {link.Url}");
        }
        if (links.Count == 0)
        {
            return;
        }
        if (file is null)
        {
            await here.Output.WriteLineAsync(QrCode.Characters(links[0].Url));
            return;
        }
        try
        {
            await File.WriteAllBytesAsync(Path.GetFullPath(file, here.Folder), QrCode.Png(links[0].Url, SpokenCode.Grouped(code)), ct);
            await here.Output.WriteLineAsync("The QR is in the file.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault("--qr: this file cannot be written; the invite is made, its letters stand above.");
        }
    }

    private static Command List(Surroundings here)
    {
        var command = new Command("list", "Show the invites, without letters: those nobody can tell any more.");
        command.SetAction((_, ct) => Desk.Open(here, async (services, _) =>
        {
            var all = await services.GetRequiredService<Invites>().All(ct);
            foreach (var invite in all)
            {
                await here.Output.WriteLineAsync($"{invite.Id}: {Line(services, invite)}");
            }
            await here.Output.WriteLineAsync(all.Count == 0 ? "No invites." : $"{all.Count} invites.");
        }, ct));
        return command;
    }

    private static Command Withdraw(Surroundings here)
    {
        var number = new Argument<long>("number") { Description = "The invite's number, as `invite list` shows it." };
        var command = new Command("withdraw", "Take an invite back that nobody has used.") { number };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, _) =>
        {
            var invite = await services.GetRequiredService<Invites>().Withdraw(parsed.GetValue(number), ct)
                ?? throw new CommandFault($"There is no open invite {parsed.GetValue(number)}; what was accepted is taken back with `revoke`.");
            await here.Output.WriteLineAsync($"Withdrawn. {Line(services, invite)}");
        }, ct));
        return command;
    }

    private static string Line(IServiceProvider services, Invite invite)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var end = invite switch
        {
            { UsedAt: { } used } => $"accepted {used:yyyy-MM-dd} by {services.GetRequiredService<PersonCodes>().Of(invite.UsedBy ?? 0)}",
            { WithdrawnAt: not null } => "withdrawn",
            { Tries: >= Limits.InviteTries } => "dead: wrong letters too often",
            _ => invite.IsGoodAt(now) ? "open" : "over",
        };
        return $"{invite.Role.ToString().ToLowerInvariant()}, {Grants.AreaInWords(invite.Area, services.GetRequiredService<AdministrativeUnits>())} [{invite.Area.Replace(' ', ',')}]"
            + (invite.Villages.Length > 0 ? $", only {invite.Villages}" : "") + (invite.LastDay is { } day ? string.Create(CultureInfo.InvariantCulture, $", until {day:dd/MM/yyyy}") : "") + $", {end}";
    }
}
