using System.Text;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Requests;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Export;

/// <summary>The loop of the plan's steps 6 and 7: approved and confirmed goes out once, comes back with a hand-over, and is known again.</summary>
public sealed class Exporting
{
    private static readonly AddressCode Home = new("3260600012");

    [Fact]
    public async Task Each_goes_out_once_and_a_dry_run_and_nothing_new_write_nothing()
    {
        await using var desk = await RequestDesk.Open();
        Assert.Equal(0, (await Look(desk)).Count);
        var number = await Renamed(desk, "Trạm mới (bịa)");
        var look = await Look(desk);
        Assert.Equal((1, 1, (long?)null), (look.Count, look.Updates, look.Id));
        var (first, text) = await Export(desk);
        Assert.Equal((1, 1L), (first.Updates, first.Id));
        Assert.Contains(number, text, StringComparison.Ordinal);
        Assert.Equal(0, (await Export(desk)).Result.Count);
        await Approved(desk, RequestDesk.New(), null);
        Assert.Equal((2L, 1), ((await Export(desk)).Result is var second ? (second.Id, second.NewAddresses) : default));
        Assert.Equal(2, await desk.Stage.Ask(db => db.Set<RegisterExport>().CountAsync()));
    }

    [Fact]
    public async Task A_row_has_what_was_changed_and_nothing_else()
    {
        await using var desk = await RequestDesk.Open();
        var number = await Renamed(desk, "=cmd|' /C calc'!A0; \"Trạm\"");
        var (_, text) = await Export(desk);
        var lines = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("Bản xuất số 1, ngày 22/11/2026", lines[0]);
        // No formula for a table program, and the contact of the address is not in it.
        Assert.Equal($"1;sửa thông tin;{number};;3260700023;\"'=cmd|' /C calc'!A0; \"\"Trạm\"\"\";;;;;Xã Tủa Chùa;;;;;;;;;22/11/2026;Sửa: Tên", lines[2]);
    }

    [Fact]
    public async Task What_was_taken_away_stands_in_the_note_and_what_was_kept_is_not_there()
    {
        await using var desk = await RequestDesk.Open();
        var form = await desk.Update(Home, body => body with
        {
            Detail = body.Seen!.Detail with { House = null, Village = "Tổ dân phố Thử" },
            Category = AddressCategory.Office,
            Changed = [RequestField.Detail, RequestField.Category],
        });
        var number = await desk.Sent(form);
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells) { Fields = [RequestField.Detail], Reason = "Loại chưa đúng." });
        var row = (await Export(desk)).Text.Split("\r\n")[2];
        Assert.EndsWith("Sửa: Thôn/bản. Bỏ: Số nhà", row, StringComparison.Ordinal);
        Assert.Contains(";Tổ dân phố Thử;", row, StringComparison.Ordinal);
        Assert.DoesNotContain("rụ sở", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visits_go_out_with_what_they_corrected_and_how_they_ended()
    {
        await using var desk = await RequestDesk.Open();
        await Collaborator(desk);
        await Visited(desk, new Visit(Home, 1, VisitOutcome.Done) { Corrections = new() { Name = "Nhà Hoa Ban", Changed = [RequestField.Name] }, Agreement = OwnerAgreement.SaidAloud });
        await Visited(desk, new Visit(new("3260600013"), 1, VisitOutcome.NobodyHome) { ComeAgainOn = new(2026, 11, 30) });
        await Visited(desk, new Visit(new("3260600014"), 1, VisitOutcome.Duplicate) { DuplicateOf = Home });
        var (result, text) = await Export(desk);
        Assert.Equal((1, 2), (result.Confirmations, result.Outcomes));
        var rows = text.Split("\r\n").Skip(2).Take(3).ToList();
        Assert.Contains(";BB26-000001;3260600012;Nhà Hoa Ban;", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("đã thông báo xong;22/11/2026;Sửa: Tên", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("hẹn đến lại ngày 30/11/2026", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("trùng với 3260600012", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_importer_reads_it_back_and_finds_nothing_new_in_it()
    {
        await using var desk = await RequestDesk.Open();
        await Collaborator(desk);
        await Renamed(desk, "-Trạm mới (bịa); cơ sở 2");
        await Visited(desk, new Visit(Home, 1, VisitOutcome.Done)
        {
            Corrections = new()
            {
                Name = "'Nhà' Hoa Ban",
                Detail = new AddressDetail("15A", "đường Thử", "Tổ dân phố Thử", new(UnitSystem.Since2025, RequestDesk.TuaChua), new(UnitSystem.Until2025, "03217")),
                Contact = new Contact(ContactRole.LegalRepresentative, "Người Thử Chín", "0912000009", "chin@example.invalid"),
                Gate = new GateFix(new GeoPoint(21.856301234567, 103.329101234567), 4),
                Changed = [RequestField.Name, RequestField.Detail, RequestField.Contact, RequestField.Gate],
            },
            Agreement = OwnerAgreement.SaidAloud,
        });
        var issued = await Approved(desk, RequestDesk.New("Nhà Tà Là Cáo"), new AddressCode("3260655555"));
        var (_, text) = await Export(desk);
        var back = await Import(desk, text);
        Assert.Equal((3L, 0L, 0L, 3L, 0L), (back.Findings.Rows, back.Findings.New, back.Findings.Changed, back.Findings.Unchanged, back.Findings.Refused));
        Assert.Equal(3, back.Findings.Count(FindingKind.Acknowledged));
        Assert.Equal(3, await desk.Stage.Ask(db => db.Set<ExportItem>().CountAsync(item => item.AcknowledgedByImport == back.Id)));
        Assert.Equal("3260655555", (await desk.Row(issued)).IssuedCode.ToString());
        Assert.DoesNotContain(back.Findings.Notes, note => note.Contains("not read", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_waits_for_its_code_gets_it_from_the_next_hand_over_and_is_to_be_confirmed()
    {
        await using var desk = await RequestDesk.Open();
        var number = await Approved(desk, RequestDesk.New(), null);
        Assert.Equal(RequestStatus.WaitingForCode, (await desk.Row(number)).Status);
        Assert.Equal("notice-waiting-for-code", Assert.Single(await desk.NoticesTo("An")).Section);
        var (_, text) = await Export(desk);
        var lines = text.Split("\r\n");
        Assert.Contains($";{number};;;;Nhà ở;;;Bản Tà Là Cáo;Xã Tủa Chùa;21.861;103.331;Người Thử Sáu;;;0912000006;", lines[2], StringComparison.Ordinal);
        // The post office writes the code into that line.
        lines[2] = lines[2].Replace($"{number};;;", $"{number};;3260655555;", StringComparison.Ordinal);
        var back = await Import(desk, string.Join("\r\n", lines));
        Assert.Equal((1L, 1L, 1L), (back.Findings.New, back.Findings.Answered, back.Findings.Count(FindingKind.Acknowledged)));
        var request = await desk.Row(number);
        Assert.Equal((RequestStatus.Approved, "3260655555"), (request.Status, request.IssuedCode.ToString()));
        Assert.Equal(AddressStatus.NotYetConfirmed, (await desk.Address(new("3260655555")))!.Status);
        Assert.Equal(["notice-waiting-for-code", "notice-code-issued"], (await desk.NoticesTo("An")).Select(notice => notice.Section));
        // It came from the post office: it does not go back there.
        Assert.Equal(0, (await Export(desk)).Result.Count);
        // A collaborator who stands there finds it.
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        Assert.Contains(await scope.ServiceProvider.GetRequiredService<IAddressRegister>().Nearby(new GeoPoint(21.8611, 103.3311), 150, 5, default), near => near.Address.Code == new AddressCode("3260655555"));
    }

    [Fact]
    public async Task A_code_that_a_reviewer_typed_while_the_export_was_on_its_way_is_known_when_it_is_handed_over()
    {
        await using var desk = await RequestDesk.Open();
        var number = await Approved(desk, RequestDesk.New(), null);
        await Export(desk);
        Assert.True((await desk.Do("Chi", tells => new ApproveRequest(number, new AddressCode("3260655555"), null, tells))).IsDone);
        var back = await Import(desk, "Mã;Xã;Thôn\n3260655555;xã Tủa Chùa;Bản Tà Là Cáo\n");
        Assert.Equal((number, 0L), (Assert.Single(back.Findings.First(FindingKind.Acknowledged)).Field, back.Findings.Count(FindingKind.NotArrived)));
    }

    [Fact]
    public async Task What_a_file_of_the_commune_does_not_show_is_listed_and_other_communes_are_not()
    {
        await using var desk = await RequestDesk.Open();
        var renamed = await Renamed(desk, "Trạm mới (bịa)");
        var waiting = await Approved(desk, RequestDesk.New(), null);
        await Export(desk);
        var elsewhere = await Import(desk, "Mã;Xã;Tên\n3261200032;xã Sín Chải;Nhà Thử\n");
        Assert.Equal(0, elsewhere.Findings.Count(FindingKind.NotArrived));
        var none = await Import(desk, "Mã;Xã;Thôn\n3260700021;xã Tủa Chùa;Đội 5\n3260700023;xã Tủa Chùa;Đội 5\n");
        Assert.Equal([renamed, waiting], none.Findings.First(FindingKind.NotArrived).Select(finding => finding.Field).Order());
        Assert.Contains("says nothing of what was changed", none.Findings.First(FindingKind.NotArrived).Single(finding => finding.Field == renamed).Note, StringComparison.Ordinal);
        // Made before the export: it cannot be in there.
        Assert.Equal(0, (await Import(desk, "Mã;Xã;Thôn\n3260700021;xã Tủa Chùa;Đội 5\n", new(2026, 11, 21))).Findings.Count(FindingKind.NotArrived));
        var found = await Import(desk, "Mã;Xã;Tên\n3260700023;xã Tủa Chùa;Trạm mới (bịa)\n");
        Assert.Equal(renamed, Assert.Single(found.Findings.First(FindingKind.Acknowledged)).Field);
    }

    [Fact]
    public async Task A_hand_over_that_says_something_else_shows_nothing_and_undoing_an_import_takes_back_what_it_showed()
    {
        await using var desk = await RequestDesk.Open();
        await Renamed(desk, "Trạm mới (bịa)");
        await Export(desk);
        // The correction made here is newer than the file and stays; the post office has not got it yet.
        var stale = await Import(desk, "Mã;Xã;Tên\n3260700023;xã Tủa Chùa;Trạm y tế Mường Báng (bịa)\n", new(2026, 11, 22));
        Assert.Equal((0L, 1L), (stale.Findings.Count(FindingKind.Acknowledged), stale.Findings.Count(FindingKind.NotArrived)));
        var good = await Import(desk, "Mã;Xã;Tên\n3260700023;xã Tủa Chùa;Trạm mới (bịa)\n");
        Assert.Equal(0, await Open(desk));
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ImportUndoing>().Undo(good.Id!.Value, "operator", null, default);
        Assert.Equal(1, await Open(desk));
    }

    [Fact]
    public async Task A_dry_import_acknowledges_nothing()
    {
        await using var desk = await RequestDesk.Open();
        await Renamed(desk, "Trạm mới (bịa)");
        await Export(desk);
        var dry = await Import(desk, "Mã;Xã;Tên\n3260700023;xã Tủa Chùa;Trạm mới (bịa)\n", isDry: true);
        Assert.Equal(1, dry.Findings.Count(FindingKind.Acknowledged));
        Assert.Equal(1, await Open(desk));
    }

    [Fact]
    public async Task A_file_that_was_not_finished_does_not_count()
    {
        await using var desk = await RequestDesk.Open();
        await Renamed(desk, "Trạm mới (bịa)");
        await Assert.ThrowsAsync<IOException>(() => Exporter(desk, exporter => exporter.Export("operator", _ => throw new IOException(), default)));
        Assert.Equal(0, await desk.Stage.Ask(db => db.Set<RegisterExport>().CountAsync()));
        Assert.Equal(1, (await Export(desk)).Result.Id);
    }

    [Fact]
    public async Task Cut_off_between_the_file_and_the_register_the_same_comes_again_under_the_same_numbers()
    {
        await using var desk = await RequestDesk.Open();
        await Renamed(desk, "Trạm mới (bịa)");
        var written = "";
        desk.Stage.Crash.Arm(1, after: false);
        await Assert.ThrowsAsync<PowerCut>(() => Exporter(desk, exporter => exporter.Export("operator", file => written = Encoding.UTF8.GetString(file), default)));
        desk.Stage.Crash.Disarm();
        Assert.NotEmpty(written);
        Assert.Equal(written, (await Export(desk)).Text);
    }

    [Fact]
    public async Task An_earlier_export_is_written_again_under_its_number()
    {
        await using var desk = await RequestDesk.Open();
        await Renamed(desk, "Trạm mới (bịa)");
        var (first, text) = await Export(desk);
        var again = "";
        var same = await Exporter(desk, exporter => exporter.Again(1, file => again = Encoding.UTF8.GetString(file), default));
        Assert.Equal((true, first.Sha256, text), (same.IsAsBefore, same.Sha256, again));
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Name = "Trạm đổi tên (bịa)" });
        Assert.False((await Exporter(desk, exporter => exporter.Again(1, file => again = Encoding.UTF8.GetString(file), default))).IsAsBefore);
        Assert.Contains("Trạm đổi tên (bịa)", again, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NoSuchExport>(() => Exporter(desk, exporter => exporter.Again(7, _ => { }, default)));
    }

    private static async Task<string> Renamed(RequestDesk desk, string name)
    {
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = name, Changed = [RequestField.Name] }));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).IsDone);
        return number;
    }

    private static async Task<string> Approved(RequestDesk desk, FilledForm form, AddressCode? code)
    {
        var number = await desk.Sent(form);
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        Assert.True((await desk.Do("Bình", tells => code is null ? new ApproveWithoutCode(number, tells) : new ApproveRequest(number, code, null, tells))).IsDone);
        return number;
    }

    private static async Task Collaborator(RequestDesk desk)
    {
        var conversation = await desk.Stage.ConversationOf("Em");
        await desk.Stage.Arrange((_, db) =>
        {
            db.Grants.Add(new DiaChiSo.Core.People.RoleGrant { PersonId = conversation.PersonId, Role = DiaChiSo.Core.People.Role.Collaborator, Area = "*", GrantedAt = desk.Stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
    }

    private static async Task Visited(RequestDesk desk, Visit visit)
    {
        VisitResult? result = null;
        await desk.Do("Em", _ => new RecordVisit(visit, told => result = told));
        Assert.True(result!.IsRecorded);
    }

    private static async Task<(ExportResult Result, string Text)> Export(RequestDesk desk)
    {
        var text = "";
        return (await Exporter(desk, exporter => exporter.Export("operator", file => text = Encoding.UTF8.GetString(file), default)), text);
    }

    private static Task<ExportResult> Look(RequestDesk desk) => Exporter(desk, exporter => exporter.Look(default));

    private static async Task<T> Exporter<T>(RequestDesk desk, Func<RegisterExporter, Task<T>> work)
    {
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<RegisterExporter>());
    }

    private static Task<int> Open(RequestDesk desk) => desk.Stage.Ask(db => db.Set<ExportItem>().CountAsync(item => item.AcknowledgedAt == null));

    private static async Task<ImportResult> Import(RequestDesk desk, string csv, DateOnly? day = null, bool isDry = false)
    {
        var path = Path.Combine(Path.GetTempPath(), $"diachiso-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, csv);
        try
        {
            await using var scope = desk.Stage.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<RegisterImporter>().Run(new([new CsvRows(path) { Date = day ?? new(2027, 1, 1) }], isDry, "operator"), null, default);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
