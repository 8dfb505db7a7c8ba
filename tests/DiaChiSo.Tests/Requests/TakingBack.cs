using DiaChiSo.Core.Export;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>An answer is taken back within ten minutes: the register, the request, the requester and the e-mail are as if it had not been given.</summary>
public sealed class TakingBack
{
    private static readonly AddressCode Fresh = new("3260600099");

    private static async Task<(RequestDesk Desk, string Number)> InHand(Func<RequestDesk, Task<FilledForm>>? form = null)
    {
        var desk = await RequestDesk.Open();
        var number = await desk.Sent(form is null ? RequestDesk.New() : await form(desk));
        Assert.True((await desk.Do("Bình", tells => new ClaimRequest(number, tells))).IsDone);
        return (desk, number);
    }

    private static Task<FilledForm> Everything(RequestDesk desk) => desk.Update(RequestDesk.HealthStation, body => body with
    {
        Category = AddressCategory.Home,
        Name = null,
        Detail = new AddressDetail("7", "đường mới", "Đội 6", body.Seen!.Detail.Commune, body.Seen.Detail.FormerCommune),
        Contact = new Contact(ContactRole.Owner, "Người Thử Bảy", "0912000007", ""),
        Gate = new GateFix(new GeoPoint(21.841801234567, 103.351101234567), 5),
        Changed = [RequestField.Category, RequestField.Name, RequestField.Detail, RequestField.Contact, RequestField.Gate],
    });

    private static async Task<string> Whole(RequestDesk desk)
    {
        var row = (await desk.Address(RequestDesk.HealthStation))!;
        return string.Join('|', row.Category, row.PublicName, row.House, row.Street, row.Village, row.Commune, row.FormerCommune,
            row.Latitude?.ToString("R"), row.Longitude?.ToString("R"), row.ContactSealed, row.Status);
    }

    [Fact]
    public async Task Every_field_of_the_register_gets_back_exactly_what_it_had()
    {
        var (desk, number) = await InHand(Everything);
        await using var _ = desk;
        var before = await Whole(desk);
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).IsDone);
        Assert.NotEqual(before, await Whole(desk));
        Assert.True((await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).IsDone);
        Assert.Equal(before, await Whole(desk));
        Assert.Equal((RequestStatus.BeingVerified, (long?)await desk.Id("Bình"), (long?)null), await Standing(desk, number));
    }

    [Fact]
    public async Task The_requester_is_told_in_the_chat_and_no_letter_goes_out()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new RejectRequest(number, "Không có nơi này", tells));
        var letter = await desk.Stage.Ask(db => db.Mails.AsNoTracking().SingleAsync());
        Assert.Equal(letter.CreatedAt + TimeSpan.FromMinutes(10), letter.NotBefore);
        await desk.Do("Bình", tells => new TakeAnswerBack(number, tells));
        Assert.Equal(["notice-rejected", "notice-taken-back"], (await desk.NoticesTo("An")).Select(notice => notice.Section));
        Assert.Equal(0, await desk.Stage.Ask(db => db.Mails.CountAsync()));
        Assert.Null((await desk.Row(number)).Reason);
    }

    [Fact]
    public async Task A_letter_that_is_out_is_followed_by_another_one()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new RejectRequest(number, "Không có nơi này", tells));
        await desk.Stage.Arrange(async (_, db) => (await db.Mails.SingleAsync()).Status = RowStatus.Done);
        await desk.Do("Bình", tells => new TakeAnswerBack(number, tells));
        var letters = await desk.Stage.Ask(db => db.Mails.AsNoTracking().OrderBy(mail => mail.Id).ToListAsync());
        Assert.Equal(2, letters.Count);
        Assert.Contains("không còn đúng", letters[1].Body, StringComparison.Ordinal);
        Assert.Equal(letters[1].CreatedAt, letters[1].NotBefore);
    }

    [Fact]
    public async Task Who_was_no_owner_any_more_because_of_the_answer_is_it_again()
    {
        var (desk, number) = await InHand(Everything);
        await using var _ = desk;
        await desk.Own("Dung", RequestDesk.HealthStation);
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells));
        Assert.Equal(OwnershipEnd.OtherContact, (await desk.Stage.Ask(db => db.Set<Ownership>().AsNoTracking().SingleAsync())).EndedBy);
        Assert.True((await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).IsDone);
        Assert.Null((await desk.Stage.Ask(db => db.Set<Ownership>().AsNoTracking().SingleAsync())).EndedAt);
        Assert.Equal(["notice-ended", "notice-changed"], (await desk.NoticesTo("Dung")).Select(notice => notice.Section));
    }

    [Fact]
    public async Task A_new_address_is_out_of_the_register_and_its_code_free_again()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells));
        Assert.True((await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).IsDone);
        Assert.Null(await desk.Address(Fresh));
        await using (var scope = desk.Stage.Services.CreateAsyncScope())
        {
            var register = scope.ServiceProvider.GetRequiredService<IAddressRegister>();
            Assert.Null(await register.Find(Fresh, default));
            Assert.DoesNotContain(await register.Search("Bản Tà Là Cáo", 5, default), match => match.Address.Code == Fresh);
        }
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells))).IsDone);
        Assert.NotNull(await desk.Address(Fresh));
    }

    [Fact]
    public async Task What_somebody_changed_since_is_not_touched()
    {
        var (desk, number) = await InHand(Everything);
        await using var _ = desk;
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells));
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Village = "Đội 7" });
        var outcome = await desk.Do("Bình", tells => new TakeAnswerBack(number, tells));
        Assert.Equal((Refusal.ChangedSince, RequestField.Detail), (outcome.Refusal!.Value, Assert.Single(outcome.Conflicts)));
        Assert.Equal("Đội 7", (await desk.Address(RequestDesk.HealthStation))!.Village);
        Assert.Equal(RequestStatus.Approved, (await desk.Row(number)).Status);
    }

    [Fact]
    public async Task Another_field_that_somebody_changed_since_stays_as_they_have_it()
    {
        var desk = await RequestDesk.Open();
        await using var _ = desk;
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = "Trạm mới (bịa)", Changed = [RequestField.Name] }));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells));
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Village = "Đội 7" });
        Assert.True((await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).IsDone);
        var row = (await desk.Address(RequestDesk.HealthStation))!;
        Assert.Equal(("Trạm y tế Mường Báng (bịa)", "Đội 7"), (row.PublicName, row.Village));
    }

    [Fact]
    public async Task A_new_address_that_somebody_asked_about_since_stays()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells));
        await desk.Sent(await desk.Update(Fresh, body => body with { Name = "Nhà Hoa Ban", Changed = [RequestField.Name] }));
        Assert.Equal(Refusal.ChangedSince, (await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).Refusal);
        Assert.NotNull(await desk.Address(Fresh));
    }

    [Fact]
    public async Task Ten_minutes_later_or_by_somebody_else_it_is_too_late()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new RejectRequest(number, "Không có nơi này", tells));
        Assert.Equal(Refusal.TooLateToTakeBack, (await desk.Do("Chi", tells => new TakeAnswerBack(number, tells))).Refusal);
        desk.Stage.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Refusal.TooLateToTakeBack, (await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).Refusal);
    }

    [Fact]
    public async Task A_question_that_was_answered_is_not_taken_back()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new AskForMore(number, "Tên bản?", tells));
        await desk.Send("An", RequestDesk.New("Nhà Hoa Ban") with { Answers = number });
        Assert.Equal(Refusal.TooLate, (await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).Refusal);
    }

    [Fact]
    public async Task What_went_to_the_post_office_is_not_taken_back()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells));
        await using (var scope = desk.Stage.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RegisterExporter>().Export("operator", _ => { }, default);
        }
        Assert.Equal(Refusal.Exported, (await desk.Do("Bình", tells => new TakeAnswerBack(number, tells))).Refusal);
        Assert.NotNull(await desk.Address(Fresh));
    }

    private static async Task<(RequestStatus, long?, long?)> Standing(RequestDesk desk, string number) =>
        await desk.Row(number) is var row ? (row.Status, row.ClaimedBy, row.DecidedBy) : default;
}
