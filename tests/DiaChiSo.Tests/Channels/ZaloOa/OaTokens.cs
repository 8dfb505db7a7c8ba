using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Channels.ZaloOa.Send;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>Access and refresh tokens: renewed in time and once, kept before they are used, and what happens when Zalo says no.</summary>
public sealed class OaTokens
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    private static Task<FakeZaloOa> Zalo(FakeTimeProvider clock, bool oldTokensDie = true) => FakeZaloOa.Start(new FakeZaloOaOptions { Clock = clock, OldTokensDieAtOnce = oldTokensDie });

    [Fact]
    public async Task They_are_renewed_after_20_hours_and_not_before()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        var first = (await desk.Store.Read(Ct))!;
        Assert.Equal(TimeSpan.FromHours(20), first.RenewAt - first.GivenAt);

        clock.Advance(TimeSpan.FromHours(19.9));
        Assert.Equal(first.RenewAt, await desk.Keeper.Tend(Ct));
        Assert.Equal(0, desk.Renewals);

        clock.Advance(TimeSpan.FromHours(0.2));
        await desk.Keeper.Tend(Ct);
        Assert.Equal(1, desk.Renewals);
        var second = (await desk.Store.Read(Ct))!;
        Assert.NotEqual(first.Access, second.Access);
        Assert.NotEqual(first.Refresh, second.Refresh);
        // The string "90000".
        Assert.Equal(TimeSpan.FromHours(25), second.AccessUntil - second.GivenAt);
        await desk.Keeper.Tend(Ct);
        Assert.Equal(1, desk.Renewals);
    }

    [Fact]
    public async Task What_is_kept_is_sealed()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        var pair = (await desk.Store.Read(Ct))!;
        await using var scope = desk.Services.CreateAsyncScope();
        var notes = await scope.ServiceProvider.GetRequiredService<BotDb>().Set<ChannelNote>().Where(note => note.Channel == ZaloLine.Channel).Select(note => note.Value).ToListAsync(Ct);
        Assert.NotEmpty(notes);
        Assert.All(notes, value => Assert.False(value.Contains(pair.Access) || value.Contains(pair.Refresh)));
        Assert.DoesNotContain(pair.Access, pair.ToString());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Twenty_who_find_the_token_dead_at_once_renew_it_once(bool oldTokensDie)
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock, oldTokensDie);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        var dead = await desk.Keeper.Access(Ct);
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => desk.Keeper.AccessInsteadOf(dead, Ct), Ct)));
        Assert.Equal(1, desk.Renewals);
        Assert.Single(got.Distinct());
        Assert.NotEqual(dead, got[0]);
        Assert.Empty(zalo.Refusals);
    }

    [Fact]
    public async Task Two_processes_that_find_it_dead_at_once_renew_it_once()
    {
        // Real time: the process that waits looks again every half second.
        await using var zalo = await FakeZaloOa.Start();
        await using var one = await OaTokenDesk.On(zalo, TimeProvider.System);
        await using var two = one.Another(TimeProvider.System);
        var dead = await one.Keeper.Access(Ct);
        var got = await Task.WhenAll(Enumerable.Range(0, 10).Select(at => Task.Run(() => (at % 2 == 0 ? one : two).Keeper.AccessInsteadOf(dead, Ct), Ct)));
        Assert.Equal(1, one.Renewals);
        Assert.Single(got.Distinct());
        Assert.Empty(zalo.Refusals);
    }

    [Fact]
    public async Task A_process_that_died_while_it_renewed_is_waited_for_and_then_gone_past()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        Assert.True(await desk.Store.Claim("a process that died", TimeSpan.FromSeconds(90), Ct));
        var waiting = desk.Keeper.AccessInsteadOf(await desk.Keeper.Access(Ct), Ct);
        for (var step = 0; step < 400 && !waiting.IsCompleted; step++)
        {
            Assert.True(desk.Renewals == 0 || clock.GetUtcNow() - clock.Start >= TimeSpan.FromSeconds(90));
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(5, Ct);
        }
        await waiting;
        Assert.Equal(1, desk.Renewals);
    }

    [Fact]
    public async Task A_program_that_is_killed_between_keeping_and_using_goes_on_with_what_was_kept()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        clock.Advance(TimeSpan.FromHours(21));
        // Everything up to the save; the call that was to use it is never made.
        await desk.Keeper.Tend(Ct);
        await using var after = desk.Another(clock);
        await after.Line.SendMessage(ZaloMessage.OfText(Friend(zalo), "a"), Ct);
        Assert.Equal(1, desk.Renewals);
        Assert.Empty(zalo.Refusals);
    }

    [Fact]
    public async Task A_pair_that_the_disk_does_not_take_is_not_lost_and_not_used_before_it_is_kept()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        var dead = await desk.Keeper.Access(Ct);
        await Break(desk, "CREATE TRIGGER broken BEFORE UPDATE ON ChannelNotes WHEN NEW.Name LIKE 'tokens%' BEGIN SELECT RAISE(FAIL, 'disk full'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Keeper.AccessInsteadOf(dead, Ct));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Keeper.AccessInsteadOf(dead, Ct));
        await Break(desk, "DROP TRIGGER broken");
        var next = await desk.Keeper.AccessInsteadOf(dead, Ct);
        Assert.NotEqual(dead, next);
        Assert.Equal(1, desk.Renewals);
        Assert.Equal(next, (await desk.Store.Read(Ct))!.Access);
    }

    [Theory, InlineData(-216), InlineData(-220), InlineData(-124)]
    public async Task A_call_whose_token_is_refused_is_made_once_more_with_a_new_one(int error)
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        zalo.Script.Next("message/cs", OaAnswer.Refused(error));
        await desk.Line.SendMessage(ZaloMessage.OfText(Friend(zalo), "a"), Ct);
        Assert.Equal(1, desk.Renewals);
        Assert.Equal([error, 0], zalo.Messages.Select(call => call.Error));
        Assert.NotEqual(zalo.Messages[0].AccessToken, zalo.Messages[1].AccessToken);
    }

    [Fact]
    public async Task Http_401_is_the_same_and_a_second_refusal_is_the_end()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        zalo.Script.Next("message/cs", OaAnswer.Http(401));
        zalo.Script.Next("message/cs", OaAnswer.Refused(-216));
        var refused = await Assert.ThrowsAsync<ZaloRefused>(() => desk.Line.SendMessage(ZaloMessage.OfText(Friend(zalo), "a"), Ct));
        Assert.Equal(Meant.Token, refused.Meant);
        Assert.Equal(1, desk.Renewals);
        Assert.Equal(2, zalo.Messages.Count);
    }

    [Fact]
    public async Task A_refresh_token_that_Zalo_refuses_turns_health_red_is_asked_for_once_and_a_login_heals_it()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        zalo.RevokeTokens();
        clock.Advance(TimeSpan.FromHours(21));
        await Assert.ThrowsAsync<NeedsLogin>(() => desk.Keeper.Tend(Ct));
        Assert.Contains("zalo login", Assert.Single(desk.Pulse.Alarms));
        await desk.Keeper.Tend(Ct);
        await Assert.ThrowsAsync<NeedsLogin>(() => desk.Keeper.AccessInsteadOf(desk.Store.Read(Ct).Result!.Access, Ct));
        Assert.Equal(1, desk.Renewals);

        await desk.LogIn();
        await desk.Keeper.Tend(Ct);
        Assert.Empty(desk.Pulse.Alarms);
        await desk.Line.SendMessage(ZaloMessage.OfText(Friend(zalo), "a"), Ct);
    }

    [Fact]
    public async Task While_the_access_token_is_good_a_refused_renewal_stops_nobody()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock, oldTokensDie: false);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        clock.Advance(TimeSpan.FromHours(21));
        zalo.Script.Next("access_token", OaAnswer.Refused(-14020));
        await Assert.ThrowsAsync<NeedsLogin>(() => desk.Keeper.Tend(Ct));
        Assert.NotEmpty(desk.Pulse.Alarms);
        await desk.Line.SendMessage(ZaloMessage.OfText(Friend(zalo), "a"), Ct);
        Assert.All(zalo.Messages, call => Assert.Equal(0, call.Error));
    }

    [Theory, InlineData(500), InlineData(429), InlineData(302)]
    public async Task An_address_that_stumbles_is_asked_again_later_with_the_same_token(int status)
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock);
        clock.Advance(TimeSpan.FromHours(21));
        zalo.Script.Next("access_token", OaAnswer.Http(status));
        await Assert.ThrowsAsync<HttpRequestException>(() => desk.Keeper.Tend(Ct));
        Assert.Empty(desk.Pulse.Alarms);
        await desk.Keeper.Tend(Ct);
        Assert.Equal(2, desk.Renewals);
    }

    [Fact]
    public async Task Without_a_login_nothing_is_asked_for()
    {
        var clock = Clock();
        await using var zalo = await Zalo(clock);
        await using var desk = await OaTokenDesk.On(zalo, clock, isLoggedIn: false);
        await desk.Keeper.Tend(Ct);
        await Assert.ThrowsAsync<NeedsLogin>(() => desk.Keeper.Access(Ct));
        Assert.NotEmpty(desk.Pulse.Alarms);
        Assert.Empty(zalo.Requests);
    }

    private static string Friend(FakeZaloOa zalo)
    {
        var an = zalo.Someone("An");
        an.Follow();
        return an.Id;
    }

    private static async Task Break(OaTokenDesk desk, string sql)
    {
        await using var scope = desk.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BotDb>().Database.ExecuteSqlRawAsync(sql, Ct);
    }
}
