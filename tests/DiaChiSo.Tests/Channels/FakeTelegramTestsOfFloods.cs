using System.Net;
using DiaChiSo.Fakes.Telegram;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace DiaChiSo.Tests.Channels;

/// <summary>Flood limits and scripted answers.</summary>
public class FakeTelegramTestsOfFloods
{
    [Fact]
    public async Task A_chat_gets_one_message_a_second_by_default()
    {
        var clock = new FakeTimeProvider();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock });
        await talk.Bot.SendMessage(talk.An.Id, "a");

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "b"));
        clock.Advance(TimeSpan.FromSeconds(refusal.Parameters!.RetryAfter!.Value));
        await talk.Bot.SendMessage(talk.An.Id, "c");

        Assert.Equal((429, "Too Many Requests: retry after 1"), (refusal.ErrorCode, refusal.Message));
        Assert.Equal(["a", "c"], talk.An.Chat.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_group_gets_20_messages_a_minute()
    {
        var clock = new FakeTimeProvider();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock });
        var group = talk.Telegram.Group("Bản", talk.An);
        for (var i = 0; i < 20; i++)
        {
            await talk.Bot.SendMessage(group.Id, $"{i}");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(group.Id, "21"));

        Assert.Equal(40, refusal.Parameters!.RetryAfter);
    }

    [Fact]
    public async Task All_chats_together_get_30_messages_a_second()
    {
        await using var talk = await TelegramTalk.Start(new() { Clock = new FakeTimeProvider() });
        var people = Enumerable.Range(0, 31).Select(i => talk.Telegram.Someone($"Người {i}")).ToList();
        people.ForEach(person => person.Start());
        foreach (var person in people[..30])
        {
            await talk.Bot.SendMessage(person.Id, "a");
        }

        Assert.Equal(429, (await TelegramTalk.Refused(() => talk.Bot.SendMessage(people[30].Id, "a"))).ErrorCode);
    }

    [Fact]
    public async Task A_scripted_429_has_the_shape_of_the_sample_and_the_real_client_retries_by_itself()
    {
        await using var talk = await TelegramTalk.Start();
        talk.Telegram.Script.Next(ScriptedAnswer.TooManyRequests(3), "sendMessage");
        talk.Telegram.Script.Next(ScriptedAnswer.TooManyRequests(1), "sendDocument");
        var patient = new TelegramBotClient(new TelegramBotClientOptions(talk.Telegram.Token, talk.Telegram.BaseUrl));

        var (status, answer) = await talk.Json("sendMessage", """{"chat_id":700000001,"text":"a"}""");
        await patient.SendDocument(talk.An.Id, new MemoryStream([1, 2, 3]));

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal(TelegramSamples.Json("error-429.json").ToJsonString(), answer.ToJsonString());
        Assert.Equal([429, 429, 200], talk.Telegram.Requests.Select(request => request.Status));
        Assert.Equal([1, 2, 3], Assert.Single(talk.An.Chat.Messages).File!.Bytes);
    }

    [Fact]
    public async Task Scripted_answers_are_used_once_each_and_only_for_their_method()
    {
        await using var talk = await TelegramTalk.Start();
        talk.Telegram.Script.Next(ScriptedAnswer.ServerError, "sendMessage", times: 2);
        talk.Telegram.Script.Next(ScriptedAnswer.Blocked, "sendVenue");

        var first = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "a"));
        var second = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "a"));
        await talk.Bot.SendMessage(talk.An.Id, "a");
        var blocked = await TelegramTalk.Refused(() => talk.Bot.SendVenue(talk.An.Id, 21, 103, "a", "b"));

        Assert.Equal((500, 500, 403), (first.ErrorCode, second.ErrorCode, blocked.ErrorCode));
        Assert.Single(talk.An.Chat.Messages);
    }

    [Fact]
    public async Task A_bad_gateway_is_HTML_without_an_envelope()
    {
        await using var talk = await TelegramTalk.Start();
        talk.Telegram.Script.Next(ScriptedAnswer.BadGateway);

        await Assert.ThrowsAsync<RequestException>(() => talk.Bot.SendMessage(talk.An.Id, "a"));
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_delivery_leaves_the_message_in_the_chat()
    {
        await using var talk = await TelegramTalk.Start();
        talk.Telegram.Script.Next(ScriptedAnswer.CutAfterDelivery);

        await Assert.ThrowsAsync<RequestException>(() => talk.Bot.SendMessage(talk.An.Id, "a"));

        Assert.Equal("a", talk.An.Chat.Last.Text);
        Assert.Equal(0, talk.Telegram.Requests[^1].Status);
    }

    [Fact]
    public async Task A_connection_that_is_cut_before_delivery_leaves_nothing()
    {
        await using var talk = await TelegramTalk.Start();
        talk.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery);

        await Assert.ThrowsAsync<RequestException>(() => talk.Bot.SendMessage(talk.An.Id, "a"));

        Assert.Empty(talk.An.Chat.Messages);
    }
}
