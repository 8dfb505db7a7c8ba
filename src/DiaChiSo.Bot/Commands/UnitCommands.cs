using System.CommandLine;
using System.Text;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Register.Units;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>units import</c>: the units of the whole country and their outlines, from files on this machine.</summary>
internal static class UnitCommands
{
    public static Command Command(Surroundings here)
    {
        var files = new Argument<FileInfo[]>("files") { Description = "CSV tables (units until 2025, units of today, old to new, former names) and GeoJSON outlines, in any order.", Arity = ArgumentArity.OneOrMore };
        var import = new Command("import", "Load units and outlines. Tables replace what was loaded of their kind; nothing is kept when one of the files is wrong.") { files };
        import.SetAction((parsed, ct) => Import(here, parsed.GetValue(files)!, ct));
        var show = new Command("show", "Say which units the program works with.");
        show.SetAction(async (_, _) =>
        {
            await Say(here, LoadedUnits.In(DataPath(here)));
            return 0;
        });
        return new Command("units", "The administrative units that addresses are read with.") { import, show };
    }

    private static async Task<int> Import(Surroundings here, FileInfo[] files, CancellationToken ct)
    {
        var folder = DataFolder.Open(DataPath(here)).Path;
        try
        {
            var before = LoadedUnits.In(folder);
            var tables = new UnitTables(before.Units);
            foreach (var file in files.Where(file => !IsOutline(file)))
            {
                using var reader = new StreamReader(Open(file), Encoding.UTF8);
                tables.Read(file.Name, reader);
            }
            var after = (before with { Units = tables.Units() }).With([]);
            foreach (var file in files.Where(IsOutline))
            {
                ct.ThrowIfCancellationRequested();
                await using var stream = Open(file);
                var outlines = GeoJsonFile.Read(file.Name, stream, code => after.Units.Find(new(Core.Register.UnitSystem.Since2025, code)) is not null);
                after = after.With(outlines);
                tables.Notes.Add($"{file.Name}: {outlines.Count} outlines.");
            }
            after.KeepIn(folder);
            tables.Notes.ForEach(here.Output.WriteLine);
            await Say(here, after);
            await here.Output.WriteLineAsync("A server that is running takes them at its next start.");
            return 0;
        }
        catch (UnitTableFault fault)
        {
            throw new CommandFault(fault.Message);
        }
    }

    private static Task Say(Surroundings here, LoadedUnits loaded)
    {
        var former = loaded.Units.All.Count(unit => unit.IsFormer);
        return here.Output.WriteLineAsync(
            $"{former} communes until 30/6/2025, {loaded.Units.All.Count - former} of today, {loaded.Units.All.Count(unit => unit.Successors.Count > 1)} old ones divided, {loaded.Boundaries.All.Count} outlines{(loaded.IsShipped ? " (as shipped)" : "")}.");
    }

    private static bool IsOutline(FileInfo file) => file.Extension.ToLowerInvariant() is ".geojson" or ".json";

    private static FileStream Open(FileInfo file)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"{file.FullName} cannot be read.");
        }
    }

    private static string DataPath(Surroundings here)
    {
        var configuration = new ConfigurationBuilder();
        BotSettings.Sources(configuration, here.Folder, here.Settings);
        return Path.Combine(here.Folder, BotSettings.From(configuration.Build()).Data.Folder);
    }
}
