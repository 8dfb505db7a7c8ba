using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>Two changes meet on one address: each field is decided by itself, with what was, what is and what is wished side by side.</summary>
public sealed class FieldByField
{
    private static async Task<(RequestDesk Desk, string Number)> NameAndVillage()
    {
        var desk = await RequestDesk.Open();
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with
        {
            Name = "Trạm mới (bịa)",
            Detail = body.Seen!.Detail with { Village = "Đội 6" },
            Changed = [RequestField.Name, RequestField.Detail],
        }));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        return (desk, number);
    }

    [Fact]
    public async Task The_fields_that_are_taken_are_written_and_the_others_stay()
    {
        var (desk, number) = await NameAndVillage();
        await using var _ = desk;
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells) { Fields = [RequestField.Detail], Reason = "Tên chưa đúng." })).IsDone);
        var row = (await desk.Address(RequestDesk.HealthStation))!;
        Assert.Equal(("Trạm y tế Mường Báng (bịa)", "Đội 6"), (row.PublicName, row.Village));
        var told = Assert.Single(await desk.NoticesTo("An"));
        Assert.Equal(("notice-changed-in-part", "Địa chỉ", "Tên gọi", "Tên chưa đúng."), (told.Section, told.Holes["taken"], told.Holes["kept"], told.Holes["reason"]));
        var letter = await desk.Stage.Ask(db => db.Mails.AsNoTracking().SingleAsync());
        Assert.Contains("Giữ như trước: Tên gọi", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_fields_taken_is_an_approval_like_any_other()
    {
        var (desk, number) = await NameAndVillage();
        await using var _ = desk;
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells) { Fields = [RequestField.Detail, RequestField.Name], Reason = "thừa" });
        Assert.Equal("notice-changed", Assert.Single(await desk.NoticesTo("An")).Section);
        Assert.Null((await desk.Row(number)).Reason);
    }

    [Fact]
    public async Task A_field_that_is_kept_is_no_conflict_however_it_was_changed()
    {
        var (desk, number) = await NameAndVillage();
        await using var _ = desk;
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Name = "Trạm khác (bịa)" });
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells) { Fields = [RequestField.Detail], Reason = "Tên vừa sửa." })).IsDone);
        Assert.Equal("Trạm khác (bịa)", (await desk.Address(RequestDesk.HealthStation))!.PublicName);
    }

    [Fact]
    public async Task The_reviewer_sees_what_was_what_is_and_what_is_wished_people_included()
    {
        await using var desk = await RequestDesk.Open();
        var wish = new Contact(ContactRole.Owner, "Người Thử Bảy", "0912000007", "");
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Contact = wish, Changed = [RequestField.Contact] }));
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Contact = wish with { FullName = "Người Thử Tám" } });
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Contact = wish with { FullName = "Người Thử Chín" }, Village = "Đội 8" });
        var seen = (await Find(desk, number))!;
        Assert.Equal(
            ("Người Thử Bốn", "Người Thử Chín", "Người Thử Bảy", "Đội 5"),
            (seen.Then!.Contact!.FullName, seen.Now!.Contact!.FullName, seen.Body.Contact!.FullName, seen.Then.Detail!.Village));
        Assert.Equal([RequestField.Contact], seen.Conflicts);
    }

    [Fact]
    public async Task Another_open_request_about_the_same_field_is_named_with_its_wish()
    {
        var (desk, number) = await NameAndVillage();
        await using var _ = desk;
        var rival = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = "Trạm của người khác (bịa)", Changed = [RequestField.Name] }));
        var other = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Category = AddressCategory.Office, Changed = [RequestField.Category] }));
        var seen = Assert.Single((await Find(desk, number))!.Rivals);
        Assert.Equal((rival, "Trạm của người khác (bịa)"), (seen.Number, seen.Body.Name));
        Assert.Equal([RequestField.Name], seen.Fields);
        Assert.Empty((await Find(desk, other))!.Rivals);
        // Once mine is approved, the rival meets a change.
        await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells));
        Assert.Equal([RequestField.Name], (await Find(desk, rival))!.Conflicts);
    }

    [Fact]
    public async Task Four_eyes_hold_for_ones_own_address_too()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Verify("Bình");
        var email = await desk.Stage.Ask(async db => (await db.People.SingleAsync(row => row.Id == desk.Id("Bình").Result)).Email!);
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Contact = new Contact(ContactRole.Owner, "Người Thử Bảy", "", email) });
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = "Trạm mới (bịa)", Changed = [RequestField.Name] }));
        Assert.Equal(Refusal.OwnRequest, (await desk.Do("Bình", tells => new ClaimRequest(number, tells))).Refusal);
        Assert.True((await Find(desk, number))!.IsOwn);
        Assert.True((await desk.Do("Chi", tells => new ClaimRequest(number, tells))).IsDone);
    }

    [Fact]
    public async Task Four_eyes_hold_for_an_address_that_one_proved_to_be_ones_own()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Own("Bình", RequestDesk.HealthStation);
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = "Trạm mới (bịa)", Changed = [RequestField.Name] }));
        Assert.Equal(Refusal.OwnRequest, (await desk.Do("Bình", tells => new ClaimRequest(number, tells))).Refusal);
        Assert.DoesNotContain(await desk.NoticesTo("Bình"), notice => notice.Section == "notice-new-request");
        await desk.Stage.Arrange(async (services, _) =>
        {
            var queue = (IReviewQueue)services.GetService(typeof(IReviewQueue))!;
            Assert.Empty(await queue.Waiting(await desk.Id("Bình"), QueueFilter.None, desk.Stage.Time.GetUtcNow(), 0, 5, default));
            Assert.Single(await queue.Waiting(await desk.Id("Chi"), QueueFilter.None, desk.Stage.Time.GetUtcNow(), 0, 5, default));
        });
        // What was another one's since is nobody's own.
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Contact = new Contact(ContactRole.Owner, "Người Thử Chín", "0912000009", "") });
        Assert.True((await desk.Do("Bình", tells => new ClaimRequest(number, tells))).IsDone);
    }

    private static async Task<ReviewedRequest?> Find(RequestDesk desk, string number)
    {
        ReviewedRequest? found = null;
        await desk.Stage.Arrange(async (services, _) =>
            found = await ((IReviewQueue)services.GetService(typeof(IReviewQueue))!).Find(await desk.Id("Bình"), number, desk.Stage.Time.GetUtcNow(), default));
        return found;
    }
}
