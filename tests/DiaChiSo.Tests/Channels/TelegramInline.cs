using System.Text.Json.Nodes;
using DiaChiSo.Bot.Channels.Telegram.Receive;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.Telegram.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Channels;

/// <summary>The bot's name and a code or an address, typed in any chat: cards of what the plates show, and nothing kept.</summary>
public sealed class TelegramInline
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_code_gives_its_card_and_no_conversation_arises(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        await Known(bot);
        var an = bot.Telegram.Someone("An");
        var answer = await Ask(bot, an, "32607 00023");

        var card = Assert.Single(Results(answer));
        Assert.Equal("article", (string)card["type"]!);
        Assert.Equal("3260700023", (string)card["id"]!);
        Assert.Contains("Trạm y tế Mường Báng (bịa)", (string)card["title"]!);
        var words = (string)card["input_message_content"]!["message_text"]!;
        Assert.StartsWith("Trạm y tế Mường Báng (bịa)\n", words);
        Assert.Contains("Mã địa chỉ số: 32607 00023", words);
        Assert.Contains("21.84180,103.35110", words);
        Assert.Equal($"https://t.me/{bot.Telegram.BotUsername}?start=3260700023", (string)card["reply_markup"]!["inline_keyboard"]![0]![0]!["url"]!);
        Assert.Equal(300, (int)answer["cache_time"]!);
        Assert.True((bool)answer["is_personal"]!);
        Assert.Null(answer["button"]);

        Assert.Equal(0, await bot.Ask(db => db.Conversations.CountAsync()));
        Assert.Equal(0, await bot.Ask(db => db.Inbox.CountAsync()));
        Assert.Empty(bot.Telegram.Refusals);
        Assert.DoesNotContain(bot.Log, line => line.Contains("00023", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_give_at_most_five_and_nothing_about_people()
    {
        await using var bot = await BotUnderTest.Start();
        await Known(bot);
        var answer = await Ask(bot, bot.Telegram.Someone("An"), "Đội 5, Mường Báng");

        var cards = Results(answer);
        Assert.InRange(cards.Count, 2, IAddressRegister.Most);
        Assert.Equal(cards.Count, cards.Select(card => (string)card["id"]!).Distinct().Count());
        // Names, phones and e-mails of the contacts on record.
        Assert.DoesNotContain("Người Thử", answer.ToString());
        Assert.DoesNotContain("0912", answer.ToString());
        Assert.DoesNotContain("example.invalid", answer.ToString());
    }

    [Fact]
    public async Task A_phone_in_English_gets_English_words()
    {
        await using var bot = await BotUnderTest.Start();
        await Known(bot);
        var answer = await Ask(bot, bot.Telegram.Someone("Ann", languageCode: "en"), "3260700023");

        Assert.Contains("Digital address code: 32607 00023", (string)Assert.Single(Results(answer))["input_message_content"]!["message_text"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3260799999")]
    [InlineData("0912000001")]
    [InlineData("Hà Nội")]
    [InlineData("mot@example.invalid")]
    [InlineData("zzzz")]
    public async Task Where_nothing_is_found_a_button_opens_the_private_chat(string question)
    {
        await using var bot = await BotUnderTest.Start();
        await Known(bot);
        var an = bot.Telegram.Someone("An");
        var answer = await Ask(bot, an, question);

        Assert.Empty(Results(answer));
        Assert.Equal("Tra cứu trong tin nhắn riêng", (string)answer["button"]!["text"]!);
        an.Start((string)answer["button"]!["start_parameter"]!);
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task A_withdrawn_address_is_not_passed_on()
    {
        await using var bot = await BotUnderTest.Start();
        await Known(bot);
        await bot.Arrange(db => db.Set<DigitalAddress>().Where(address => address.Code == new AddressCode("3260700023"))
            .ExecuteUpdateAsync(set => set.SetProperty(address => address.Status, AddressStatus.Withdrawn)));

        Assert.Empty(Results(await Ask(bot, bot.Telegram.Someone("An"), "3260700023")));
    }

    [Fact]
    public async Task Switched_off_it_is_not_even_asked_for()
    {
        await using var bot = await BotUnderTest.Start(settings: "--Telegram:Inline=false");
        await Known(bot);
        var an = bot.Telegram.Someone("An");
        an.AskInline("3260700023");
        an.Say("3260700023");
        await an.Chat.NextMessage();
        await bot.UntilQuiet();

        Assert.DoesNotContain(bot.Telegram.Requests, request => request.Method == "answerInlineQuery");
        Assert.All(bot.Telegram.Requests.Where(request => request.Method == "getUpdates"), poll => Assert.DoesNotContain("inline_query", poll.Arguments["allowed_updates"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_question_that_is_refused_disturbs_nobody()
    {
        await using var bot = await BotUnderTest.Start();
        await Known(bot);
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("query is too old and response timeout expired or query ID is invalid"), "answerInlineQuery");
        var an = bot.Telegram.Someone("An");
        an.AskInline("3260700023");
        await bot.Telegram.WaitForRequest(request => request is { Method: "answerInlineQuery", Status: 400 });
        Assert.Single(Results(await Ask(bot, an, "3260700023")));
    }

    [Fact]
    public void Who_asks_too_often_is_not_answered_for_a_while_and_others_are()
    {
        var time = new FakeTimeProvider();
        var rate = new InlineRate(time);
        Assert.Equal(Limits.InlinePerMinute, Enumerable.Range(0, 100).Count(_ => rate.Allows(1)));
        Assert.True(rate.Allows(2));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(rate.Allows(1));

        // Slowly enough for every minute, and too much for an hour.
        var patient = new InlineRate(time);
        var answered = Enumerable.Range(0, 1000).Count(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(3));
            return patient.Allows(1);
        });
        Assert.Equal(Limits.InlinePerHour, answered);
    }

    private static async Task<JsonObject> Ask(BotUnderTest bot, FakePerson person, string question)
    {
        var id = person.AskInline(question);
        return (await bot.Telegram.WaitForRequest(request => request is { Method: "answerInlineQuery", Status: 200 } && (string?)request.Arguments["inline_query_id"] == id)).Arguments;
    }

    private static IReadOnlyList<JsonNode> Results(JsonObject answer) => [.. answer["results"]!.AsArray().OfType<JsonNode>()];

    // The way into the private chat is known once the bot has introduced itself.
    private static Task Known(BotUnderTest bot) => bot.Telegram.WaitForRequest(request => request is { Method: "setMyCommands", Status: 200 });
}
