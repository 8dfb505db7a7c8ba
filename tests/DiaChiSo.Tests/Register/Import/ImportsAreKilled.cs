using System.Diagnostics;
using DiaChiSo.Fakes.HandOver;
using DiaChiSo.Tests.Host;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>The program itself is killed in the middle of an import, as a power cut or an impatient operator does.</summary>
public sealed class ImportsAreKilled
{
    private const int Rows = 60_000;

    [Fact]
    public async Task The_register_is_as_it_was_and_the_next_import_goes_through()
    {
        using var here = new OwnFolder();
        var file = Path.Combine(here.Path, "all.csv");
        await File.WriteAllLinesAsync(file, InventedHandOver.Rows(Rows).Select(InventedHandOver.Csv).Prepend(InventedHandOver.Header));
        Assert.Equal("No imports.", (await here.Run("", "import", "list")).Output.Trim());
        var (random, cut) = (new Random(20261123), 0);
        for (var kill = 0; kill < 6; kill++)
        {
            using var program = Start(here, file);
            // It writes as soon as its log has grown; from then on any moment will do.
            while (!program.HasExited && WrittenBy(here) < 100_000)
            {
                await Task.Delay(2);
            }
            await Task.Delay(random.Next(250));
            cut += program.HasExited ? 0 : 1;
            program.Kill();
            await program.WaitForExitAsync();
            if (program.ExitCode == 0)
            {
                await here.Run("", "import", "undo", (await here.Run("", "import", "list")).Output.Split(':')[0]);
            }
            Assert.Equal(0, await Count(here));
        }
        Assert.True(cut >= 3, $"Only {cut} of 6 were killed in time.");
        Assert.Contains($"{Rows:N0} new", (await here.Run("", "import", file, "--apply")).Output, StringComparison.Ordinal);
        Assert.Equal(Rows, await Count(here));
    }

    private static Process Start(OwnFolder here, string file)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = here.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(DiaChiSo.Bot.DataFolder).Assembly.Location, "import", file, "--apply"])
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }

    private static long WrittenBy(OwnFolder here) => new FileInfo(Path.Combine(here.Data, "diachiso.db-wal")) is { Exists: true } log ? log.Length : 0;

    private static async Task<long> Count(OwnFolder here)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(here.Data, "diachiso.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM DigitalAddresses";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
