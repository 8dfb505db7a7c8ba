using System.CommandLine;
using DiaChiSo.Core.Export;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>export</c>: what was approved or confirmed goes to the post office as a file, on the operator's machine and to its own disk only.</summary>
internal static class ExportCommand
{
    public static Command Command(Surroundings here)
    {
        var file = new Argument<string?>("file") { Description = "The CSV file to write; without it, or with --dry-run, it is only said what would be written.", Arity = ArgumentArity.ZeroOrOne };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be written." };
        var again = new Option<long?>("--again") { Description = "Write an earlier export once more, by its number; nothing new is exported.", HelpName = "number" };
        var command = new Command("export", "Write what was approved or confirmed since the last export, for the post office's platform; each once.") { file, dry, again };
        command.SetAction((parsed, ct) => Export(here, parsed.GetValue(file), parsed.GetValue(dry), parsed.GetValue(again), ct));
        command.Subcommands.Add(List(here));
        command.Subcommands.Add(Missing(here));
        return command;
    }

    private static async Task<int> Export(Surroundings here, string? name, bool isDry, long? again, CancellationToken ct)
    {
        var file = name is null ? null : new ExportFile(Path.GetFullPath(name, here.Folder));
        if (again is not null && (file is null || isDry))
        {
            throw new CommandFault("--again: the name of a CSV file is wanted with it, for example export xuat-1-lai.csv --again 1.");
        }
        return await Desk.Open(here, async (services, _) =>
        {
            var exporter = services.GetRequiredService<RegisterExporter>();
            var result = await Faults(() => again is { } number ? exporter.Again(number, file!.Write, ct) : file is null || isDry ? exporter.Look(ct) : exporter.Export(Environment.UserName, file.Write, ct));
            await ExportWords.Write(here.Output, result, isAgain: again is not null);
        }, ct);
    }

    private static Command List(Surroundings here)
    {
        var command = new Command("list", "Show what was exported, by whom, and how much of it a hand-over has shown since.");
        command.SetAction((_, ct) => Desk.Open(here, async (_, db) =>
        {
            var exports = await db.Set<RegisterExport>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(ct);
            var arrived = await db.Set<ExportItem>().Where(item => item.AcknowledgedAt != null).GroupBy(item => item.ExportId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
            await ExportWords.Write(here.Output, exports, arrived);
        }, ct));
        return command;
    }

    private static Command Missing(Surroundings here)
    {
        var command = new Command("missing", "Show what was exported and no hand-over has shown yet.");
        command.SetAction((_, ct) => Desk.Open(here, async (_, db) =>
        {
            var open = await db.Set<ExportItem>().AsNoTracking().Where(item => item.AcknowledgedAt == null).OrderBy(item => item.Id).ToListAsync(ct);
            await ExportWords.Write(here.Output, open);
        }, ct));
        return command;
    }

    private static async Task<ExportResult> Faults(Func<Task<ExportResult>> work)
    {
        try
        {
            return await work();
        }
        catch (NoSuchExport)
        {
            throw new CommandFault("--again: there is no export of this number; `export list` shows them.");
        }
        catch (Exception fault) when ((fault as SqliteException ?? fault.InnerException as SqliteException)?.SqliteErrorCode is 5 or 6)
        {
            throw new CommandFault("Another program is writing to the register. Nothing was exported; wait for it to end, and do it again.");
        }
    }
}
