using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>Requests that a hand-over answers: approved by the one lifecycle, their people told, and nothing decided where there is doubt.</summary>
public sealed class RequestsAreAnswered
{
    [Fact]
    public async Task By_its_number_a_request_gets_its_code_and_its_person_is_told()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        var result = await Import(desk, $"Mã;Thôn;Xã;Số phiếu\n3260655555;Bản Tà Là Cáo;xã Tủa Chùa;{number.ToLowerInvariant()}\n");
        Assert.Equal(1, result.Findings.Answered);
        var request = await desk.Row(number);
        Assert.Equal((RequestStatus.Approved, (AddressCode?)new AddressCode("3260655555")), (request.Status, request.IssuedCode));
        Assert.Equal(["notice-code-issued"], (await desk.NoticesTo("An")).Select(notice => notice.Section));
        Assert.Equal(1, await desk.Stage.Ask(db => db.Mails.CountAsync()));
        // What the requester said and the file did not.
        var address = (await desk.Address(new("3260655555")))!;
        Assert.Equal(("home", 21.861), (address.Category, address.Latitude));
        Assert.Contains("0912000006", address.ContactSealed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_place_and_words_too_also_when_a_reviewer_has_it_in_hand_or_wanted_more()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new AskForMore(number, "Xin ghi rõ.", tells));
        var result = await Import(desk, "Mã;Thôn;Xã;Toạ độ\n3260655555;bản tà là cáo;xã Tủa Chùa;21.86110, 103.33110\n3260655556;Bản Tà Là Cáo;xã Tủa Chùa;21.87000, 103.34000\n");
        Assert.Equal(1, result.Findings.Answered);
        Assert.Equal(new AddressCode("3260655555"), (await desk.Row(number)).IssuedCode);
    }

    [Theory]
    [InlineData("3260655555;Bản Tà Là Cáo;xã Tủa Chùa;;\n", 0)]                                                                              // a village is a hundred homes
    [InlineData("3260655555;Bản Tà Là Cáo;xã Tủa Chùa;21.86110, 103.33110;\n3260655556;Bản Tà Là Cáo;xã Tủa Chùa;21.86090, 103.33090;\n", 1)]
    [InlineData("3260655555;Bản Tà Là Cáo;xã Tủa Chùa;;YC26-000001\n3260655556;Bản Tà Là Cáo;xã Tủa Chùa;;YC26-000001\n", 1)]
    [InlineData("3261255555;Bản Tà Là Cáo;xã Sín Chải;;YC26-000001\n", 1)]
    [InlineData("3260655555;Bản Tà Là Cáo;xã Tủa Chùa;21.87000, 103.33100;\n", 0)]
    public async Task Where_there_is_doubt_nothing_is_decided_and_nobody_told(string rows, int listed)
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        Assert.Equal("YC26-000001", number);
        var result = await Import(desk, "Mã;Thôn;Xã;Toạ độ;Số phiếu\n" + rows);
        Assert.Equal((0L, (long)listed), (result.Findings.Answered, result.Findings.Count(FindingKind.NotMatched)));
        Assert.Equal(RequestStatus.Sent, (await desk.Row(number)).Status);
        Assert.Empty(await desk.NoticesTo("An"));
    }

    [Fact]
    public async Task An_update_is_answered_when_the_register_has_all_that_it_wished()
    {
        await using var desk = await RequestDesk.Open();
        var form = await desk.Update(RequestDesk.HealthStation, body => body with { Changed = [RequestField.Name], Name = "Trạm y tế mới (bịa)" });
        var number = await desk.Sent(form);
        var none = await Import(desk, "Mã;Tên\n3260700023;Trạm y tế khác (bịa)\n");
        Assert.Equal(0, none.Findings.Answered);
        var result = await Import(desk, "Mã;Tên\n3260700023;Trạm y tế mới (bịa)\n");
        Assert.Equal(1, result.Findings.Answered);
        Assert.Equal(RequestStatus.Approved, (await desk.Row(number)).Status);
        Assert.Equal(["notice-changed"], (await desk.NoticesTo("An")).Select(notice => notice.Section));
    }

    [Fact]
    public async Task A_dry_run_tells_nobody_and_undoing_leaves_what_was_answered()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        var csv = $"Mã;Thôn;Xã;Số phiếu\n3260655555;Bản Tà Là Cáo;xã Tủa Chùa;{number}\n3260655556;Bản Tà Là Cáo;xã Tủa Chùa;\n";
        Assert.Equal(1, (await Import(desk, csv, isDry: true)).Findings.Answered);
        Assert.Equal(RequestStatus.Sent, (await desk.Row(number)).Status);
        Assert.Empty(await desk.NoticesTo("An"));

        var done = await Import(desk, csv);
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        var undone = await scope.ServiceProvider.GetRequiredService<ImportUndoing>().Undo(done.Id!.Value, "operator", null, default);
        Assert.Equal((1L, 1L), (undone.TakenOut, undone.Findings.Count(FindingKind.Left)));
        Assert.NotNull(await desk.Address(new("3260655555")));
    }

    private static async Task<ImportResult> Import(RequestDesk desk, string csv, bool isDry = false)
    {
        var path = Path.Combine(Path.GetTempPath(), $"diachiso-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, csv);
        try
        {
            await using var scope = desk.Stage.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<RegisterImporter>().Run(new([new CsvRows(path) { Date = new(2027, 1, 1) }], isDry, "operator"), null, default);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
