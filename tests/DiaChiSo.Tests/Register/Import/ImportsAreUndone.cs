using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>An import is taken back exactly, and what people did since stays.</summary>
public sealed class ImportsAreUndone
{
    private const string First = "Mã;Loại;Tên;Số nhà;Thôn;Xã;Toạ độ;Chủ hộ;Điện thoại\n"
        + "3261200001;Nhà ở;Nhà Thử;15;Thôn Háng Là;Sín Chải;21.9563001234, 103.3291005678;Người Thử Một;0912000001\n"
        + "3261200002;Cơ sở y tế;Trạm Thử;;Thôn Háng Là;Sín Chải;;;\n"
        + "3261300003;;;;Bản Thử;Tả Sìn Thàng;;;\n";

    private const string Second = "Mã;Loại;Tên;Số nhà;Thôn;Toạ độ;Chủ hộ;Điện thoại\n"
        + "3261200001;Cơ sở sản xuất kinh doanh;Quán Thử;16;Thôn Khác;21.95, 103.32;Người Thử Hai;0912000002\n"
        + "3261200002;Nhà ở;Nhà mới;1;;21.95, 103.33;;\n"
        + "3261200009;;;;Thôn Thêm;;;\n";

    [Fact]
    public async Task Every_field_is_put_back_as_it_was()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(First);
        var before = await desk.Whole();
        var applied = await desk.Apply(Second);
        Assert.Equal((1L, 2L), (applied.Findings.New, applied.Findings.Changed));
        Assert.NotEqual(before, await desk.Whole());
        var undone = await desk.Undo(2);
        Assert.Equal((1L, 2L, 0L), (undone.TakenOut, undone.PutBack, undone.Findings.Count(FindingKind.Left)));
        Assert.Equal(before, await desk.Whole());
        Assert.Equal("operator", (await desk.Import(2)).UndoneBy);
        // What raised a version once never gives it out again.
        Assert.Equal(3, (await desk.Address("3261200001"))!.Version);
    }

    [Fact]
    public async Task An_import_can_be_done_again_after_it_was_undone_and_one_below_another_too()
    {
        await using var desk = await ImportDesk.Open();
        var empty = await desk.Whole();
        await desk.Apply(First);
        await desk.Apply(Second);
        var full = await desk.Whole();
        await desk.Undo(2);
        await desk.Apply(Second);
        Assert.Equal(full.Replace("|2\n", "|3\n", StringComparison.Ordinal), (await desk.Whole()).Replace("|2\n", "|3\n", StringComparison.Ordinal));
        await desk.Undo(3);
        await desk.Undo(1);
        Assert.Equal(empty, await desk.Whole());
    }

    [Fact]
    public async Task What_was_touched_since_is_left_and_listed()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(First);
        await desk.Apply(Second);
        await desk.Correct("3261200001", new AddressChange { Street = "Đường Thử" });
        await desk.Correct("3261200009", new AddressChange { House = "9" });
        var undone = await desk.Undo(2);
        Assert.Equal((0L, 1L, 2L), (undone.TakenOut, undone.PutBack, undone.Findings.Count(FindingKind.Left)));
        Assert.Equal(["3261200001", "3261200009"], undone.Findings.First(FindingKind.Left).Select(left => left.Code).Order(StringComparer.Ordinal));
        Assert.Equal(("16", "Đường Thử"), ((await desk.Address("3261200001"))!.House, (await desk.Address("3261200001"))!.Street));
        Assert.Equal("9", (await desk.Address("3261200009"))!.House);
        Assert.Equal(2, (await desk.Import(2)).LeftByUndo);
    }

    [Fact]
    public async Task An_import_under_a_later_one_gives_back_only_what_the_later_one_left_alone()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(First);
        await desk.Apply(Second);
        var undone = await desk.Undo(1);
        Assert.Equal((1L, 2L), (undone.TakenOut, undone.Findings.Count(FindingKind.Left)));
        Assert.Null(await desk.Address("3261300003"));
        Assert.NotNull(await desk.Address("3261200001"));
    }

    [Fact]
    public async Task What_was_undone_or_never_was_is_refused_in_a_sentence()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(First);
        await desk.Undo(1);
        Assert.StartsWith("Import 1 was undone already", (await Assert.ThrowsAsync<UndoRefused>(() => desk.Undo(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no import 7", (await Assert.ThrowsAsync<UndoRefused>(() => desk.Undo(7))).Message, StringComparison.Ordinal);
    }
}
