using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>CSV: what is read, what is refused, and that the same file twice changes nothing.</summary>
public sealed class ImportingTables
{
    private const string Three = """
        Mã địa chỉ số;Số nhà;Thôn/bản;Xã;Vĩ độ;Kinh độ;Loại;Tên
        32612 00001;15;Thôn Háng Là;Sín Chải;21,9563;103,3291;Nhà ở;
        3261200002;;Thôn Cáng Chua 2;Sín Chải;;;Cơ sở y tế;Trạm Y tế Sín Chải (bịa)
        3261300004;;Bản Thử;Tả Sìn Thàng;;;;
        """;

    [Fact]
    public async Task A_dry_run_says_what_would_be_new_and_writes_nothing()
    {
        await using var desk = await ImportDesk.Open();
        var before = await desk.Bytes();
        var result = await desk.Look(desk.Csv(Three));
        Assert.Null(result.Id);
        Assert.Equal((3L, 3L, 0L), (result.Findings.Rows, result.Findings.New, result.Findings.Refused));
        Assert.Equal(before, await desk.Bytes());
    }

    [Fact]
    public async Task What_is_applied_stands_in_the_register_with_all_its_fields()
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply(Three);
        Assert.Equal((1L, 3L), (result.Id, result.Findings.New));
        var home = (await desk.Address("3261200001"))!.ToPublic(AdministrativeUnits.Shipped);
        Assert.Equal("Số nhà 15, thôn Háng Là, xã Sín Chải, tỉnh Điện Biên", home.Line);
        Assert.Equal((AddressCategory.Home, new GeoPoint(21.9563, 103.3291), AddressStatus.NotYetConfirmed, false), (home.Category, home.Gate, home.Status, home.IsDemo));
        Assert.Equal("Trạm Y tế Sín Chải (bịa)", (await desk.Address("3261200002"))!.PublicName);
        // The area of this code is of one former commune only, so that is certain too.
        Assert.Equal(("2025:03226", "2024:03226"), ((await desk.Address("3261300004"))!.Commune, (await desk.Address("3261300004"))!.FormerCommune));
        var import = await desk.Import(1);
        Assert.Equal(("operator", 3L, (long?)1L), (import.By, import.Added, import.Revision));
        Assert.Contains("\"Sha256\":\"", import.Files, StringComparison.Ordinal);
        Assert.DoesNotContain("tay1", import.Files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Three);
        var before = await desk.Whole();
        var again = await desk.Apply(Three);
        Assert.Equal((0L, 0L, 3L), (again.Findings.New, again.Findings.Changed, again.Findings.Unchanged));
        Assert.Equal(before, await desk.Whole());
        Assert.Equal(0, await desk.Ask(db => db.Set<RegisterChange>().CountAsync()));
        var second = await desk.Import(2);
        Assert.Null(second.Revision);
        Assert.Equal((await desk.Import(1)).Files, second.Files);
    }

    [Fact]
    public async Task What_differs_is_changed_field_by_field_and_an_empty_cell_takes_nothing_away()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Three);
        var result = await desk.Apply("code,house,village,commune,gate,category,name\n3261200001,17,,,\"21.95640, 103.32910\",,\n3261200002,,Thôn Cáng Chua 2,,,,Trạm Y tế mới (bịa)\n");
        Assert.Equal((0L, 2L, 0L), (result.Findings.New, result.Findings.Changed, result.Findings.Unchanged));
        Assert.Equal("Gate 1, House 1, Name 1", string.Join(", ", result.Findings.Fields.Select(pair => $"{pair.Key} {pair.Value}")));
        var home = (await desk.Address("3261200001"))!;
        Assert.Equal(("17", "Thôn Háng Là", 21.9564, 2), (home.House, home.Village, home.Latitude, home.Version));
        var change = result.Findings.First(FindingKind.Changed)[0];
        Assert.Equal(("House", "15", "17", "row 2"), (change.Field, change.Old, change.New, change.Where));
        // A request that saw version 1 must find out what changed since.
        Assert.Equal(2, await desk.Ask(db => db.Set<RegisterChange>().CountAsync(row => row.By == "import 2")));
    }

    [Fact]
    public async Task Shouting_lists_change_no_spelling()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Three);
        var result = await desk.Apply("Mã;Thôn\n3261200001;THÔN HÁNG LÀ\n3261200002;thôn cáng chua 2\n3261300004;Bản thử\n");
        Assert.Equal((1L, 2L), (result.Findings.Changed, result.Findings.Unchanged));
    }

    [Theory]
    [InlineData("Mã địa chỉ số;Số nhà;Thôn, bản;Xã", "3261200001;15;Thôn Háng Là;Sín Chải")]
    [InlineData("XÃ\tTHÔN/BẢN\tSỐ NHÀ\tMÃ ĐỊA CHỈ SỐ", "Sín Chải\tThôn Háng Là\t15\t32612.00001")]
    [InlineData("stt,ma dia chi,to/thon/ap,so nha,xa/phuong/thi tran", "1,3261200001,Thôn Háng Là,15,xã Sín Chải")]
    [InlineData("No|Village|House number|Commune|Digital address code", "1|Thôn Háng Là|Số nhà 15|Xín Chải|NDAS: 32612-00001")]
    [InlineData("Mã số;Địa chỉ chi tiết", "3261200001;Số nhà 15, thôn Háng Là, xã Sín Chải, tỉnh Điện Biên")]
    [InlineData("QR;Địa chỉ", "https://diachiso.gov.vn/#/map/3261200001;SN 15 thôn Háng Là xã Sín Chải huyện Tủa Chùa tỉnh Điện Biên")]
    [InlineData("Address;Code", "\"15, Thôn Háng Là; xã Sín Chải\";3261200001")]
    public async Task Headers_are_read_in_both_languages_in_any_order(string header, string row)
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply($"Bưu điện tỉnh bàn giao ngày 1/10/2026\n\n{header}\n{row}\n");
        Assert.Equal((1L, 0L), (result.Findings.New, result.Findings.Refused));
        var address = (await desk.Address("3261200001"))!;
        Assert.Equal(("15", "thôn háng là", "2025:03226"), (address.House, address.Village!.ToLowerInvariant(), address.Commune));
    }

    [Theory]
    [InlineData("326120001;1;Thôn A;Sín Chải;;", "there is no code")]
    [InlineData(";1;Thôn A;Sín Chải;;", "there is no code")]
    [InlineData("9999900001;1;Thôn A;Sín Chảy nào đó;;", "99999: the code's first five figures")]
    [InlineData("3260600001;1;Thôn A;Sín Chải;;", "32606: the code is of xã Tủa Chùa")]
    [InlineData("3261200001;1;Thôn A;Xã Không Có;;", "the commune is not one of the tables")]
    [InlineData("3261200001;1;Thôn A;Sín Chải;48,85;2,35", "the position is no place in Vietnam")]
    [InlineData("3261200001;1;Thôn A;Sín Chải;21,9;", "the position is no place in Vietnam")]
    public async Task What_is_wrong_is_refused_with_its_row_and_an_example_and_never_repeated(string row, string reason)
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply($"Mã;Số nhà;Thôn;Xã;Vĩ độ;Kinh độ\n3261299999;1;Thôn B;Sín Chải;;\n{row}\n");
        var refused = Assert.Single(result.Findings.First(FindingKind.Refused));
        Assert.StartsWith(reason, refused.Note, StringComparison.Ordinal);
        Assert.Equal("row 3", refused.Where);
        Assert.DoesNotContain("Không Có", refused.Note, StringComparison.Ordinal);
        Assert.Equal(1, result.Findings.New);
    }

    [Fact]
    public async Task A_text_that_is_too_long_and_a_code_that_stands_twice_are_refused()
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply($"Mã;Thôn\n3261200001;{new string('a', 201)}\n3261200002;Thôn A\n3261200002;Thôn B\n3261200002;Thôn A\n");
        Assert.Equal((1L, 2L, 1L), (result.Findings.New, result.Findings.Refused, result.Findings.Repeated));
        Assert.Equal("Thôn A", (await desk.Address("3261200002"))!.Village);
    }

    [Fact]
    public async Task The_two_sets_of_a_commune_are_one_import()
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply(desk.Csv(Three), desk.Csv("Mã địa chỉ số;Số nhà;Thôn/bản;Xã;Vĩ độ;Kinh độ;Loại;Tên\n3261200001;15;Thôn Háng Là;Sín Chải;21,9563;103,3291;Nhà ở;\n"));
        Assert.Equal((3L, 1L, 4L, 0L), (result.Findings.New, result.Findings.Repeated, result.Findings.Rows, result.Findings.Refused));
    }

    [Fact]
    public async Task People_and_names_of_homes_are_sealed_and_stay_out_of_the_report()
    {
        await using var desk = await ImportDesk.Open();
        var report = new StringWriter();
        const string csv = "Mã;Loại;Tên;Chủ hộ;Điện thoại;Email\n3261200001;Nhà ở;Nhà sàn Thử;Người Thử Bảy;0912 000 007;bay@example.invalid\n";
        await desk.Run(false, null, [desk.Csv(csv)], report);
        await desk.Run(false, null, [desk.Csv(csv.Replace("000 007", "000 008", StringComparison.Ordinal).Replace("Nhà sàn Thử", "Nhà sàn Mới", StringComparison.Ordinal))], report);
        var row = (await desk.Address("3261200001"))!;
        Assert.Null(row.PublicName);
        Assert.Contains("0912000008", row.ContactSealed, StringComparison.Ordinal);
        Assert.Contains("Changed,tay2.csv,row 2,3261200001,Contact,(sealed),(sealed),", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Changed,tay2.csv,row 2,3261200001,Name,(sealed),(sealed),", report.ToString(), StringComparison.Ordinal);
        var file = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(desk.Database)) + await desk.Bytes() + report;
        Assert.All((string[])["0912000007", "0912000008", "Nhà sàn", "bay@"], word => Assert.DoesNotContain(word, file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_contact_that_cannot_be_one_is_left_out_and_the_address_is_taken()
    {
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply("Mã;Thôn;Chủ hộ;Điện thoại;Màu cổng;Loại\n3261200001;Thôn A;Người Thử;12345;xanh;Chuồng trâu\n");
        Assert.Equal(1, result.Findings.New);
        Assert.Null((await desk.Address("3261200001"))!.ContactSealed);
        Assert.Contains(result.Findings.Notes, note => note.StartsWith("1 contacts left out", StringComparison.Ordinal));
        Assert.Contains(result.Findings.Notes, note => note.EndsWith("Màu cổng", StringComparison.Ordinal));
        Assert.Contains(result.Findings.Notes, note => note.EndsWith("Chuồng trâu (1)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Thôn;Xã\nA;Sín Chải\n", "no row with the names of the columns")]
    [InlineData("", "no row with the names of the columns")]
    [InlineData("Mã;Thôn;Bản\n3261200001;A;B\n", "two columns mean the same")]
    [InlineData("a\0b", "neither a text table")]
    public async Task A_file_that_is_no_hand_over_is_refused_in_a_sentence(string csv, string reason)
    {
        await using var desk = await ImportDesk.Open();
        var before = await desk.Bytes();
        var fault = await Assert.ThrowsAsync<HandOverFault>(() => desk.Apply(csv));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await desk.Bytes());
    }

    [Theory]
    [InlineData("Mã;Thôn\n3261200001;\"", 3_000_000, "longer than")]
    [InlineData("Mã;Thôn\n3261200001;", 100_000, "a cell of more than")]
    public async Task A_gigantic_line_is_refused(string begin, int length, string reason)
    {
        await using var desk = await ImportDesk.Open();
        var fault = await Assert.ThrowsAsync<HandOverFault>(() => desk.Apply(begin + new string('a', length)));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        var cells = await Assert.ThrowsAsync<HandOverFault>(() => desk.Apply("Mã;Thôn\n" + new string(';', 500)));
        Assert.Contains("more than 100 cells", cells.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_is_seen_to_have_changed_by_its_revision()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Three);
        await desk.Apply(Three);
        await desk.Apply("Mã;Thôn\n3261200001;Thôn Khác\n");
        await desk.Undo(1);
        Assert.Equal("3, , 2", string.Join(", ", await desk.Ask(db => db.Set<RegisterImport>().OrderBy(row => row.Id).Select(row => row.Revision).ToListAsync())));
    }
}
