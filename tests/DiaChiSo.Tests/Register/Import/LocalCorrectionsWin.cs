using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>What was corrected here, at the gate or by a request, wins over data that was handed over before it.</summary>
public sealed class LocalCorrectionsWin
{
    private const string Handed = "Mã;Số nhà;Thôn;Xã\n3261200001;15;Thôn Háng Là;Sín Chải\n";
    private const string HandedAnew = "Mã;Số nhà;Thôn;Xã\n3261200001;16;Thôn Mới;Sín Chải\n";

    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task A_correction_stays_when_older_data_say_otherwise_and_is_listed()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed);
        await desk.Correct("3261200001", new AddressChange { House = "17" });
        var result = await desk.Apply(HandedAnew, Today.AddDays(-1));
        var address = (await desk.Address("3261200001"))!;
        Assert.Equal(("17", "Thôn Mới"), (address.House, address.Village));
        Assert.Equal((1L, 1L, 0L), (result.Findings.Changed, result.Findings.Kept, result.Findings.Overwritten));
        var kept = Assert.Single(result.Findings.First(FindingKind.Kept));
        Assert.Equal(("House", "17", "16", "corrected here on 2026-11-22 by CN26-000001, handed over 2026-11-21"), (kept.Field, kept.Old, kept.New, kept.Note));
        Assert.Equal(1, (await desk.Import(2)).Kept);
    }

    [Fact]
    public async Task Where_the_correction_is_all_that_differs_nothing_is_written()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed);
        await desk.Correct("3261200001", new AddressChange { House = "17" });
        var before = await desk.Whole();
        var result = await desk.Apply(Handed);
        Assert.Equal((0L, 1L, 1L), (result.Findings.Changed, result.Findings.Unchanged, result.Findings.Kept));
        Assert.Equal(before, await desk.Whole());
    }

    [Fact]
    public async Task Younger_data_overwrite_it_and_the_dry_run_says_so_first()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed);
        await desk.Correct("3261200001", new AddressChange { House = "17" });
        var dry = await desk.Look(desk.Csv(HandedAnew, Today.AddDays(1)));
        Assert.Equal("17", Assert.Single(dry.Findings.First(FindingKind.Overwritten)).Old);
        await desk.Apply(HandedAnew, Today.AddDays(1));
        Assert.Equal("16", (await desk.Address("3261200001"))!.House);
    }

    [Fact]
    public async Task On_the_same_day_the_correction_wins()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed);
        await desk.Correct("3261200001", new AddressChange { House = "17" });
        await desk.Apply(HandedAnew, Today);
        Assert.Equal("17", (await desk.Address("3261200001"))!.House);
    }

    [Fact]
    public async Task What_a_file_wrote_is_no_correction()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed, Today.AddDays(5));
        await desk.Apply(HandedAnew, Today.AddDays(5));
        var back = await desk.Apply(Handed, Today.AddDays(-5));
        Assert.Equal((1L, 0L), (back.Findings.Changed, back.Findings.Kept));
    }

    [Fact]
    public async Task An_address_that_got_its_code_here_is_corrected_here_in_every_field()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Ask(async db =>
        {
            await new AddressChange { Category = AddressCategory.Home, Commune = UnitKey.Parse("2025:03226"), Village = "Thôn Háng Là" }.AddTo(db, new("3261200001"), "YC26-000001", desk.Time.GetUtcNow(), default);
            return await db.SaveChangesAsync();
        });
        await desk.Apply(HandedAnew);
        var address = (await desk.Address("3261200001"))!;
        Assert.Equal(("16", "Thôn Háng Là"), (address.House, address.Village));
    }

    [Fact]
    public async Task A_withdrawn_address_is_not_brought_back_and_an_undone_import_takes_no_correction_away()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Apply(Handed);
        await desk.Correct("3261200001", new AddressChange { House = "17" });
        await desk.Apply(HandedAnew, Today.AddDays(1));
        await desk.Undo(2);
        Assert.Equal("17", (await desk.Address("3261200001"))!.House);
        await desk.Apply(HandedAnew, Today.AddDays(-1));
        Assert.Equal("17", (await desk.Address("3261200001"))!.House);

        await desk.Correct("3261200001", new AddressChange { Status = AddressStatus.Withdrawn });
        var result = await desk.Apply("Mã;Số nhà\n3261200001;99\n", Today.AddDays(9));
        Assert.Equal((0L, 1L), (result.Findings.Changed, result.Findings.Kept));
        Assert.Equal(AddressStatus.Withdrawn, (await desk.Address("3261200001"))!.Status);
    }
}
