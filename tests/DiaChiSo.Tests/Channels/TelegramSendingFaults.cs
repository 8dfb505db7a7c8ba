using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.Telegram;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels;

/// <summary>What Telegram refuses or loses, and what the person sees of it.</summary>
public sealed class TelegramSendingFaults
{
    [Fact]
    public async Task The_limits_of_the_server_are_obeyed_and_nothing_is_lost_or_out_of_order()
    {
        await using var bot = await BotUnderTest.Start(flood: new FloodLimits(PerChatPerSecond: 1));
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        await an.Chat.WaitForMessage(message => message.Method == "sendVenue");
        Assert.Equal(["sendMessage", "sendPhoto", "sendVenue"], an.Chat.Messages.Select(message => message.Method));
        Assert.All(bot.Telegram.Refusals, refusal => Assert.Equal(429, refusal.Status));
        Assert.NotEmpty(bot.Telegram.Refusals);
    }

    [Fact]
    public async Task A_wait_that_is_asked_for_is_waited_and_the_same_call_is_not_hurried()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.TooManyRequests(2), "sendMessage");
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        var calls = bot.Telegram.Requests.Where(request => request.Method == "sendMessage").ToList();
        Assert.Equal([429, 200], calls.Select(call => call.Status));
        Assert.True(calls[1].At - calls[0].At >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Who_blocked_the_bot_is_not_written_to_again_until_they_write()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.Blocked, "sendMessage");
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        await BotUnderTest.Until(() => bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        await bot.UntilQuiet();
        Assert.Empty(an.Chat.Messages);
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_server_that_stumbles_is_tried_again(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        bot.Telegram.Script.Next(ScriptedAnswer.ServerError, "sendMessage");
        bot.Telegram.Script.Next(ScriptedAnswer.BadGateway, "sendPhoto");
        bot.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery, "sendVenue");
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        await an.Chat.WaitForMessage(message => message.Method == "sendVenue", TimeSpan.FromSeconds(60));
        Assert.Equal(["sendMessage", "sendPhoto", "sendVenue"], an.Chat.Messages.Select(message => message.Method));
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_goes_out_again_and_only_that_one()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.CutAfterDelivery, "sendPhoto");
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        await an.Chat.WaitForMessage(message => message.Method == "sendVenue");
        Assert.Equal(["sendMessage", "sendPhoto", "sendPhoto", "sendVenue"], an.Chat.Messages.Select(message => message.Method));
    }

    [Fact]
    public async Task A_picture_and_a_pin_that_are_refused_are_said_in_words_and_the_buttons_stay()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("PHOTO_INVALID_DIMENSIONS"), "sendPhoto", times: 2);
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("VENUE_TITLE_EMPTY"), "sendVenue");
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        var pin = await an.Chat.WaitForMessage(message => message.Text.StartsWith("Vị trí cổng: 21.84180", StringComparison.Ordinal));
        Assert.Contains("1. Đúng rồi", pin.Labels);
        Assert.Contains(an.Chat.Messages, message => message.Text == "Mã QR của địa chỉ số 32607 00023");
    }

    [Fact]
    public async Task Buttons_that_are_refused_are_written_out()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("BUTTON_DATA_INVALID"), "sendMessage", times: 2);
        var an = bot.Telegram.Someone("An");
        an.Start();
        var menu = await an.Chat.NextMessage();
        Assert.Empty(menu.Labels);
        Assert.Contains("1. Tra cứu địa chỉ", menu.Text);
    }

    [Fact]
    public async Task What_is_refused_in_every_form_is_parked_and_the_next_page_goes_out()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("SOMETHING_NEW of yours: 3260700023"), "sendMessage", times: 3);
        var an = bot.Telegram.Someone("An");
        an.Start();
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Parked)));
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
        Assert.DoesNotContain(bot.Log, line => line.Contains("SOMETHING_NEW") || line.Contains("3260700023"));
    }

    [Fact]
    public async Task A_press_too_old_to_be_answered_does_not_hold_the_page_back()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("query is too old and response timeout expired or query ID is invalid"), "answerCallbackQuery");
        an.Press("1. Tra cứu địa chỉ");
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task The_token_reaches_no_log_however_talkative_it_is()
    {
        await using var bot = await BotUnderTest.Start(settings: "--Logging:LogLevel:Default=Trace");
        bot.Telegram.Script.Next(ScriptedAnswer.BadGateway, "sendMessage");
        bot.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery, "sendPhoto");
        bot.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery, "getUpdates", times: 2);
        var an = bot.Telegram.Someone("Người Có Tên");
        an.Say("3260700023");
        await an.Chat.WaitForMessage(message => message.Method == "sendVenue", TimeSpan.FromSeconds(60));
        await bot.UntilQuiet();
        Assert.Contains(bot.Log, line => line.Contains("was not sent"));
        Assert.All(bot.Log, line =>
        {
            Assert.DoesNotContain(bot.Telegram.Token, line);
            Assert.DoesNotContain(bot.Telegram.Token.Split(':')[1], line);
            Assert.DoesNotContain("Người Có Tên", line);
            Assert.DoesNotContain("3260700023", line);
        });
    }
}
