using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.Requests;

public sealed class DecidingRequests
{
    private static readonly AddressCode Fresh = new("3260600099");

    private static async Task<(RequestDesk Desk, string Number)> InHand(FilledForm? form = null)
    {
        var desk = await RequestDesk.Open();
        var number = await desk.Sent(form ?? RequestDesk.New());
        Assert.True((await desk.Do("Bình", tells => new ClaimRequest(number, tells))).IsDone);
        return (desk, number);
    }

    private static async Task<(RequestDesk Desk, string Number)> Renaming(string name)
    {
        var desk = await RequestDesk.Open();
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = name, Changed = [RequestField.Name] }));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        return (desk, number);
    }

    [Fact]
    public async Task An_approved_update_changes_the_register_in_the_same_transaction()
    {
        var (desk, number) = await Renaming("Trạm y tế mới (bịa)");
        await using var _ = desk;
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).IsDone);
        Assert.Equal("Trạm y tế mới (bịa)", (await desk.Address(RequestDesk.HealthStation))!.PublicName);
        Assert.Equal(number, (await desk.Stage.Ask(db => db.Set<RegisterChange>().AsNoTracking().OrderBy(row => row.Id).LastAsync())).By);
        Assert.Equal("notice-changed", Assert.Single(await desk.NoticesTo("An")).Section);
        Assert.Equal(1, await desk.Stage.Ask(db => db.Mails.CountAsync()));
    }

    [Fact]
    public async Task A_new_address_gets_the_issued_code_and_waits_to_be_confirmed()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells))).IsDone);
        var address = (await desk.Address(Fresh))!;
        Assert.Equal((AddressStatus.NotYetConfirmed, "Bản Tà Là Cáo"), (address.Status, address.Village));
        Assert.Equal(Fresh, (await desk.Row(number)).IssuedCode);
    }

    [Theory]
    [InlineData("3261200099", Refusal.CodeOfOtherArea)]
    [InlineData("3260600012", Refusal.CodeTaken)]
    [InlineData(null, Refusal.CodeOfOtherArea)]
    public async Task A_code_must_be_of_this_commune_and_free(string? code, Refusal why)
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        var outcome = await desk.Do("Bình", tells => new ApproveRequest(number, code is null ? null : new AddressCode(code), null, tells));
        Assert.Equal(why, outcome.Refusal);
        Assert.Equal(RequestStatus.BeingVerified, (await desk.Row(number)).Status);
    }

    [Fact]
    public void Codes_of_the_old_and_the_new_prefixes_are_both_of_the_commune()
    {
        Assert.True(ApproveRequest.IsOfArea(new("3260600099"), "03217", AdministrativeUnits.Shipped));   // TT Tủa Chùa, and the commune of today
        Assert.True(ApproveRequest.IsOfArea(new("3260700099"), "03217", AdministrativeUnits.Shipped));   // Mường Báng, until 30/6/2025
        Assert.True(ApproveRequest.IsOfArea(new("3251100099"), "03217", AdministrativeUnits.Shipped));   // Nà Tòng, which came from another district
        Assert.False(ApproveRequest.IsOfArea(new("3261200099"), "03217", AdministrativeUnits.Shipped));
    }

    [Fact]
    public async Task A_field_that_was_changed_meanwhile_is_refused_until_the_reviewer_has_seen_it()
    {
        var (desk, number) = await Renaming("Trạm y tế mới (bịa)");
        await using var _ = desk;
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Name = "Trạm y tế khác (bịa)" });
        var refused = await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells));
        Assert.Equal((Refusal.AddressChanged, RequestField.Name), (refused.Refusal, Assert.Single(refused.Conflicts)));
        var version = (await desk.Address(RequestDesk.HealthStation))!.Version;
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, version, tells))).IsDone);
    }

    [Fact]
    public async Task Another_field_that_was_changed_meanwhile_is_no_conflict_and_stays()
    {
        var (desk, number) = await Renaming("Trạm y tế mới (bịa)");
        await using var _ = desk;
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Village = "Đội 6" });
        Assert.True((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).IsDone);
        Assert.Equal("Đội 6", (await desk.Address(RequestDesk.HealthStation))!.Village);
    }

    [Fact]
    public async Task A_contact_that_was_changed_meanwhile_is_a_conflict_too()
    {
        var desk = await RequestDesk.Open();
        await using var _ = desk;
        var wish = new Contact(ContactRole.Owner, "Người Thử Bảy", "0912000007", "");
        var number = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Contact = wish, Changed = [RequestField.Contact] }));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Contact = wish with { FullName = "Người Thử Tám" } });
        Assert.Equal(RequestField.Contact, Assert.Single((await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).Conflicts));
    }

    [Fact]
    public async Task An_address_that_was_withdrawn_is_not_changed_any_more()
    {
        var (desk, number) = await Renaming("Trạm y tế mới (bịa)");
        await using var _ = desk;
        await desk.Change(RequestDesk.HealthStation, new AddressChange { Status = AddressStatus.Withdrawn });
        Assert.Equal(Refusal.AddressGone, (await desk.Do("Bình", tells => new ApproveRequest(number, null, null, tells))).Refusal);
    }

    [Fact]
    public async Task Nobody_decides_their_own_request()
    {
        var desk = await RequestDesk.Open();
        await using var _ = desk;
        await desk.Verify("Bình");
        var number = await desk.Sent(RequestDesk.New(), by: "Bình");
        Assert.Equal(Refusal.OwnRequest, (await desk.Do("Bình", tells => new ClaimRequest(number, tells))).Refusal);
    }

    [Fact]
    public async Task What_one_reviewer_has_in_hand_another_one_cannot_take_for_a_day()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        Assert.Equal(Refusal.InOtherHands, (await desk.Do("Chi", tells => new ClaimRequest(number, tells))).Refusal);
        Assert.Equal(Refusal.InOtherHands, (await desk.Do("Chi", tells => new RejectRequest(number, "không rõ", tells))).Refusal);
        desk.Stage.Time.Advance(TimeSpan.FromHours(24));
        Assert.True((await desk.Do("Chi", tells => new ClaimRequest(number, tells))).IsDone);
        Assert.Equal(Refusal.InOtherHands, (await desk.Do("Bình", tells => new RejectRequest(number, "không rõ", tells))).Refusal);
    }

    [Fact]
    public async Task A_right_of_another_commune_or_taken_back_opens_nothing()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Grant("Em", "03226");
        Assert.Equal(Refusal.NotThere, (await desk.Do("Em", tells => new ClaimRequest(number, tells))).Refusal);
        await desk.Stage.Arrange(async (_, db) => (await db.Grants.FirstAsync()).RevokedAt = desk.Stage.Time.GetUtcNow());
        Assert.Equal(Refusal.NotThere, (await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells))).Refusal);
    }

    [Fact]
    public async Task A_second_decision_comes_too_late()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        Assert.True((await desk.Do("Bình", tells => new RejectRequest(number, "Không có nơi này", tells))).IsDone);
        Assert.Equal(Refusal.TooLate, (await desk.Do("Bình", tells => new ApproveRequest(number, Fresh, null, tells))).Refusal);
        Assert.Equal("Không có nơi này", Assert.Single(await desk.NoticesTo("An")).Holes["reason"]);
    }

    [Fact]
    public async Task A_duplicate_names_an_address_or_a_request_that_is_there()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        Assert.Equal(Refusal.OriginalNotThere, (await desk.Do("Bình", tells => new MarkDuplicate(number, "3260600098", tells))).Refusal);
        Assert.Equal(Refusal.OriginalNotThere, (await desk.Do("Bình", tells => new MarkDuplicate(number, number, tells))).Refusal);
        Assert.True((await desk.Do("Bình", tells => new MarkDuplicate(number, "32606 00012", tells))).IsDone);
        Assert.Equal("3260600012", (await desk.Row(number)).DuplicateOf);
    }

    [Fact]
    public async Task The_queue_shows_what_waits_in_ones_communes_and_never_ones_own()
    {
        var (desk, number) = await InHand();
        await using var _ = desk;
        await desk.Verify("Bình");
        await desk.Sent(RequestDesk.New(), by: "Bình");
        await desk.Stage.Arrange(async (services, _) =>
        {
            var queue = (IReviewQueue)services.GetService(typeof(IReviewQueue))!;
            var now = desk.Stage.Time.GetUtcNow();
            var mine = Assert.Single(await queue.Waiting(await desk.Id("Bình"), QueueFilter.None, now, 0, 5, default));
            Assert.Equal((number, true), (mine.Number, mine.IsInMyHands));
            Assert.Equal(1, (await queue.Count(await desk.Id("Chi"), now, default)).Of(QueueFilter.None));
            Assert.Empty(await queue.Waiting(await desk.Id("An"), QueueFilter.None, now, 0, 5, default));
            Assert.Null(await queue.Find(await desk.Id("An"), number, now, default));
        });
    }
}
