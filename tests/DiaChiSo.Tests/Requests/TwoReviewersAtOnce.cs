using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>Two reviewers, two connections, the same request at the same moment.</summary>
public sealed class TwoReviewersAtOnce
{
    [Fact]
    public async Task One_of_two_who_open_a_request_at_the_same_moment_has_it()
    {
        await using var desk = await RequestDesk.Open();
        for (var round = 0; round < 10; round++)
        {
            var number = await desk.Sent(RequestDesk.New());
            using var start = new Barrier(2);
            var outcomes = await Task.WhenAll(((string[])["Bình", "Chi"]).Select(who => Task.Run(() => Do(desk, who, start, tells => new ClaimRequest(number, tells)))));
            Assert.Equal([null, Refusal.InOtherHands], outcomes.Select(outcome => outcome!.Refusal).Order());
            // Sent, and taken once.
            Assert.Equal(3, (await desk.Row(number)).Version);
        }
    }

    [Fact]
    public async Task Of_two_answers_at_the_same_moment_one_counts()
    {
        await using var desk = await RequestDesk.Open();
        for (var round = 0; round < 10; round++)
        {
            var number = await desk.Sent(RequestDesk.New());
            await desk.Do("Bình", tells => new ClaimRequest(number, tells));
            using var start = new Barrier(2);
            var outcomes = await Task.WhenAll(
                Task.Run(() => Do(desk, "Bình", start, tells => new RejectRequest(number, "Không rõ", tells))),
                Task.Run(() => Do(desk, "Bình", start, tells => new AskForMore(number, "Tên bản?", tells))));
            Assert.Equal([null, Refusal.TooLate], outcomes.Select(outcome => outcome!.Refusal).Order());
        }
        Assert.Equal(10, (await desk.NoticesTo("An")).Count);
    }

    [Fact]
    public async Task Who_read_it_before_another_one_took_it_cannot_write_over_that()
    {
        await using var desk = await RequestDesk.Open();
        var number = await desk.Sent(RequestDesk.New());
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        _ = await db.Set<Request>().SingleAsync(row => row.Number == number);
        Assert.True((await desk.Do("Bình", tells => new ClaimRequest(number, tells))).IsDone);
        var chi = new TurnContext(await desk.Id("Chi"), 0, "vi", desk.Stage.Time.GetUtcNow(), "chat");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => new ClaimRequest(number, _ => { }).Apply(new EffectScope(db, chi, scope.ServiceProvider), default));
        Assert.Equal(await desk.Id("Bình"), (await desk.Row(number)).ClaimedBy);
    }

    private static async Task<RequestOutcome?> Do(RequestDesk desk, string who, Barrier start, Func<Action<RequestOutcome>, Effect> make)
    {
        RequestOutcome? outcome = null;
        var conversation = await desk.Stage.ConversationOf(who);
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await db.Database.OpenConnectionAsync();
        start.SignalAndWait();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var turn = new TurnContext(conversation.PersonId, conversation.Id, "vi", desk.Stage.Time.GetUtcNow(), "chat");
        await make(told => outcome = told).Apply(new EffectScope(db, turn, scope.ServiceProvider), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return outcome;
    }
}
