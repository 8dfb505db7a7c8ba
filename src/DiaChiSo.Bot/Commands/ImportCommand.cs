using System.CommandLine;
using System.Globalization;
using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>import</c>: what the post office handed over comes into the register, on the operator's machine and from its own disk only.</summary>
internal static class ImportCommand
{
    // Codes of SQLite.
    private const int DiskFull = 13;
    private const int Busy = 5;
    private const int Locked = 6;

    public static Command Command(Surroundings here)
    {
        var files = new Argument<string[]>("files") { Description = "CSV, XLSX or PDF files as the post office hands them over.", Arity = ArgumentArity.ZeroOrMore };
        var apply = new Option<bool>("--apply") { Description = "Do it; without this it is only said what would be done." };
        var date = new Option<string?>("--date") { Description = "The day of the hand-over, e.g. 2026-10-01; without it each file's own date. Corrections made here on that day or later win over the files.", HelpName = "day" };
        var report = new Option<string?>("--report") { Description = "Write every difference as a line of this CSV file.", HelpName = "file" };
        var command = new Command("import", "Bring files of the post office into the register: first a dry run, then --apply.") { files, apply, date, report };
        command.SetAction((parsed, ct) => Import(here, parsed.GetValue(files) ?? [], parsed.GetValue(apply), parsed.GetValue(date), parsed.GetValue(report), ct));
        command.Subcommands.Add(Undo(here));
        command.Subcommands.Add(List(here));
        return command;
    }

    private static async Task<int> Import(Surroundings here, string[] files, bool isForReal, string? date, string? report, CancellationToken ct)
    {
        if (files.Length == 0)
        {
            throw new CommandFault("import: a file is wanted, for example import xa-sin-chai.pdf xa-tua-chua.xlsx; `import list` shows what was imported.");
        }
        var day = DayOf(date);
        List<HandOver> opened = [.. files.Select(file => HandOverFiles.Open(Path.GetFullPath(file, here.Folder), day))];
        return await Desk.Open(here, async (services, db) =>
        {
            if (await db.Set<DigitalAddress>().AnyAsync(address => address.IsDemo, ct))
            {
                await here.Output.WriteLineAsync("Beware: the register holds the invented demo addresses. Real ones belong into one that began empty (Register:Demo=false, a new Data:Folder).");
            }
            var importer = services.GetRequiredService<RegisterImporter>();
            var result = await Faults(async () =>
            {
                await using var lines = Report(report, here);
                return await ImportScreen.Show(here, progress => importer.Run(new(opened, !isForReal, Environment.UserName, lines), progress, ct));
            });
            await ImportWords.Write(here.Output, result, report is not null);
        }, ct);
    }

    private static Command Undo(Surroundings here)
    {
        var number = new Argument<long>("number") { Description = "The import's number, as `import list` shows it." };
        var report = new Option<string?>("--report") { Description = "Write every address that is left as it is as a line of this CSV file.", HelpName = "file" };
        var command = new Command("undo", "Take an import back; what was touched since stays and is listed.") { number, report };
        command.SetAction((parsed, ct) => Desk.Open(here, async (services, _) =>
        {
            var result = await Faults(async () =>
            {
                await using var lines = Report(parsed.GetValue(report), here);
                return await services.GetRequiredService<ImportUndoing>().Undo(parsed.GetValue(number), Environment.UserName, lines, ct);
            });
            await ImportWords.Write(here.Output, parsed.GetValue(number), result);
        }, ct));
        return command;
    }

    private static Command List(Surroundings here)
    {
        var command = new Command("list", "Show what was imported, by whom, and what was undone.");
        command.SetAction((_, ct) => Desk.Open(here, async (_, db) =>
        {
            var imports = await db.Set<RegisterImport>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(ct);
            await ImportWords.Write(here.Output, imports);
        }, ct));
        return command;
    }

    // Everything that can go wrong with files and disks is a sentence; whatever was begun is rolled back by then.
    private static async Task<T> Faults<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is HandOverFault or UndoRefused)
        {
            throw new CommandFault(fault is HandOverFault ? $"{fault.Message} Nothing was changed." : fault.Message);
        }
        catch (Exception fault) when ((fault as SqliteException ?? fault.InnerException as SqliteException)?.SqliteErrorCode == DiskFull)
        {
            throw new CommandFault("The disk is full. Nothing was changed; make room and do it again.");
        }
        catch (Exception fault) when ((fault as SqliteException ?? fault.InnerException as SqliteException)?.SqliteErrorCode is Busy or Locked)
        {
            throw new CommandFault("Another program is writing to the register. Nothing was changed; wait for it to end, and do it again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault("A file could not be read or written to its end (is the disk full, the stick still there?). Nothing was changed.");
        }
    }

    private static StreamWriter? Report(string? file, Surroundings here)
    {
        if (file is null)
        {
            return null;
        }
        try
        {
            // With the mark of UTF-8, without which table programs take Vietnamese for something else.
            return new StreamWriter(Path.GetFullPath(file, here.Folder), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault("--report: this file cannot be written; name one in a folder of your own, for example report.csv.");
        }
    }

    private static DateOnly? DayOf(string? words) => words is null ? null
        : DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new CommandFault("--date: a day is wanted, for example 2026-10-01.");
}
