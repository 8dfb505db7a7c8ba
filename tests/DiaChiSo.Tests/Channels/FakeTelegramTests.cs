using System.Net;
using System.Text;
using DiaChiSo.Fakes.Telegram;
using Telegram.Bot;

namespace DiaChiSo.Tests.Channels;

/// <summary>The wire: paths, tokens, body forms, the envelope, the journal.</summary>
public class FakeTelegramTests
{
    [Fact]
    public async Task The_real_client_gets_the_bot()
    {
        await using var talk = await TelegramTalk.Start();

        var me = await talk.Bot.GetMe();

        Assert.True(me.IsBot);
        Assert.Equal(talk.Telegram.BotUsername, me.Username);
        Assert.False(me.CanReadAllGroupMessages);
    }

    [Fact]
    public async Task A_wrong_token_gets_401_in_the_words_of_the_sample()
    {
        await using var talk = await TelegramTalk.Start();

        var (status, answer) = await talk.Raw("getMe", token: "123456:wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(TelegramSamples.Json("error-401.json").ToJsonString(), answer.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_method_gets_404()
    {
        await using var talk = await TelegramTalk.Start();

        var (status, answer) = await talk.Raw("sendTelepathy");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("Not Found", (string)answer["description"]!);
    }

    [Fact]
    public async Task Method_names_are_read_without_case()
    {
        await using var talk = await TelegramTalk.Start();

        var (status, _) = await talk.Json("SENDMESSAGE", """{"chat_id":700000001,"text":"a"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("sendMessage", talk.Telegram.Requests[^1].Method);
    }

    [Fact]
    public async Task The_query_a_form_and_JSON_say_the_same()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Raw("sendMessage?chat_id=700000001&text=m%E1%BB%99t");
        await talk.Raw("sendMessage", new FormUrlEncodedContent([new("chat_id", "700000001"), new("text", "một")]));
        await talk.Json("sendMessage", """{"chat_id":700000001,"text":"một"}""");

        Assert.Equal(["một", "một", "một"], talk.An.Chat.Messages.Select(message => message.Text));
        Assert.Single(talk.Telegram.Requests.Select(request => request.Arguments.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_object_gets_400()
    {
        await using var talk = await TelegramTalk.Start();

        Assert.StartsWith("Bad Request: ", await talk.RefusedJson("sendMessage", "{"));
        Assert.StartsWith("Bad Request: ", await talk.RefusedJson("sendMessage", "[1]"));
    }

    [Fact]
    public async Task The_answer_to_a_message_has_the_shape_of_the_sample()
    {
        await using var talk = await TelegramTalk.Start();

        var (_, answer) = await talk.Json("sendMessage", """{"chat_id":700000001,"text":"Đã nhận"}""");

        Assert.Equal(
            TelegramSamples.Shape(TelegramSamples.Json("response-message.json")),
            TelegramSamples.Shape(answer));
    }

    [Fact]
    public async Task The_multipart_sample_is_read_as_the_client_writes_it()
    {
        await using var talk = await TelegramTalk.Start();
        var sample = TelegramSamples.Text("request-sendPhoto-multipart.txt");
        var (begin, end) = (sample.IndexOf("--B\n", StringComparison.Ordinal), sample.IndexOf("--B--", StringComparison.Ordinal) + 5);
        var parts = sample[begin..end].Replace("\n", "\r\n", StringComparison.Ordinal).Split("<binary>");
        var body = new ByteArrayContent([.. Encoding.UTF8.GetBytes(parts[0]), .. TelegramSamples.Png(), .. Encoding.UTF8.GetBytes(parts[1])]);
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=\"B\"");

        var (status, _) = await talk.Raw("sendPhoto", body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Bản đồ quanh bạn", talk.An.Chat.Last.Text);
        Assert.Equal(TelegramSamples.Png(), talk.An.Chat.Last.File!.Bytes);
        Assert.Equal("v:1", talk.An.Chat.Last.Button("Xem")!.Value);
    }

    [Fact]
    public async Task A_required_argument_that_is_missing_or_of_a_wrong_type_gets_400()
    {
        await using var talk = await TelegramTalk.Start();

        Assert.Equal("Bad Request: chat_id is empty", await talk.RefusedJson("sendMessage", """{"text":"a"}"""));
        Assert.Equal("Bad Request: message text is empty", await talk.RefusedJson("sendMessage", """{"chat_id":700000001}"""));
        Assert.Equal("Bad Request: chat not found", await talk.RefusedJson("sendMessage", """{"chat_id":"An","text":"a"}"""));
        Assert.StartsWith("Bad Request: can't parse latitude", await talk.RefusedJson("sendLocation", """{"chat_id":700000001,"latitude":"x","longitude":1}"""));
    }

    [Fact]
    public async Task The_journal_keeps_arguments_in_native_types_and_documented_spelling()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(TelegramSamples.Png()), "<b>a</b>", Telegram.Bot.Types.Enums.ParseMode.Html,
            replyMarkup: new Telegram.Bot.Types.ReplyMarkups.InlineKeyboardMarkup([[("Xem", "v:1")]]));

        var request = Assert.Single(talk.Telegram.Requests);
        Assert.Equal(200, request.Status);
        Assert.Equal(700000001, (long)request.Arguments["chat_id"]!);
        Assert.Equal("HTML", (string)request.Arguments["parse_mode"]!);
        Assert.Equal("v:1", (string)request.Arguments["reply_markup"]!["inline_keyboard"]![0]![0]!["callback_data"]!);
        Assert.NotEmpty(request.Body);
    }

    [Fact]
    public async Task A_refused_request_is_in_the_journal_with_its_words()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.RefusedJson("sendMessage", """{"chat_id":700000001,"text":""}""");

        var refusal = Assert.Single(talk.Telegram.Refusals);
        Assert.Equal((400, "Bad Request: message text is empty"), (refusal.Status, refusal.Refusal));
    }

    [Fact]
    public async Task Waiting_ends_at_its_deadline_also_when_the_clock_stands_still()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var talk = await TelegramTalk.Start(new FakeTelegramOptions { Clock = clock });

        await Assert.ThrowsAsync<TimeoutException>(() => talk.An.Chat.NextMessage(TimeSpan.FromMilliseconds(30)));
    }
}
