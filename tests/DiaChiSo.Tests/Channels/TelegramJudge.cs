using DiaChiSo.Bot.Channels.Telegram;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace DiaChiSo.Tests.Channels;

/// <summary>The schema of the Bot API, made by others, judges every request that reaches the fake.</summary>
public class TelegramJudge
{
    [Theory]
    [InlineData("sendMessage", "request-sendMessage-inline.json")]
    [InlineData("sendMessage", "request-sendMessage-request-location.json")]
    [InlineData("sendVenue", "request-sendVenue.json")]
    [InlineData("setMyCommands", "request-setMyCommands-vi.json")]
    [InlineData("setWebhook", "request-setWebhook.json")]
    public async Task A_request_of_the_samples_fits(string method, string sample)
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Json(method, TelegramSamples.Text(sample));

        Assert.Empty(talk.Telegram.Misfits);
    }

    [Theory]
    [InlineData("sendMessage", """{"chat_id":700000001}""", "sendMessage: PropertyRequired at #/text")]
    [InlineData("sendMessage", """{"chat_id":700000001,"text":"a","reply_markup":{"inline_keyboard":[{"text":"a","callback_data":"b"}]}}""", "inline_keyboard[0]")]
    [InlineData("sendMessage", """{"chat_id":700000001,"text":"a","disable_web_page_preview":true}""", "disable_web_page_preview")]
    [InlineData("sendMessage", """{"chat_id":700000001,"text":"a","disable_notification":"yes"}""", "disable_notification")]
    [InlineData("sendMessage", """{"chat_id":700000001,"text":"a","parse_mode":"Rtf"}""", "parse_mode")]
    [InlineData("sendVenue", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"title":"Cổng"}""", "sendVenue: PropertyRequired at #/address")]
    [InlineData("sendChatAction", """{"chat_id":700000001,"action":"thinking"}""", "sendChatAction")]
    [InlineData("answerInlineQuery", """{"inline_query_id":"1","results":[{"type":"essay","id":"1"}]}""", "results[0]")]
    [InlineData("setMyCommands", """{"commands":[{"command":"a"}]}""", "description")]
    [InlineData("getMe", """{"chat_id":1}""", "getMe: takes no arguments")]
    [InlineData("sendTelepathy", "{}", "sendTelepathy: no such method")]
    public async Task A_request_that_the_schema_does_not_allow_is_named_by_method_and_field(string method, string body, string named)
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Json(method, body);

        Assert.Contains(talk.Telegram.Misfits, misfit => misfit.StartsWith(method, StringComparison.Ordinal) && misfit.Contains(named, StringComparison.Ordinal));
        Assert.DoesNotContain("700000001", string.Concat(talk.Telegram.Misfits), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_real_client_uploads_fits_though_a_form_has_only_texts_and_its_parse_mode_is_spelt_its_own_way()
    {
        await using var talk = await TelegramTalk.Start();
        using var picture = new MemoryStream(TelegramSamples.Png());
        await talk.Bot.SendPhoto(talk.An.Id, InputFile.FromStream(picture, "bản đồ.png"), "<b>Cổng</b>", ParseMode.Html,
            replyMarkup: new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("Đúng rồi", "1")));
        await talk.Bot.SendMessage(talk.An.Id, "<b>Cổng</b>", ParseMode.Html);

        Assert.Equal(2, talk.Telegram.Requests.Count);
        Assert.Empty(talk.Telegram.Misfits);
    }

    [Fact]
    public async Task A_wrong_request_of_the_bot_fails_the_test_in_which_it_was_made()
    {
        var bot = await BotUnderTest.Start();
        var line = bot.Services.GetRequiredService<TelegramLine>();
        await Assert.ThrowsAsync<ApiRequestException>(() => line.Client.SendRequest(new Planted { ChatId = 1, Words = "a" }));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(async () => await bot.DisposeAsync());
        Assert.Contains("sendMessage", fault.Message, StringComparison.Ordinal);
        Assert.Contains("words", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Planted() : RequestBase<Message>("sendMessage")
    {
        public long ChatId { get; init; }
        public string Words { get; init; } = "";
    }
}
