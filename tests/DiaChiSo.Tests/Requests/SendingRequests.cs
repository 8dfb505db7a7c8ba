using DiaChiSo.Core.People;
using DiaChiSo.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.Requests;

public sealed class SendingRequests
{
    [Fact]
    public async Task Numbers_run_on_without_a_gap_and_begin_anew_with_the_year()
    {
        await using var desk = await RequestDesk.Open();
        Assert.Equal("YC26-000001", await desk.Sent(RequestDesk.New()));
        Assert.Equal("YC26-000002", await desk.Sent(RequestDesk.New()));
        // 31/12 18:00 UTC is already the new year in Vietnam.
        desk.Stage.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 18, 0, 0, TimeSpan.Zero));
        Assert.Equal("YC27-000001", await desk.Sent(RequestDesk.New()));
    }

    [Fact]
    public async Task A_turn_that_is_rolled_back_gives_its_number_back()
    {
        await using var desk = await RequestDesk.Open();
        Assert.Equal("YC26-000001", await desk.Sent(RequestDesk.New()));
        await Assert.ThrowsAsync<DivideByZeroException>(() => desk.Do("An", tells => new SubmitRequest(RequestDesk.New(), _ => throw new DivideByZeroException())));
        Assert.Equal("YC26-000002", await desk.Sent(RequestDesk.New()));
    }

    [Fact]
    public async Task Without_a_verified_email_nothing_is_sent()
    {
        await using var desk = await RequestDesk.Open();
        var outcome = await desk.Send("Dung", RequestDesk.New());
        Assert.Equal(Refusal.NoAccount, outcome.Refusal);
        Assert.Equal(0, await desk.Stage.Ask(db => db.Set<Request>().CountAsync()));
    }

    [Fact]
    public async Task After_consent_was_taken_back_nothing_is_sent()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Stage.Arrange(async (_, db) => (await db.Set<Consent>().SingleAsync()).WithdrawnAt = desk.Stage.Time.GetUtcNow());
        Assert.Equal(Refusal.NoAccount, (await desk.Send("An", RequestDesk.New())).Refusal);
    }

    [Fact]
    public async Task The_reviewers_of_the_commune_are_told_and_nobody_else()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Grant("Em", "03226");
        var number = await desk.Sent(RequestDesk.New());
        Assert.Equal(number, Assert.Single(await desk.NoticesTo("Bình")).Holes["number"]);
        Assert.Single(await desk.NoticesTo("Chi"));
        Assert.Empty(await desk.NoticesTo("Em"));
    }

    [Fact]
    public async Task A_reviewer_who_sends_a_request_is_not_told_of_it()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Verify("Bình");
        await desk.Sent(RequestDesk.New(), by: "Bình");
        Assert.Empty(await desk.NoticesTo("Bình"));
        Assert.Single(await desk.NoticesTo("Chi"));
    }

    [Fact]
    public async Task An_answer_to_more_wanted_keeps_its_number()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new AskForMore(number, "Tên bản?", tells));
        var again = await desk.Send("An", RequestDesk.New("Nhà Hoa Ban") with { Answers = number });
        Assert.Equal((number, true), (again.Number, again.IsDone));
        var row = await desk.Row(number);
        Assert.Equal((RequestStatus.Sent, null, "Tên bản?"), (row.Status, row.ClaimedBy, row.Reason));
    }

    [Fact]
    public async Task Nobody_answers_for_somebody_else()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Verify("Dung");
        var number = await desk.Sent(RequestDesk.New());
        Assert.Equal(Refusal.NotThere, (await desk.Send("Dung", RequestDesk.New() with { Answers = number })).Refusal);
        Assert.Equal(Refusal.NotThere, (await desk.Do("Dung", tells => new WithdrawRequest(number, tells))).Refusal);
    }

    [Fact]
    public async Task It_is_withdrawn_until_somebody_opened_it()
    {
        await using var desk = await RequestDesk.Open();
        var (one, other) = (await desk.Sent(RequestDesk.New()), await desk.Sent(RequestDesk.New()));
        await desk.Do("Bình", tells => new ClaimRequest(other, tells));
        Assert.True((await desk.Do("An", tells => new WithdrawRequest(one, tells))).IsDone);
        Assert.Equal(Refusal.TooLate, (await desk.Do("An", tells => new WithdrawRequest(other, tells))).Refusal);
    }

    [Fact]
    public async Task Nobody_sees_the_requests_of_somebody_else()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        await desk.Stage.Arrange(async (services, _) =>
        {
            var requests = (IRequests)services.GetService(typeof(IRequests))!;
            Assert.NotNull(await requests.Find(await desk.Id("An"), number, default));
            Assert.Null(await requests.Find(await desk.Id("Bình"), number, default));
            Assert.Empty(await requests.Of(await desk.Id("Bình"), 5, default));
        });
    }

    [Fact]
    public async Task What_a_person_wrote_is_not_in_the_file_in_clear()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New("Nhà sàn Hoa Ban"));
        var kept = await desk.Stage.Ask(db => db.Database.SqlQueryRaw<byte[]>("SELECT \"BodySealed\" AS \"Value\" FROM \"Requests\"").ToListAsync());
        Assert.DoesNotContain("Hoa Ban", System.Text.Encoding.UTF8.GetString(Assert.Single(kept)));
        Assert.DoesNotContain("0912000006", (await desk.Row(number)).Body.ToString());
    }
}
