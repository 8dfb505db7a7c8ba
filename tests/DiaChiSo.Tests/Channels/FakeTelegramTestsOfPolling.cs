using DiaChiSo.Fakes.Telegram;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;

namespace DiaChiSo.Tests.Channels;

/// <summary>getUpdates: offsets, limits, waiting, two pollers.</summary>
public class FakeTelegramTestsOfPolling
{
    [Fact]
    public async Task Updates_come_in_order_with_ids_rising_by_one()
    {
        await using var talk = await TelegramTalk.Start(new() { FirstUpdateId = 500 });
        talk.An.Say("a");
        talk.An.Say("b");

        var updates = await talk.Bot.GetUpdates();

        Assert.Equal([500, 501, 502], updates.Select(update => update.Id));
        Assert.Equal(["/start", "a", "b"], updates.Select(update => update.Message!.Text));
    }

    [Fact]
    public async Task Only_a_higher_offset_confirms()
    {
        await using var talk = await TelegramTalk.Start(new() { FirstUpdateId = 500 });
        talk.An.Say("a");

        var first = await talk.Bot.GetUpdates();
        var again = await talk.Bot.GetUpdates(501);
        var pending = talk.Telegram.PendingUpdates;

        Assert.Equal([500, 501], first.Select(update => update.Id));
        Assert.Equal([501], again.Select(update => update.Id));
        Assert.Equal(1, pending);
    }

    [Fact]
    public async Task A_negative_offset_counts_from_the_end_and_forgets_the_rest()
    {
        await using var talk = await TelegramTalk.Start(new() { FirstUpdateId = 500 });
        talk.An.Say("a");
        talk.An.Say("b");

        var last = await talk.Bot.GetUpdates(-2);

        Assert.Equal([501, 502], last.Select(update => update.Id));
        Assert.Equal(2, talk.Telegram.PendingUpdates);
    }

    [Fact]
    public async Task A_limit_cuts_the_batch()
    {
        await using var talk = await TelegramTalk.Start();
        talk.An.Say("a");

        Assert.Single(await talk.Bot.GetUpdates(limit: 1));
    }

    [Fact]
    public async Task A_waiting_poll_ends_when_somebody_speaks()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        var poll = talk.Bot.GetUpdates(timeout: 50);

        talk.An.Say("a");

        Assert.Equal("a", Assert.Single(await poll).Message!.Text);
    }

    [Fact]
    public async Task A_poll_waits_for_at_most_50_seconds()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        var poll = talk.Raw("getUpdates?timeout=500");

        var wait = await clock.NextTimer();
        clock.Advance(wait);

        Assert.Equal(TimeSpan.FromSeconds(50), wait);
        Assert.Empty((await poll).Answer["result"]!.AsArray());
    }

    [Fact]
    public async Task The_same_offset_again_within_three_seconds_waits()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        await talk.Bot.GetUpdates(7);
        clock.Advance(TimeSpan.FromSeconds(1));
        var poll = talk.Bot.GetUpdates(7);

        var wait = await clock.NextTimer();
        clock.Advance(wait);

        Assert.Equal(TimeSpan.FromSeconds(3), wait);
        Assert.Empty(await poll);
    }

    [Fact]
    public async Task The_same_offset_again_within_half_a_second_gives_one_update()
    {
        await using var talk = await TelegramTalk.Start(new() { Clock = new FakeTimeProvider() });
        talk.An.Say("a");

        var first = await talk.Bot.GetUpdates(5);
        var again = await talk.Bot.GetUpdates(5);

        Assert.Equal((2, 1), (first.Length, again.Length));
    }

    [Fact]
    public async Task With_two_pollers_the_older_one_gets_409()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        var conflict = talk.Telegram.WaitForRequest(request => request.Status == 409);
        var older = TelegramTalk.Refused(() => talk.Bot.GetUpdates(timeout: 50));
        Task<Telegram.Bot.Types.Update[]> newer;
        do
        {
            newer = talk.Bot.GetUpdates(offset: 1, timeout: 50);
        }
        while (await Task.WhenAny(older, newer, Task.Delay(200, TestContext.Current.CancellationToken)) != older);

        var refusal = await older;
        talk.An.Say("a");

        Assert.Equal((409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"), (refusal.ErrorCode, refusal.Message));
        Assert.Equal("getUpdates", (await conflict).Method);
        Assert.Equal("a", Assert.Single(await newer).Message!.Text);
    }

    [Fact]
    public async Task With_a_webhook_polling_gets_409_in_the_words_of_the_sample()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SetWebhook("https://bot.example.invalid/telegram");

        var (_, answer) = await talk.Raw("getUpdates");
        await talk.Bot.DeleteWebhook();

        Assert.Equal(TelegramSamples.Json("error-409-webhook-active.json").ToJsonString(), answer.ToJsonString());
        Assert.Single(await talk.Bot.GetUpdates());
    }

    [Fact]
    public async Task After_a_week_of_silence_the_ids_restart_and_a_greater_offset_confirms_nothing()
    {
        var clock = new FakeTimeProvider();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock, FirstUpdateId = 900_000 });
        await talk.Bot.GetUpdates(900_001);
        clock.Advance(TimeSpan.FromDays(8));
        talk.Telegram.AWeekOfSilence(at: 400);
        talk.An.Say("a");
        talk.An.Say("b");

        var first = await talk.Bot.GetUpdates(900_001);
        var next = await talk.Bot.GetUpdates(401);

        Assert.Equal([400, 401], first.Select(update => update.Id));
        Assert.Equal([401], next.Select(update => update.Id));
    }

    [Fact]
    public async Task Only_the_types_that_were_asked_for_arrive_and_the_wish_persists()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await talk.Bot.GetUpdates(allowedUpdates: [UpdateType.CallbackQuery]);
        talk.An.Say("a");
        await talk.Bot.SendMessage(talk.An.Id, "b");
        talk.An.Forge("x");

        Assert.Equal(UpdateType.CallbackQuery, Assert.Single(await talk.Bot.GetUpdates()).Type);
    }

    [Fact]
    public async Task Membership_and_reactions_of_others_are_left_out_by_default()
    {
        await using var talk = await TelegramTalk.Start(open: false);

        Assert.Equal(0, talk.Telegram.Deliver("chat_member", "{}"));
        Assert.Equal(0, talk.Telegram.Deliver("message_reaction", "{}"));
        Assert.NotEqual(0, talk.Telegram.Deliver("subscription", "{}"));
    }

    [Fact]
    public async Task A_message_waits_for_a_day_and_a_press_for_150_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        talk.An.Say("a");
        await talk.Bot.SendMessage(talk.An.Id, "b");
        talk.An.Forge("x");

        clock.Advance(TimeSpan.FromSeconds(151));
        var withoutThePress = talk.Telegram.PendingUpdates;
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((1, 0), (withoutThePress, talk.Telegram.PendingUpdates));
    }
}
