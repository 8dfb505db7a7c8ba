using DiaChiSo.Fakes.Telegram;
using Microsoft.AspNetCore.Http;
using Telegram.Bot;
using Telegram.Bot.Types.ReplyMarkups;

namespace DiaChiSo.Tests.Channels;

/// <summary>setWebhook and delivery as the official server does it.</summary>
public class FakeTelegramTestsOfWebhooks
{
    [Fact]
    public async Task An_update_is_posted_with_the_secret()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        await talk.Bot.SetWebhook(ear.Url, secretToken: "a-Z_0-9");

        talk.An.Say("phở gần đây");

        var heard = await ear.Next();
        Assert.Equal(("a-Z_0-9", "phở gần đây"), (heard.Secret, heard.Text));
        Assert.Equal(
            TelegramSamples.Shape(TelegramSamples.Json("update-text.json")),
            TelegramSamples.Shape(heard.Update));
        await talk.Telegram.WaitUntilAllUpdatesAreTaken();
    }

    [Theory]
    [InlineData("""{"url":"https://bot.example.invalid/","secret_token":"có dấu"}""", "secret token contains unallowed characters")]
    [InlineData("""{"url":"http://bot.example.invalid/"}""", "bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("""{"url":"https://bot.example.invalid:5000/"}""", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("""{"url":"https://bot.example.invalid/","allowed_updates":"message"}""", "can't parse allowed updates list JSON object")]
    public async Task A_bad_webhook_is_refused(string body, string complaint)
    {
        await using var talk = await TelegramTalk.Start();

        Assert.Equal("Bad Request: " + complaint, await talk.RefusedJson("setWebhook", body));
    }

    [Fact]
    public async Task A_secret_of_more_than_256_characters_is_refused()
    {
        await using var talk = await TelegramTalk.Start();

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SetWebhook("https://bot.example.invalid/", secretToken: new string('a', 257)));

        Assert.Equal(400, refusal.ErrorCode);
    }

    [Fact]
    public async Task SetWebhook_twice_within_a_second_gets_429()
    {
        await using var talk = await TelegramTalk.Start(new() { Clock = new NotedClock() });
        await talk.Json("setWebhook", TelegramSamples.Text("request-setWebhook.json"));

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SetWebhook("https://bot.example.invalid/"));

        Assert.Equal((429, 1), (refusal.ErrorCode, refusal.Parameters!.RetryAfter));
    }

    [Fact]
    public async Task The_info_tells_the_url_the_queue_and_the_last_error()
    {
        await using var talk = await TelegramTalk.Start(new() { Clock = new NotedClock() }, open: false);
        await using var ear = await WebhookEar.Open();
        var held = new TaskCompletionSource();
        ear.ThenStatus(500);
        ear.Script.Enqueue(_ => held.Task);
        await talk.Bot.SetWebhook(ear.Url, maxConnections: 7, allowedUpdates: [Telegram.Bot.Types.Enums.UpdateType.Message]);
        talk.An.Say("a");
        await ear.Next();
        await ear.Next();

        var info = await talk.Bot.GetWebhookInfo();
        var (_, raw) = await talk.Raw("getWebhookInfo");
        held.SetResult();
        var sample = TelegramSamples.Json("webhook-info.json")["result"]!.AsObject();
        Assert.Equal(sample.Select(field => field.Key), raw["result"]!.AsObject().Select(field => field.Key));

        Assert.Equal((ear.Url, 1, 7), (info.Url, info.PendingUpdateCount, info.MaxConnections));
        Assert.Equal("Wrong response from the webhook: 500 Internal Server Error", info.LastErrorMessage);
    }

    [Fact]
    public async Task Messages_of_one_chat_come_strictly_in_order_and_the_next_only_after_2xx()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        var held = new TaskCompletionSource();
        ear.Script.Enqueue(_ => held.Task);
        await talk.Bot.SetWebhook(ear.Url);
        var binh = talk.Telegram.Someone("Bình");

        talk.An.Say("a1");
        var first = await ear.Next();
        talk.An.Say("a2");
        binh.Say("b1");
        var other = await ear.Next();
        var meanwhile = ear.Unheard;
        held.SetResult();
        var second = await ear.Next();

        Assert.Equal(("a1", "b1", "a2"), (first.Text, other.Text, second.Text));
        Assert.Equal(0, meanwhile);
    }

    [Fact]
    public async Task A_press_overtakes_a_message_that_is_stuck()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        var held = new TaskCompletionSource();
        ear.Script.Enqueue(_ => held.Task);
        await talk.Bot.SetWebhook(ear.Url);
        talk.An.Say("a");
        await ear.Next();
        await talk.Bot.SendMessage(talk.An.Id, "b", replyMarkup: new InlineKeyboardMarkup([[("x", "p:1")]]));

        talk.An.Press("x");

        Assert.NotNull((await ear.Next()).Update["callback_query"]);
        held.SetResult();
    }

    [Fact]
    public async Task The_first_retry_comes_at_once_and_then_after_2_4_8_seconds()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        await using var ear = await WebhookEar.Open();
        for (var i = 0; i < 5; i++)
        {
            ear.ThenStatus(500);
        }

        await talk.Bot.SetWebhook(ear.Url);
        var id = 0;
        talk.An.Say("a");
        var waits = new List<double>();
        id = (await ear.Next()).Id;
        Assert.Equal(id, (await ear.Next()).Id);
        for (var i = 0; i < 4; i++)
        {
            var wait = await clock.NextTimer();
            waits.Add(wait.TotalSeconds);
            clock.Advance(wait);
            Assert.Equal(id, (await ear.Next()).Id);
        }

        Assert.Equal([2, 4, 8, 16], waits);
        await talk.Telegram.WaitUntilAllUpdatesAreTaken();
    }

    [Fact]
    public async Task Retry_After_of_the_bot_is_obeyed_up_to_an_hour()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        await using var ear = await WebhookEar.Open();
        ear.ThenStatus(503, "30");
        ear.ThenStatus(503, "86400");
        await talk.Bot.SetWebhook(ear.Url);
        talk.An.Say("a");

        await ear.Next();
        var first = await clock.NextTimer();
        clock.Advance(first);
        await ear.Next();
        var second = await clock.NextTimer();
        clock.Advance(second);
        await ear.Next();

        Assert.Equal((30, 3600), (first.TotalSeconds, second.TotalSeconds));
    }

    [Fact]
    public async Task A_broken_connection_is_a_failure_and_any_2xx_is_success()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        ear.Script.Enqueue(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        ear.ThenStatus(StatusCodes.Status204NoContent);
        await talk.Bot.SetWebhook(ear.Url);
        talk.An.Say("a");

        var (first, again) = (await ear.Next(), await ear.Next());
        await talk.Telegram.WaitUntilAllUpdatesAreTaken();

        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task A_method_in_the_answer_is_executed()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        ear.Script.Enqueue(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(TelegramSamples.Text("webhook-reply-sendMessage.json"));
        });
        await talk.Bot.SetWebhook(ear.Url);

        talk.An.Say("a");

        Assert.StartsWith("Trả lời ngay", (await talk.An.Chat.NextMessage()).Text);
        Assert.Equal("WEBHOOK", (await talk.Telegram.WaitForRequest(request => request.Method == "sendMessage")).Verb);
    }

    [Theory]
    [InlineData("deleteWebhook")]
    [InlineData("getMe")]
    [InlineData("logOut")]
    public async Task Methods_that_ask_or_switch_are_not_executed_in_an_answer(string method)
    {
        await using var talk = await TelegramTalk.Start(open: false);
        await using var ear = await WebhookEar.Open();
        ear.Script.Enqueue(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync($$"""{"method":"{{method}}"}""");
        });
        await talk.Bot.SetWebhook(ear.Url);

        talk.An.Say("a");
        await talk.Telegram.WaitUntilAllUpdatesAreTaken();

        Assert.DoesNotContain(talk.Telegram.Requests, request => request.Verb == "WEBHOOK");
        Assert.Equal(ear.Url, (await talk.Bot.GetWebhookInfo()).Url);
    }

    [Fact]
    public async Task A_webhook_that_is_gone_for_23_hours_is_removed()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock }, open: false);
        await using var ear = await WebhookEar.Open();
        ear.ThenStatus(410);
        ear.ThenStatus(410);
        ear.ThenStatus(410);
        await talk.Bot.SetWebhook(ear.Url);
        talk.An.Say("a");
        await clock.NextTimer();
        clock.Advance(TimeSpan.FromHours(23) + TimeSpan.FromSeconds(1));
        await ear.Next();
        await ear.Next();
        await ear.Next();

        for (var i = 0; i < 100 && (await talk.Bot.GetWebhookInfo()).Url.Length > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal("", (await talk.Bot.GetWebhookInfo()).Url);
    }

    [Fact]
    public async Task Pending_updates_can_be_dropped()
    {
        await using var talk = await TelegramTalk.Start();
        await using var ear = await WebhookEar.Open();

        await talk.Bot.SetWebhook(ear.Url, dropPendingUpdates: true);
        talk.An.Say("b");

        Assert.Equal("b", (await ear.Next()).Text);
    }
}
