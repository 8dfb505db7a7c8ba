using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary>In order in each chat, chats side by side, at least once; nobody waits for somebody else's fault. All time is fake.</summary>
public sealed class TheOutboxSends : IAsyncLifetime
{
    private readonly ScriptedChannel channel = new(Stage.Channel);
    private Stage stage = null!;
    private OutboxWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        stage = await Stage.Open();
        worker = WorkerOf(new OutboxReach());
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task What_is_said_in_one_chat_arrives_in_its_order()
    {
        await Put("An", "1", "2", "3");
        await Look();
        Assert.Equal([("An", "1"), ("An", "2"), ("An", "3")], channel.Arrived);
    }

    [Fact]
    public async Task A_chat_has_one_message_under_way_and_the_other_chats_do_not_wait_for_it()
    {
        var held = new TaskCompletionSource<Sending>();
        channel.Answer = (outgoing, _) => outgoing.ChatKey == "An" ? held.Task : Task.FromResult<Sending>(new Sending.Done());
        await Put("An", "1", "2");
        await Put("Bình", "1", "2");
        await worker.Look(default);
        while (channel.Arrived.Count < 2)
        {
            await worker.Look(default);
            await Task.Yield();
        }
        Assert.Equal([("Bình", "1"), ("Bình", "2")], channel.Arrived);
        Assert.Single(channel.Tries, outgoing => outgoing.ChatKey == "An");
        held.SetResult(new Sending.Done());
        await worker.Drained();
        await Look();
        Assert.Equal([("An", "1"), ("An", "2")], channel.Arrived.Skip(2));
    }

    [Fact]
    public async Task No_more_than_sixteen_chats_are_sent_to_at_once()
    {
        var held = new TaskCompletionSource<Sending>();
        channel.Answer = (_, _) => held.Task;
        for (var at = 0; at < 20; at++)
        {
            await Put($"chat {at}", "1");
        }
        Assert.Equal(Limits.ChatsAtOnce, await worker.Look(default));
        Assert.Equal(0, await worker.Look(default));
        held.SetResult(new Sending.Done());
        await worker.Drained();
        await Look();
        Assert.Equal(20, channel.Arrived.Count);
    }

    [Fact]
    public async Task A_chat_waits_as_long_as_its_channel_says()
    {
        channel.Answer = (outgoing, _) => Task.FromResult<Sending>(outgoing.Attempts == 0 ? new Sending.Later(TimeSpan.FromSeconds(37)) : new Sending.Done());
        await Put("An", "1");
        await Look();
        stage.Time.Advance(TimeSpan.FromSeconds(36));
        await Look();
        Assert.Empty(channel.Arrived);
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await Look();
        Assert.Equal([("An", "1")], channel.Arrived);
    }

    [Fact]
    public async Task After_a_fault_it_waits_longer_each_time_and_five_minutes_at_most()
    {
        channel.Answer = (_, _) => throw new HttpRequestException("no network");
        await Put("An", "1");
        var waits = new List<int>();
        for (var fault = 0; fault < 11; fault++)
        {
            await Look();
            var wait = 0;
            for (var tries = channel.Tries.Count; channel.Tries.Count == tries; wait++)
            {
                stage.Time.Advance(TimeSpan.FromSeconds(1));
                await Look();
            }
            waits.Add(wait);
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
    }

    [Fact]
    public async Task A_message_that_could_not_be_sent_for_a_day_is_given_up_and_the_next_one_gets_its_chance()
    {
        channel.Answer = (outgoing, _) => outgoing.Page().PlainText() == "1" ? throw new HttpRequestException("no network") : Task.FromResult<Sending>(new Sending.Done());
        await Put("An", "1", "2");
        for (var minutes = 0; minutes < 25 * 60 && channel.Arrived.Count == 0; minutes += 5)
        {
            await Look();
            stage.Time.Advance(TimeSpan.FromMinutes(5));
        }
        Assert.Equal([("An", "2")], channel.Arrived);
        Assert.True(channel.Tries.Count > 250);
        Assert.Equal([RowStatus.Parked, RowStatus.Done], await stage.Ask(db => db.Outbox.OrderBy(row => row.Id).Select(row => row.Status).ToListAsync()));
    }

    [Fact]
    public async Task Two_silent_days_of_the_machine_are_no_two_days_of_tries()
    {
        channel.Answer = (outgoing, _) => outgoing.Attempts == 0 ? throw new HttpRequestException("no network yet") : Task.FromResult<Sending>(new Sending.Done());
        await Put("An", "1");
        stage.Time.Advance(TimeSpan.FromDays(2));
        await Look();
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await Look();
        Assert.Equal([("An", "1")], channel.Arrived);
    }

    [Fact]
    public async Task A_retry_goes_on_behind_what_is_out()
    {
        channel.Answer = async (outgoing, partSent) =>
        {
            if (outgoing.PartsSent == 0)
            {
                await partSent(2);
                throw new HttpRequestException("in the middle");
            }
            return new Sending.Done();
        };
        await Put("An", "1");
        await Look();
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await Look();
        Assert.Equal([0, 2], channel.Tries.Select(outgoing => outgoing.PartsSent));
    }

    [Fact]
    public async Task Who_blocked_the_bot_is_sent_nothing_more()
    {
        channel.Answer = (_, _) => Task.FromResult<Sending>(new Sending.Gone());
        await Put("An", "1", "2");
        await Look();
        Assert.Single(channel.Tries);
        Assert.True((await stage.ConversationOf("An")).IsGone);
        Assert.Equal([RowStatus.Parked, RowStatus.Parked], await stage.Ask(db => db.Outbox.Select(row => row.Status).ToListAsync()));
    }

    [Fact]
    public async Task What_the_channel_refuses_does_not_hold_up_what_follows()
    {
        channel.Answer = (outgoing, _) => Task.FromResult<Sending>(outgoing.Page().PlainText() == "1" ? new Sending.Refused("too long") : new Sending.Done());
        await Put("An", "1", "2");
        await Look();
        Assert.Equal([("An", "2")], channel.Arrived);
    }

    [Fact]
    public async Task A_toast_that_comes_too_late_is_dropped()
    {
        channel.Answer = (outgoing, _) => outgoing.Kind == OutgoingKind.Toast ? throw new HttpRequestException("no network") : Task.FromResult<Sending>(new Sending.Done());
        await Put("An", OutgoingKind.Toast, "nút đã cũ");
        await Put("An", "1");
        for (var seconds = 0; seconds < 60 && channel.Arrived.Count == 0; seconds++)
        {
            await Look();
            stage.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal([("An", "1")], channel.Arrived);
        Assert.True(channel.Tries.Count(outgoing => outgoing.Kind == OutgoingKind.Toast) is > 1 and < 10);
    }

    [Fact]
    public async Task A_terminal_takes_its_own_chat_and_leaves_the_others_to_their_process()
    {
        worker = WorkerOf(new OutboxReach("An"));
        await Put("An", "1");
        await Put("Bình", "1");
        await Look();
        Assert.Equal([("An", "1")], channel.Arrived);
    }

    [Fact]
    public async Task A_chat_of_a_channel_that_is_switched_off_waits()
    {
        worker = new OutboxWorker(
            stage.Services.GetRequiredService<OutboxQueue>(), [new ScriptedChannel("another")], new OutboxReach(), new Pulses(stage.Time),
            stage.Services.GetRequiredService<Nudges>(), stage.Time, NullLogger<OutboxWorker>.Instance);
        await Put("An", "1");
        Assert.Equal(0, await worker.Look(default));
        Assert.Equal([RowStatus.Pending], await stage.Ask(db => db.Outbox.Select(row => row.Status).ToListAsync()));
    }

    [Fact]
    public async Task What_may_not_be_sent_now_waits_in_its_order_until_the_person_is_heard_again()
    {
        channel.Answer = (_, _) => Task.FromResult<Sending>(new Sending.Waits());
        await Put("An", "1", "2");
        await Look();
        stage.Time.Advance(TimeSpan.FromDays(3));
        await Look();
        Assert.Empty(channel.Arrived);
        Assert.Single(channel.Tries);

        channel.Answer = (_, _) => Task.FromResult<Sending>(new Sending.Done());
        await stage.Services.GetRequiredService<Inbox>().Accept(Stage.Channel, "An", "k1", new SentThing(Thing.Sticker));
        await stage.Services.GetRequiredService<TurnQueue>().RunBatch(default);
        await Look();
        Assert.Equal([("An", "1"), ("An", "2")], channel.Arrived.Take(2));
    }

    [Fact]
    public async Task Who_was_heard_while_it_was_refused_does_not_wait()
    {
        await Put("An", "1");
        channel.Answer = async (_, _) =>
        {
            channel.Answer = (_, _) => Task.FromResult<Sending>(new Sending.Done());
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            await stage.Services.GetRequiredService<Inbox>().Accept(Stage.Channel, "An", "k1", new SentThing(Thing.Sticker));
            await stage.Services.GetRequiredService<TurnQueue>().RunBatch(default);
            return new Sending.Waits();
        };
        await Look();
        Assert.Equal(("An", "1"), channel.Arrived[0]);
    }

    private OutboxWorker WorkerOf(OutboxReach reach) => new(
        stage.Services.GetRequiredService<OutboxQueue>(), [channel], reach, new Pulses(stage.Time),
        stage.Services.GetRequiredService<Nudges>(), stage.Time, NullLogger<OutboxWorker>.Instance);

    private async Task Look()
    {
        while (await worker.Look(default) > 0)
        {
            await worker.Drained();
        }
    }

    private async Task Put(string who, params string[] pages)
    {
        foreach (var words in pages)
        {
            await Put(who, OutgoingKind.Page, JsonSerializer.Serialize(Page.OfWords(new Run(words)), Saved.Json));
        }
    }

    private async Task Put(string who, OutgoingKind kind, string body)
    {
        var conversation = await stage.ConversationOf(who);
        await stage.Arrange((_, db) =>
        {
            var now = stage.Time.GetUtcNow();
            db.Outbox.Add(new OutboxRow { ConversationId = conversation.Id, Kind = kind, Body = body, Ticket = "ticket", CreatedAt = now, NotBefore = now });
            return Task.CompletedTask;
        });
    }
}
