using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Fakes.HandOver;
using DiaChiSo.Tests.Host;
using MiniExcelLibs;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>CSV, XLSX, and PDF in four layouts: each imported twice and undone, each with every code and every field.</summary>
public sealed class ImportingEachKind
{
    private const int Rows = 150;

    public static TheoryData<string> Kinds => [.. new[] { "csv", "xlsx" }.Concat(Enum.GetNames<PdfLayout>())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Twice_and_undone(string kind)
    {
        await using var desk = await ImportDesk.Open();
        var empty = await desk.Whole();
        var rows = InventedHandOver.OfArea(11, Rows).ToList();
        var file = Write(desk.NewFile(kind), kind, rows);

        var first = await desk.Apply(HandOverFiles.Open(file, ImportDesk.HandedOver));
        Assert.Equal((Rows, 0L), (first.Findings.New, first.Findings.Refused));
        foreach (var row in rows)
        {
            var kept = (await desk.Address(row.Code))!;
            Assert.Equal((row.House, row.Street, row.Village, row.CommuneKey, row.FormerKey), (kept.House, kept.Street, kept.Village, kept.Commune, kept.FormerCommune));
        }

        var full = await desk.Whole();
        var second = await desk.Apply(HandOverFiles.Open(file, ImportDesk.HandedOver));
        Assert.Equal((0L, 0L, (long)Rows), (second.Findings.New, second.Findings.Changed, second.Findings.Unchanged));
        Assert.Equal(full, await desk.Whole());
        Assert.Equal(64, System.Text.Json.JsonSerializer.Deserialize<List<ImportedFile>>((await desk.Import(1)).Files)!.Single().Sha256.Length);

        await desk.Undo(1);
        Assert.Equal(empty, await desk.Whole());
    }

    [Fact]
    public async Task The_commune_of_a_list_is_read_from_its_heading()
    {
        await using var desk = await ImportDesk.Open();
        var rows = InventedHandOver.OfArea(11, 60).Select((row, i) => row with { Code = $"32612{i:D5}", Commune = null!, District = null }).ToList();
        var file = desk.NewFile("pdf");
        await using (var stream = File.Create(file))
        {
            Assert.True(InventedPdf.Write(stream, PdfLayout.List, "XÃ SÍN CHẢI, HUYỆN TỦA CHÙA", rows) > 1);
        }
        var result = await desk.Apply(HandOverFiles.Open(file, null));
        Assert.Equal((60L, 0L), (result.Findings.New, result.Findings.Refused));
        // 32612 is Sín Chải's of both lists; the district in the heading says that the old one is meant.
        Assert.Equal(("2025:03226", "2024:03223"), ((await desk.Address("3261200007"))!.Commune, (await desk.Address("3261200007"))!.FormerCommune));
    }

    [Fact]
    public async Task The_two_sets_of_a_commune_are_imported_together()
    {
        await using var desk = await ImportDesk.Open();
        var rows = InventedHandOver.OfArea(12, Rows).ToList();
        var numbered = rows.Where(row => row.House is not null).ToList();
        var all = Write(desk.NewFile("pdf"), nameof(PdfLayout.RuledTable), rows);
        var some = Write(desk.NewFile("pdf"), nameof(PdfLayout.RuledTable), numbered);
        var result = await desk.Apply(HandOverFiles.Open(all, null), HandOverFiles.Open(some, null));
        Assert.Equal((Rows, numbered.Count, 0L), (result.Findings.New, result.Findings.Repeated, result.Findings.Refused));
    }

    [Fact]
    public async Task A_workbook_has_titles_several_sheets_numbers_for_codes_and_old_fonts()
    {
        await using var desk = await ImportDesk.Open();
        var file = desk.NewFile("xlsx");
        await MiniExcel.SaveAsAsync(file, new Dictionary<string, object>
        {
            ["Sheet1"] = new object?[][] { ["DANH SÁCH ĐỊA CHỈ SỐ XÃ SÍN CHẢI", null], [null, null], ["Mã địa chỉ số", "Thôn"], [3261200001d, "Thôn Háng Là"], ["3261200002", null] }.Select(Row),
            ["Bìa"] = new object?[][] { ["Trang bìa"] }.Select(Row),
            ["Cu"] = new object?[][] { [OldFonts.ToTcvn3("Thôn/bản"), OldFonts.ToTcvn3("Mã địa chỉ số")], [OldFonts.ToTcvn3("Bản Tà Là Cáo"), "32612 00003"] }.Select(Row),
        }, printHeader: false);
        var result = await desk.Apply(HandOverFiles.Open(file, null));
        Assert.Equal((3L, 0L), (result.Findings.New, result.Findings.Refused));
        Assert.Equal("Thôn Háng Là", (await desk.Address("3261200001"))!.Village);
        Assert.Equal("Bản Tà Là Cáo", (await desk.Address("3261200003"))!.Village);

        static Dictionary<string, object?> Row(object?[] cells) => cells.Select((cell, i) => (cell, i)).ToDictionary(pair => $"c{pair.i}", pair => pair.cell);
    }

    [Fact]
    public async Task The_command_shows_a_dry_run_does_it_lists_it_and_takes_it_back()
    {
        using var here = new OwnFolder();
        await File.WriteAllTextAsync(Path.Combine(here.Path, "a.csv"), "Mã;Thôn;Xã\n3261200001;Thôn A;Sín Chải\n326120;;\n");
        var dry = await here.Run("", "import", "a.csv", "--report", "r.csv");
        Assert.Equal((0, ""), (dry.ExitCode, dry.Error));
        Assert.StartsWith("A dry run: nothing was changed. --apply does it.", dry.Output, StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 new, 0 changed, 0 unchanged, 0 repeated, 1 refused.", dry.Output, StringComparison.Ordinal);
        Assert.Contains("a.csv, row 3: there is no code; ten figures are wanted, for example 32606 12345", dry.Output, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(here.Path, "r.csv")).Length);
        Assert.Equal("No imports.", (await here.Run("", "import", "list")).Output.Trim());

        Assert.StartsWith("Import 1 is done; `import undo 1` takes it back.", (await here.Run("", "import", "a.csv", "--apply", "--date", "2026-10-01")).Output, StringComparison.Ordinal);
        var list = (await here.Run("", "import", "list")).Output;
        Assert.Contains($"by {Environment.UserName}: 1 new", list, StringComparison.Ordinal);
        Assert.Contains("csv of 2026-10-01, 2 rows, SHA-256 ", list, StringComparison.Ordinal);
        Assert.StartsWith("Import 1 is undone: 1 addresses taken out", (await here.Run("", "import", "undo", "1")).Output, StringComparison.Ordinal);
        Assert.Equal((1, "Import 1 was undone already"), ((await here.Run("", "import", "undo", "1")).ExitCode, (await here.Run("", "import", "undo", "1")).Error[..27]));
    }

    [Theory]
    [InlineData("import: a file is wanted", "import")]
    [InlineData("no.csv: there is no such file", "import", "no.csv")]
    [InlineData("--date: a day is wanted", "import", "a.csv", "--date", "soon")]
    [InlineData("old.xls: an old Excel file", "import", "old.xls")]
    [InlineData("none.csv: no row with the names", "import", "none.csv", "--apply")]
    [InlineData("There is no import 5", "import", "undo", "5")]
    public async Task What_cannot_be_imported_is_said_in_one_line(string begins, params string[] args)
    {
        using var here = new OwnFolder();
        await File.WriteAllTextAsync(Path.Combine(here.Path, "a.csv"), "Mã;Thôn\n");
        await File.WriteAllTextAsync(Path.Combine(here.Path, "none.csv"), "x;y\n1;2\n");
        await File.WriteAllBytesAsync(Path.Combine(here.Path, "old.xls"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        var (code, _, error) = await here.Run("", args);
        Assert.Equal(1, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    internal static string Write(string file, string kind, List<InventedRow> rows)
    {
        switch (kind)
        {
            case "csv":
                File.WriteAllLines(file, rows.Select(InventedHandOver.Csv).Prepend(InventedHandOver.Header));
                break;
            case "xlsx":
                MiniExcel.SaveAs(file, rows.Select(row => new Dictionary<string, object?>
                {
                    ["Mã địa chỉ số"] = row.Code,
                    ["Số nhà"] = row.House,
                    ["Đường"] = row.Street,
                    ["Thôn/bản"] = row.Village,
                    ["Xã"] = row.Commune,
                    ["Huyện"] = row.District,
                }));
                break;
            default:
                using (var stream = File.Create(file))
                {
                    InventedPdf.Write(stream, Enum.Parse<PdfLayout>(kind), rows[0].Commune.ToUpperInvariant(), rows);
                }
                break;
        }
        return file;
    }
}
