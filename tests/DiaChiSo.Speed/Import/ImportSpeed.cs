using System.Diagnostics;
using System.Globalization;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Store;
using DiaChiSo.Fakes.HandOver;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Speed.Import;

/// <summary>
/// How fast hand-over files come into the register: CSV beside raw prepared statements and EF Core's change tracker in the same run, an XLSX of
/// 190,000 rows, PDF in three layouts with every code counted. All files are invented here.
/// </summary>
internal static partial class ImportSpeed
{
    private const int Rounds = 3;

    // Microseconds a row, all threads together: what does not depend on how busy the machine is.
    private static double lastProcessor;

    public static async Task Run(string[] args)
    {
        if (args is ["write", var file, var count])
        {
            await File.WriteAllLinesAsync(file, InventedHandOver.Rows(int.Parse(count, CultureInfo.InvariantCulture)).Select(InventedHandOver.Csv).Prepend(InventedHandOver.Header));
            return;
        }
        var rows = args is ["--rows", var asked, ..] ? int.Parse(asked, CultureInfo.InvariantCulture) : 500_000;
        var folder = Directory.CreateDirectory(Path.Combine(Directory.GetCurrentDirectory(), $"speed-{Environment.ProcessId}")).FullName;
        try
        {
            if (!args.Contains("pdf"))
            {
                await Csv(folder, rows);
                await Xlsx(folder, 190_000);
            }
            await Pdf(folder);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Csv(string folder, int rows)
    {
        var file = Path.Combine(folder, "all.csv");
        await File.WriteAllLinesAsync(file, InventedHandOver.Rows(rows).Select(InventedHandOver.Csv).Prepend(InventedHandOver.Header));
        var ready = InventedHandOver.Rows(rows).ToArray();
        Console.WriteLine($"{rows:N0} rows, {new FileInfo(file).Length >> 20} MB of CSV; {Rounds} rounds, each on a new register with all its indexes, the median of each");
        await Timed(folder, desk => Imported(desk, new CsvRows(file)), 1);                                       // the JIT warms up
        var (bare, ado, ours) = (new List<double>(), new List<double>(), new List<double>());
        var (bareCpu, adoCpu, oursCpu) = (0.0, 0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            ado.Add(await Timed(folder, desk => Baselines.Ado(desk, ready), rows));
            adoCpu += lastProcessor / Rounds;
            ours.Add(await Timed(folder, desk => Imported(desk, new CsvRows(file)), rows));
            oursCpu += lastProcessor / Rounds;
            bare.Add(await Timed(folder, desk => Baselines.Bare(desk, ready), rows));
            bareCpu += lastProcessor / Rounds;
        }
        var ef = await Timed(folder, desk => Baselines.ChangeTracker(desk, ready.AsSpan(0, Math.Min(rows, 50_000)).ToArray()), Math.Min(rows, 50_000));
        var (adoMedian, oursMedian, bareMedian) = (Median(ado), Median(ours), Median(bare));
        Line("raw prepared statements (ADO.NET), rows in memory", adoMedian, null);
        Line("raw prepared statements (SQLite's own functions)", bareMedian, adoMedian);
        Line("import of the CSV, read, checked, compared, written", oursMedian, adoMedian);
        Line("EF Core's change tracker, rows in memory", ef, adoMedian);
        Console.WriteLine($"  the import reaches {oursMedian / adoMedian:0.00} of ADO.NET's and {oursMedian / bareMedian:0.00} of SQLite's own statements; the goal is 0.8");
        Console.WriteLine($"  processor time a row, all threads: ADO.NET {adoCpu:0.0} µs, SQLite's own {bareCpu:0.0} µs, import {oursCpu:0.0} µs");

        await using var again = await ImportDesk.Open(folder);
        await Imported(again, new CsvRows(file));
        Line("the same file again (all unchanged)", rows / await Seconds(() => Imported(again, new CsvRows(file))), adoMedian);
        Line("the same file, dry run", rows / await Seconds(() => again.Import(new CsvRows(file), isDry: true)), adoMedian);
    }

    private static async Task Imported(ImportDesk desk, HandOver file)
    {
        var result = await desk.Import(file, isDry: false);
        if (result.Findings.Refused > 0)
        {
            throw new InvalidOperationException($"{result.Findings.Refused} rows were refused: {result.Findings.First(FindingKind.Refused)[0].Note}");
        }
    }

    private static async Task<double> Timed(string folder, Func<ImportDesk, Task> work, int rows)
    {
        await using var desk = await ImportDesk.Open(folder);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var pace = rows / await Seconds(() => work(desk));
        lastProcessor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / rows;
        return pace;
    }

    private static async Task<double> Seconds(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Line(string what, double rowsPerSecond, double? of) =>
        Console.WriteLine($"  {what,-56} {rowsPerSecond,11:N0} rows/s{(of is { } all ? $"   {rowsPerSecond / all:0.00}" : "")}");
}

/// <summary>A register of its own for one measurement.</summary>
internal sealed class ImportDesk : IAsyncDisposable
{
    private static readonly Secrets Keys = new(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(), new byte[32]);

    private readonly ServiceProvider services;
    private readonly string file;

    private ImportDesk(string file)
    {
        this.file = file;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddDiaChiSo(file, Keys, typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        services = collection.BuildServiceProvider();
    }

    public static async Task<ImportDesk> Open(string folder)
    {
        var desk = new ImportDesk(Path.Combine(folder, $"{Guid.NewGuid():N}.db"));
        await desk.services.PrepareStore();
        return desk;
    }

    public async Task<ImportResult> Import(HandOver handed, bool isDry)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RegisterImporter>().Run(new([handed], isDry, "speed"), null, default);
    }

    public async Task With(Func<BotDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var left in (string[])[file, file + "-wal", file + "-shm"])
        {
            File.Delete(left);
        }
    }
}
