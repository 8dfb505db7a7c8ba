using System.CommandLine;
using System.Text;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>nominations</c>: whom the communes name as collaborators; collected and exported for the post office, on this machine only.</summary>
internal static class NominationCommands
{
    public static Command Command(Surroundings here)
    {
        var command = new Command("nominations", "Whom the communes name as collaborators: import a list, list, export for the post office, trained, declined.");
        command.Subcommands.Add(Import(here));
        command.Subcommands.Add(List(here));
        command.Subcommands.Add(Export(here));
        command.Subcommands.Add(Mark(here, "trained", "Note that these were trained: their invites can be made.", NominationStatus.Trained));
        command.Subcommands.Add(Mark(here, "declined", "Note that these will not be collaborators.", NominationStatus.Declined));
        return command;
    }

    private static Command Import(Surroundings here)
    {
        var file = new Argument<string>("file") { Description = "A CSV file in UTF-8: " + NominationFile.Example };
        var apply = new Option<bool>("--apply") { Description = "Do it; without this it is only said what would be done." };
        var command = new Command("import", "Name all people of a list, or nobody where a line is wrong.") { file, apply };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, _) =>
        {
            var text = ReadText(Path.GetFullPath(parsed.GetValue(file)!, here.Folder));
            var (nominees, faults) = NominationFile.Read(text, services.GetRequiredService<AdministrativeUnits>(), services.GetRequiredService<ServedArea>());
            if (faults.Count > 0)
            {
                throw new CommandFault($"{string.Join('\n', faults)}\nNothing was changed.");
            }
            var result = await services.GetRequiredService<Nominations>().NameAll([.. nominees.Select(one => one.Who)], parsed.GetValue(apply), ct);
            if (result.OtherName.Count > 0)
            {
                throw new CommandFault($"{string.Join('\n', result.OtherName.Select(at => $"line {nominees[at].Line}: this phone is named in this commune under another name; `nominations list` shows who is named, and a phone of each person's own is wanted"))}\nNothing was changed.");
            }
            foreach (var (line, who) in nominees.Where(one => !(one.Who is { HasSmartphone: true, HasData: true } && one.Who.Skill != AppSkill.None)))
            {
                await here.Output.WriteLineAsync($"line {line}: {Missing(who.HasSmartphone, who.HasData, who.Skill)} missing, which the plan wants; recorded, and yours to decide.");
            }
            await here.Output.WriteLineAsync($"{(parsed.GetValue(apply) ? "" : "Would be done with --apply: ")}{result.Named} named, {result.Merged} named before and brought up to date.");
        }, ct));
        return command;
    }

    private static Command List(Surroundings here)
    {
        var command = new Command("list", "Show the nominations, without names and phones: those are in the export.");
        command.SetAction((_, ct) => Desk.Open(here, async (services, _) =>
        {
            var units = services.GetRequiredService<AdministrativeUnits>();
            var rows = await services.GetRequiredService<Nominations>().All(null, ct);
            foreach (var row in rows)
            {
                await here.Output.WriteLineAsync($"{row.Number}: {units.Find(new UnitKey(UnitSystem.Since2025, row.Commune))?.Name ?? row.Commune} [{row.Commune}]{(row.Villages.Length > 0 ? $", {row.Villages}" : "")}, "
                    + $"{row.Status.ToString().ToLowerInvariant()} {GrantWords.Local(row.StatusAt)[..10]}{(row.IsFit ? "" : $", {Missing(row.HasSmartphone, row.HasData, row.Skill)} missing")}");
            }
            await here.Output.WriteLineAsync(rows.Count == 0 ? "No nominations." : $"{rows.Count} nominations.");
        }, ct));
        return command;
    }

    private static Command Export(Surroundings here)
    {
        var file = new Argument<string>("file") { Description = "The CSV file to write." };
        var all = new Option<bool>("--all") { Description = "Also those that were exported before." };
        var command = new Command("export", "Write what was named since the last export, for the post office; each once.") { file, all };
        command.SetAction((parsed, ct) =>
        {
            var target = new ExportFile(Path.GetFullPath(parsed.GetValue(file)!, here.Folder));
            return Desk.Open(here, async (services, _) =>
            {
                var units = services.GetRequiredService<AdministrativeUnits>();
                var count = await services.GetRequiredService<Nominations>().Export(parsed.GetValue(all), rows => target.Write(NominationFile.Table(rows, units)), ct);
                await here.Output.WriteLineAsync(count == 0 ? "Nothing new to export; --all writes everything once more." : $"{count} nominations exported.");
            }, ct);
        });
        return command;
    }

    private static Command Mark(Surroundings here, string name, string description, NominationStatus status)
    {
        var numbers = new Argument<string[]>("numbers") { Description = "Numbers such as DC26-000001.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { numbers };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, _) =>
        {
            var nominations = services.GetRequiredService<Nominations>();
            foreach (var number in parsed.GetValue(numbers)!)
            {
                var row = await nominations.Mark(number.Trim().ToUpperInvariant(), status, ct)
                    ?? throw new CommandFault($"{number}: there is no such nomination, or its right was given already; `nominations list` shows the numbers, `revoke` takes a right back.");
                await here.Output.WriteLineAsync($"{row.Number}: {name}.");
            }
        }, ct));
        return command;
    }

    private static string Missing(bool hasSmartphone, bool hasData, AppSkill skill) =>
        string.Join(", ", new[] { hasSmartphone ? null : "a smartphone", hasData ? null : "mobile data", skill == AppSkill.None ? "skill with apps" : null }.OfType<string>());

    private static string ReadText(string path)
    {
        if (HandOverFiles.IsOnNetwork(path))
        {
            throw new CommandFault($"{Path.GetFileName(path)}: this lies on a network drive; copy it to this machine's own disk.");
        }
        try
        {
            // Strict: a file in another encoding would become names that nobody has.
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFault($"{Path.GetFileName(path)}: this is not UTF-8; in the table program save it as \"CSV UTF-8\".");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"{Path.GetFileName(path)}: this file cannot be read.");
        }
    }
}
