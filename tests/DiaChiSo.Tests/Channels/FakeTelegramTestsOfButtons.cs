using Telegram.Bot;
using Telegram.Bot.Types.ReplyMarkups;

namespace DiaChiSo.Tests.Channels;

/// <summary>Keyboards, presses, toasts, edits, deletions.</summary>
public class FakeTelegramTestsOfButtons
{
    [Fact]
    public async Task The_sample_keyboards_are_taken()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Json("sendMessage", TelegramSamples.Text("request-sendMessage-inline.json"));
        await talk.Json("sendMessage", TelegramSamples.Text("request-sendMessage-request-location.json"));

        Assert.Empty(talk.Telegram.Refusals);
        Assert.Equal(["1. Quán A", "Bản đồ"], talk.An.Chat.Messages[0].Labels);
        Assert.Equal(["request_location", "text"], talk.An.Chat.Keyboard.SelectMany(row => row).Select(key => key.Action));
    }

    [Theory]
    [InlineData("""{"inline_keyboard":[{"text":"a","callback_data":"1"}]}""", "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")]
    [InlineData("""{"keyboard":["a"]}""", "field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays")]
    [InlineData("""{"inline_keyboard":[[{"text":"a"}]]}""", "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")]
    [InlineData("""{"inline_keyboard":[[{"text":"a","callback_data":"1","url":"https://example.invalid/"}]]}""", "can't parse inline keyboard button: exactly one of the optional fields must be used")]
    [InlineData("""{"inline_keyboard":[[{"callback_data":"1"}]]}""", "can't parse inline keyboard button: Can't find field \"text\"")]
    [InlineData("""{"inline_keyboard":[[{"text":"a","callback_data":""}]]}""", "BUTTON_DATA_INVALID")]
    [InlineData("""{"inline_keyboard":[[{"text":"a","url":"http://localhost:5080/"}]]}""", "inline keyboard button URL 'http://localhost:5080/' is invalid: Wrong HTTP URL")]
    [InlineData("[]", "object expected as reply markup")]
    public async Task A_keyboard_of_a_wrong_shape_is_refused(string markup, string complaint)
    {
        await using var talk = await TelegramTalk.Start();

        var words = await talk.RefusedJson("sendMessage", $$"""{"chat_id":700000001,"text":"a","reply_markup":{{markup}}}""");

        Assert.Equal("Bad Request: " + complaint, words);
    }

    [Fact]
    public async Task Callback_data_has_at_most_64_bytes_not_letters()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", new string('d', 64))]]));
        var refusal = await TelegramTalk.Refused(() =>
            talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", new string('đ', 33))]])));

        Assert.Equal("Bad Request: BUTTON_DATA_INVALID", refusal.Message);
    }

    [Fact]
    public async Task A_place_can_be_asked_for_in_private_chats_only()
    {
        await using var talk = await TelegramTalk.Start();
        var group = talk.Telegram.Group("Bản Tà Là Cáo", talk.An);
        var keyboard = new ReplyKeyboardMarkup([[KeyboardButton.WithRequestLocation("Gửi vị trí")]]);

        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: keyboard);
        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(group.Id, "a", replyMarkup: keyboard));

        Assert.Equal("Bad Request: location can be requested in private chats only", refusal.Message);
    }

    [Fact]
    public async Task A_reply_keyboard_stays_until_it_is_removed()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new ReplyKeyboardMarkup([["Có", "Không"]]));
        await talk.Bot.SendMessage(talk.An.Id, "b");
        talk.An.Press("Có");
        var before = talk.An.Chat.Keyboard.Count;
        await talk.Bot.SendMessage(talk.An.Id, "c", replyMarkup: new ReplyKeyboardRemove());

        Assert.Equal(1, before);
        Assert.Empty(talk.An.Chat.Keyboard);
        Assert.Equal("Có", (await talk.Bot.GetUpdates())[^1].Message!.Text);
    }

    [Fact]
    public async Task A_press_reaches_the_bot_in_the_shape_of_the_sample_and_its_answer_is_a_toast()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SendMessage(talk.An.Id, "Chọn quán", replyMarkup: new InlineKeyboardMarkup([[("Quán 1", "p:1")]]));
        talk.An.Press("Quán 1");

        var (_, answer) = await talk.Raw("getUpdates?offset=-1");
        var update = Assert.Single(await talk.Bot.GetUpdates(-1));
        await talk.Bot.AnswerCallbackQuery(update.CallbackQuery!.Id, "Đã chọn");

        Assert.Equal(
            TelegramSamples.Shape(TelegramSamples.Json("update-callback-query.json")),
            TelegramSamples.Shape(answer["result"]![0]));
        Assert.Equal("p:1", update.CallbackQuery.Data);
        Assert.Equal("Đã chọn", (await talk.An.Chat.NextToast()).Text);
    }

    [Fact]
    public async Task A_press_on_a_deleted_message_has_the_shape_of_the_sample_without_its_content()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", "p:1")]]));
        var shown = talk.An.Chat.Last;
        await talk.Bot.DeleteMessage(talk.An.Id, shown.Id);

        talk.An.PressOn(shown, "x");

        var (_, answer) = await talk.Raw("getUpdates?offset=-1");
        Assert.Equal(
            TelegramSamples.Shape(TelegramSamples.Json("update-callback-query-inaccessible.json")),
            TelegramSamples.Shape(answer["result"]![0]));
    }

    [Fact]
    public async Task A_press_is_answered_once_and_only_a_known_one()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", "p:1")]]));
        var query = talk.An.Press("x");

        await talk.Bot.AnswerCallbackQuery(query);
        var twice = await TelegramTalk.Refused(() => talk.Bot.AnswerCallbackQuery(query));
        var unknown = await TelegramTalk.Refused(() => talk.Bot.AnswerCallbackQuery("1"));

        var words = (string)TelegramSamples.Json("error-400-query-too-old.json")["description"]!;
        Assert.Equal([words, words], new[] { twice.Message, unknown.Message });
    }

    [Fact]
    public async Task A_toast_has_at_most_200_characters()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", "p:1")]]));
        var query = talk.An.Press("x");

        var refusal = await TelegramTalk.Refused(() => talk.Bot.AnswerCallbackQuery(query, new string('a', 201)));
        await talk.Bot.AnswerCallbackQuery(query, new string('a', 200), showAlert: true);

        Assert.Equal(400, refusal.ErrorCode);
        Assert.True(Assert.Single(talk.An.Chat.Toasts).Alert);
    }

    [Fact]
    public async Task Data_that_was_never_offered_can_be_forged()
    {
        await using var talk = await TelegramTalk.Start();
        await talk.Bot.SendMessage(talk.An.Id, "a");

        talk.An.Forge("submit:99");

        Assert.Equal("submit:99", Assert.Single(await talk.Bot.GetUpdates(-1)).CallbackQuery!.Data);
    }

    [Fact]
    public async Task An_edit_changes_what_is_seen_and_without_a_keyboard_the_buttons_go()
    {
        await using var talk = await TelegramTalk.Start();
        var sent = await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new InlineKeyboardMarkup([[("x", "p:1")]]));

        await talk.Bot.EditMessageText(talk.An.Id, sent.Id, "b");

        var seen = Assert.Single(talk.An.Chat.Messages);
        Assert.Equal(("b", 1), (seen.Text, seen.Edits));
        Assert.Empty(seen.Buttons);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_refused()
    {
        await using var talk = await TelegramTalk.Start();
        var keyboard = new InlineKeyboardMarkup([[("x", "p:1")]]);
        var sent = await talk.Bot.SendMessage(talk.An.Id, "<b>a</b>", Telegram.Bot.Types.Enums.ParseMode.Html, replyMarkup: keyboard);

        var text = await TelegramTalk.Refused(() =>
            talk.Bot.EditMessageText(talk.An.Id, sent.Id, "<b>a</b> ", Telegram.Bot.Types.Enums.ParseMode.Html, replyMarkup: keyboard));
        var markup = await TelegramTalk.Refused(() => talk.Bot.EditMessageReplyMarkup(talk.An.Id, sent.Id, keyboard));

        var words = (string)TelegramSamples.Json("error-400-not-modified.json")["description"]!;
        Assert.Equal([words, words], new[] { text.Message, markup.Message });
    }

    [Fact]
    public async Task Only_the_bots_own_messages_of_the_right_kind_can_be_edited()
    {
        await using var talk = await TelegramTalk.Start();
        var said = talk.An.Say("a");
        var photo = await talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(TelegramSamples.Png()), "a");
        var asked = await talk.Bot.SendMessage(talk.An.Id, "a", replyMarkup: new ReplyKeyboardMarkup([["Có"]]));

        Assert.Equal("Bad Request: message can't be edited", (await TelegramTalk.Refused(() => talk.Bot.EditMessageText(talk.An.Id, said, "b"))).Message);
        Assert.Equal("Bad Request: message to edit not found", (await TelegramTalk.Refused(() => talk.Bot.EditMessageText(talk.An.Id, 999, "b"))).Message);
        Assert.Equal("Bad Request: there is no text in the message to edit", (await TelegramTalk.Refused(() => talk.Bot.EditMessageText(talk.An.Id, photo.Id, "b"))).Message);
        Assert.Equal("Bad Request: message can't be edited", (await TelegramTalk.Refused(() => talk.Bot.EditMessageText(talk.An.Id, asked.Id, "b"))).Message);
        await talk.Bot.EditMessageCaption(talk.An.Id, photo.Id, "b");
        Assert.Equal("b", talk.An.Chat.Messages[0].Text);
    }

    [Fact]
    public async Task A_message_can_be_deleted_for_48_hours()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        await using var talk = await TelegramTalk.Start(new() { Clock = clock });
        var sent = await talk.Bot.SendMessage(talk.An.Id, "a");

        clock.Advance(TimeSpan.FromHours(48) + TimeSpan.FromSeconds(1));
        var late = await TelegramTalk.Refused(() => talk.Bot.DeleteMessage(talk.An.Id, sent.Id));
        var unknown = await TelegramTalk.Refused(() => talk.Bot.DeleteMessage(talk.An.Id, 999));

        Assert.Equal("Bad Request: message can't be deleted for everyone", late.Message);
        Assert.Equal("Bad Request: message to delete not found", unknown.Message);
    }
}
