using System.Net;
using System.Text;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.Telegram;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels;

/// <summary>What comes in: committed before it is confirmed, taken once, and never lost or stuck.</summary>
public sealed class TelegramReceiving
{
    [Fact]
    public async Task After_a_silent_week_ids_begin_lower_and_are_heard_all_the_same()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        bot.Telegram.AWeekOfSilence(at: 17);
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
        await bot.UntilQuiet();
    }

    [Fact]
    public async Task What_comes_while_the_bot_is_down_is_answered_when_it_is_back()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        await bot.Stop();
        an.Say("3260700023");
        await bot.Start();
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task An_update_that_comes_again_after_a_restart_is_answered_once()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        await bot.UntilQuiet();
        var before = an.Chat.Messages.Count;
        // The confirmation is lost: the same updates again, as the server keeps them for a day.
        var update = await Raw(bot, "message", $$"""{"message_id":77,"from":{"id":{{an.Id}},"is_bot":false,"first_name":"An"},"chat":{"id":{{an.Id}},"type":"private"},"date":1790000000,"text":"32606 00012"}""");
        await bot.UntilQuiet();
        var after = an.Chat.Messages.Count;
        Assert.True(after > before);
        bot.Telegram.AWeekOfSilence(at: update);
        await Raw(bot, "message", $$"""{"message_id":77,"from":{"id":{{an.Id}},"is_bot":false,"first_name":"An"},"chat":{"id":{{an.Id}},"type":"private"},"date":1790000000,"text":"32606 00012"}""");
        await bot.UntilQuiet();
        Assert.Equal(after, an.Chat.Messages.Count);
    }

    [Fact]
    public async Task An_update_that_nobody_can_read_holds_nobody_up()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        await Raw(bot, "message", """{"message_id":"no number","chat":17}""");
        await Raw(bot, "message", """{}""");
        await Raw(bot, "callback_query", """{"id":"1"}""");
        await Raw(bot, "my_chat_member", """{"chat":{"id":1,"type":"a new kind"}}""");
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
        await bot.UntilQuiet();
    }

    [Fact]
    public async Task Errors_of_the_server_are_waited_out()
    {
        await using var bot = await BotUnderTest.Prepare();
        bot.Telegram.Script.Next(ScriptedAnswer.BadGateway, "getMe");
        bot.Telegram.Script.Next(ScriptedAnswer.ServerError, "deleteWebhook");
        bot.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery, "getUpdates");
        bot.Telegram.Script.Next(ScriptedAnswer.TooManyRequests(1), "getUpdates");
        await bot.Start();
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage(TimeSpan.FromSeconds(20))).Text);
    }

    [Fact]
    public async Task Another_poller_with_the_same_token_is_no_end()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        using var other = new HttpClient();
        // It steals the long poll: the bot's own ends with 409.
        await other.GetAsync($"{bot.Telegram.BaseUrl}/bot{bot.Telegram.Token}/getUpdates?timeout=0");
        await bot.Telegram.WaitForRequest(request => request is { Method: "getUpdates", Status: 409 });
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task A_webhook_that_was_left_behind_is_taken_away_before_polling()
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        await using var polling = await BotUnderTest.On(bot.Telegram);
        an.Say("3260700023");
        await bot.Telegram.WaitForRequest(request => request.Method == "deleteWebhook");
        Assert.Contains("32607 00023", (await an.Chat.WaitForMessage(message => message.Text.Contains("32607"))).Text);
    }

    [Fact]
    public async Task A_token_that_Telegram_does_not_know_ends_the_start_with_one_line()
    {
        await using var bot = await BotUnderTest.Prepare(settings: "--Telegram:Token=123456:another-token-that-nobody-gave-000");
        var fault = await Assert.ThrowsAsync<DiaChiSo.Bot.Settings.SettingFault>(bot.Start);
        Assert.StartsWith("Telegram:Token: Telegram does not know this token", fault.Message);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("a-secret-of-the-tests-012345678", HttpStatusCode.Unauthorized)]
    [InlineData(BotUnderTest.WebhookSecret, HttpStatusCode.OK)]
    public async Task Only_who_knows_the_secret_brings_updates(string? secret, HttpStatusCode status)
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        var answer = await Post(bot, secret, """{"update_id":5,"message":{"message_id":1,"from":{"id":42,"is_bot":false,"first_name":"X"},"chat":{"id":42,"type":"private"},"date":1790000000,"text":"hi"}}""");
        Assert.Equal(status, answer);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, await bot.Ask(db => db.Inbox.CountAsync()));
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"update_id\":\"x\"}")]
    [InlineData("{\"update_id\":7,\"a_kind_of_tomorrow\":{}}")]
    public async Task What_is_of_no_use_is_answered_with_200_so_that_it_does_not_come_again(string body)
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        Assert.Equal(HttpStatusCode.OK, await Post(bot, BotUnderTest.WebhookSecret, body));
        Assert.Equal(0, await bot.Ask(db => db.Inbox.CountAsync()));
    }

    [Fact]
    public async Task A_body_too_large_is_not_read_to_its_end()
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        Assert.Equal(HttpStatusCode.OK, await Post(bot, BotUnderTest.WebhookSecret, "{\"update_id\":7,\"x\":\"" + new string('x', 600_000) + "\"}"));
    }

    [Fact]
    public async Task The_webhook_is_in_the_inbox_before_it_is_answered()
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        var body = """{"update_id":5,"message":{"message_id":1,"from":{"id":42,"is_bot":false,"first_name":"X"},"chat":{"id":42,"type":"private"},"date":1790000000,"text":"3260700023"}}""";
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(HttpStatusCode.OK, await Post(bot, BotUnderTest.WebhookSecret, body));
            Assert.Equal(1, await bot.Ask(db => db.Inbox.CountAsync(row => row.IncomingKey == "5")));
        }
    }

    [Fact]
    public async Task An_album_has_one_answer()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.SendAlbum([Png, Png, Png], "hai ba cái ảnh");
        Assert.StartsWith("Em nhận được nhiều ảnh một lúc", (await an.Chat.NextMessage()).Text);
        await bot.UntilQuiet();
        Assert.Single(an.Chat.Messages);
    }

    [Fact]
    public async Task Who_blocks_the_bot_is_left_alone_and_who_comes_back_is_told_news_again()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        an.Block();
        await BotUnderTest.Until(() => IsGone(bot));
        await bot.UntilQuiet();
        var before = bot.Telegram.Refusals.Count;
        an.Unblock();
        await BotUnderTest.Until(async () => !await IsGone(bot));
        await bot.UntilQuiet();
        Assert.Equal(before, bot.Telegram.Refusals.Count);
        Assert.Single(an.Chat.Messages);
    }

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 100, 0, 0, 0, 100];

    private static Task<bool> IsGone(BotUnderTest bot) => bot.Ask(db => db.Conversations.Select(row => row.IsGone).SingleAsync());

    private static Task<int> Raw(BotUnderTest bot, string type, string json) => Task.FromResult(bot.Telegram.Deliver(type, json));

    private static async Task<HttpStatusCode> Post(BotUnderTest bot, string? secret, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url + "/telegram") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
        {
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
