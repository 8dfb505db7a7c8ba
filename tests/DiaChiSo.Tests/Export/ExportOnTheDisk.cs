using DiaChiSo.Bot;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Export;

/// <summary>The command itself, on an operator's own disk.</summary>
public sealed class ExportOnTheDisk
{
    [Fact]
    public async Task A_file_is_its_owners_only_whole_and_never_written_over()
    {
        using var here = new OwnFolder();
        Assert.Equal("There is nothing to export.", (await here.Run("", "export")).Output.Trim());
        await Confirmed(here);
        Assert.StartsWith("A dry run: nothing was written. 1 rows: 0 new addresses, 0 updates, 1 confirmed", (await here.Run("", "export")).Output, StringComparison.Ordinal);
        Assert.StartsWith("A dry run", (await here.Run("", "export", "xuat.csv", "--dry-run")).Output, StringComparison.Ordinal);
        var file = Path.Combine(here.Path, "xuat.csv");
        Assert.False(File.Exists(file));

        var (code, output, error) = await here.Run("", "export", "xuat.csv");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Export 1 is written. 1 rows", output, StringComparison.Ordinal);
        Assert.Contains(";BB26-000001;3260600012;", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(["appsettings.json", "data", "xuat.csv"], Directory.EnumerateFileSystemEntries(here.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        Assert.StartsWith("xuat.csv: this file is there already", (await here.Run("", "export", "xuat.csv")).Error, StringComparison.Ordinal);
        Assert.Equal("There is nothing to export.", (await here.Run("", "export", "xuat-2.csv")).Output.Trim());
        Assert.False(File.Exists(Path.Combine(here.Path, "xuat-2.csv")));

        Assert.StartsWith("Export 1 is written again. 1 rows: 0 new addresses, 0 updates, 1 confirmed, 0 visits that ended otherwise. The file is the same as then.", (await here.Run("", "export", "lai.csv", "--again", "1")).Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(here.Path, "lai.csv")));
        Assert.Contains("1 rows (0 new, 0 updates, 1 confirmed, 0 other), 0 of them seen in a hand-over", (await here.Run("", "export", "list")).Output, StringComparison.Ordinal);
        Assert.StartsWith("BB26-000001: export 1, Confirmation, commune 03217, 32606 00012", (await here.Run("", "export", "missing")).Output, StringComparison.Ordinal);

        // The post office hands it over again, and it has arrived.
        Assert.Contains("Exported, and arrived by this file: 1", (await here.Run("", "import", "xuat.csv", "--apply")).Output, StringComparison.Ordinal);
        Assert.Equal("All that was exported was seen in a hand-over.", (await here.Run("", "export", "missing")).Output.Trim());
    }

    [Theory]
    [InlineData("export: the name of a CSV file is wanted", "export", "xuat.txt")]
    [InlineData("xuat.csv: there is no such folder", "export", "khongco/xuat.csv")]
    [InlineData("--again: the name of a CSV file is wanted", "export", "--again", "1")]
    [InlineData("--again: there is no export of this number", "export", "xuat.csv", "--again", "7")]
    public async Task What_cannot_be_written_is_said_in_one_line_and_nothing_is_exported(string begins, params string[] args)
    {
        using var here = new OwnFolder();
        await Confirmed(here);
        var (code, _, error) = await here.Run("", args);
        Assert.Equal(1, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Equal("No exports.", (await here.Run("", "export", "list")).Output.Trim());
        Assert.False(File.Exists(Path.Combine(here.Path, "xuat.csv")));
    }

    private static async Task Confirmed(OwnFolder here)
    {
        _ = await here.Run("", "export");
        var data = DataFolder.Open(here.Data);
        await using var services = new ServiceCollection().AddLogging().AddDiaChiSo(data.Database, data.Secrets, typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var at = new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
        var code = new AddressCode("3260600012");
        await new AddressChange { Category = AddressCategory.Home, Commune = new UnitKey(UnitSystem.Since2025, "03217"), Village = "Tổ dân phố Thử" }.AddTo(db, code, "test", at, default);
        db.Add(new Confirmation { Number = "BB26-000001", PersonId = 1, Code = code, Commune = "03217", Outcome = VisitOutcome.Done, At = at, BodySealed = "{}" });
        await db.SaveChangesAsync();
        Assert.Equal(0, await db.Set<RegisterExport>().CountAsync());
    }
}
