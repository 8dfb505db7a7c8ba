using System.Net;
using System.Text;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Fakes.ZaloBot;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloBot;

/// <summary>What comes in, by polling and by webhook: taken once, from nobody but Zalo.</summary>
public sealed class ZaloBotReceiving
{
    private const string Update = """{"event_name":"message.text.received","message":{"from":{"id":"6ede","is_bot":false,"display_name":"X"},"chat":{"id":"6ede","chat_type":"PRIVATE"},"message_id":"2d758","date":1795378417602,"text":"/tracuu"}}""";

    [Fact]
    public async Task The_poll_is_asked_as_the_platform_wants_it_and_an_empty_one_is_no_fault()
    {
        await using var bot = await ZaloBotUnderTest.Prepare();
        bot.Zalo.Next(new BotFault(408, "Request timeout"), "getUpdates", times: 3);
        await bot.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.Chat.Next();
        await bot.UntilQuiet();
        Assert.All(bot.Zalo.Calls.Where(call => call.Method == "getUpdates"), call => Assert.Equal("""{"timeout":"30"}""", call.Arguments!.ToJsonString()));
        Assert.Equal(["getMe", "deleteWebhook", "getUpdates"], bot.Zalo.Calls.Select(call => call.Method).Take(3));
        Assert.Equal("up", (await bot.Health()).State);
        Assert.DoesNotContain(bot.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("gave no messages"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Errors_of_the_platform_are_waited_out_whatever_their_status(bool http200)
    {
        await using var bot = await ZaloBotUnderTest.Prepare(options: new FakeZaloBotOptions { ErrorsAreHttp200 = http200 });
        bot.Zalo.Next(BotFault.BadGateway, "getMe");
        bot.Zalo.Next(BotFault.ServerError, "deleteWebhook");
        bot.Zalo.Next(BotFault.TooMany(1), "getUpdates");
        bot.Zalo.Next(BotFault.CutBeforeDelivery, "getUpdates");
        bot.Zalo.Next(BotFault.Unauthorized, "getUpdates");
        await bot.Start();
        // One call after the other, with growing waits: the faults are all gone when the bot polls again.
        await bot.Zalo.WaitForCall(call => call is { Method: "getUpdates", Code: 401 });
        var red = await bot.Health();
        Assert.Equal("red", red.State);
        Assert.StartsWith("The Zalo Bot Platform no longer takes ZaloBot:Token", Assert.Single(red.ToDo), StringComparison.Ordinal);
        await bot.Zalo.UntilHeard();
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.Chat.Next();
        await BotUnderTest.Until(async () => (await bot.Health()).State == "up");
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_taken_away_is_no_reason_not_to_poll()
    {
        await using var bot = await ZaloBotUnderTest.Prepare();
        bot.Zalo.Next(BotFault.BadRequest, "deleteWebhook");
        await bot.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.Chat.Next();
    }

    [Fact]
    public async Task What_is_written_while_the_bot_is_down_is_lost_and_afterwards_everything_works()
    {
        await using var bot = await ZaloBotUnderTest.Start(options: new FakeZaloBotOptions { KeptWithoutAPoll = TimeSpan.Zero });
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        await bot.UntilQuiet();
        await bot.Stop();
        an.Say("3260700023");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await bot.Start();
        an.Say("3260600012");
        Assert.Contains("32606 00012", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        Assert.Equal(1, bot.Zalo.Lost);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_same_message_again_is_answered_once_also_after_a_restart(bool webhook)
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook);
        bot.Zalo.Deliver(Update, times: 3);
        await bot.Zalo.UntilAllAreTaken();
        await BotUnderTest.Until(() => bot.Ask(db => db.Inbox.AnyAsync()));
        await bot.Stop();
        await bot.Start();
        bot.Zalo.Deliver(Update);
        await bot.Zalo.UntilAllAreTaken();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(1, await bot.Ask(db => db.Inbox.CountAsync()));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_nobody_can_read_holds_nobody_up(bool webhook)
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook);
        bot.Zalo.Deliver("""{"event_name":"message.unsupported.received"}""");
        bot.Zalo.Deliver("""{"event_name":7,"message":[]}""");
        bot.Zalo.Deliver("""{"event_name":"message.text.received","message":{"from":5,"chat":"x","date":"yesterday"}}""");
        bot.Zalo.Deliver("""{"hello":"world"}""");
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        await bot.UntilQuiet();
        Assert.Equal(1, await bot.Ask(db => db.Inbox.CountAsync()));
        Assert.Single(bot.Log, line => line.Contains("message.unsupported.received: without a message (said once)"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("a-secret-of-the-tests-012345678", HttpStatusCode.Unauthorized)]
    [InlineData(ZaloBotUnderTest.WebhookSecret, HttpStatusCode.OK)]
    public async Task Only_who_knows_the_secret_brings_messages(string? secret, HttpStatusCode status)
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook: true);
        Assert.Equal(status, await Post(bot, secret, Update));
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, await bot.Ask(db => db.Inbox.CountAsync()));
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"ok\":true}")]
    [InlineData("{\"ok\":true,\"result\":{\"event_name\":\"message.unsupported.received\"}}")]
    public async Task What_is_of_no_use_is_answered_with_200(string body)
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook: true);
        Assert.Equal(HttpStatusCode.OK, await Post(bot, ZaloBotUnderTest.WebhookSecret, body));
        Assert.Equal(HttpStatusCode.OK, await Post(bot, ZaloBotUnderTest.WebhookSecret, "{\"x\":\"" + new string('x', 600_000) + "\"}"));
        Assert.Equal(0, await bot.Ask(db => db.Inbox.CountAsync()));
    }

    [Fact]
    public async Task The_webhook_is_set_with_its_secret_and_polling_takes_it_away()
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook: true);
        Assert.Equal(bot.Url + "/zalo-bot", bot.Zalo.WebhookUrl);
        var set = Assert.Single(bot.Zalo.Calls, call => call.Method == "setWebhook");
        Assert.Equal(ZaloBotUnderTest.WebhookSecret, (string?)set.Arguments!["secret_token"]);
        await bot.Stop();
        await bot.Start("--ZaloBot:WebhookUrl=");
        await BotUnderTest.Until(() => Task.FromResult(bot.Zalo.WebhookUrl is null));
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        Assert.Contains(bot.Zalo.Calls, call => call.Method == "getUpdates");
    }

    [Fact]
    public async Task A_token_that_the_platform_does_not_know_ends_the_start_with_one_line()
    {
        await using var bot = await ZaloBotUnderTest.Prepare(settings: "--ZaloBot:Token=1459232241454765289:another-token-that-nobody-gave");
        var fault = await Assert.ThrowsAsync<SettingFault>(() => bot.Start());
        Assert.StartsWith("ZaloBot:Token: the Zalo Bot Platform does not know this token", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> Post(ZaloBotUnderTest bot, string? secret, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url + "/zalo-bot") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
        {
            request.Headers.Add("X-Bot-Api-Secret-Token", secret);
        }
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
