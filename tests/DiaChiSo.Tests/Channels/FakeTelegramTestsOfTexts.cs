using Telegram.Bot;
using Telegram.Bot.Types.Enums;

namespace DiaChiSo.Tests.Channels;

/// <summary>Texts, captions, HTML, and to whom a bot may write.</summary>
public class FakeTelegramTestsOfTexts
{
    [Fact]
    public async Task A_text_is_shown_and_comes_back_to_the_client()
    {
        await using var talk = await TelegramTalk.Start();

        var sent = await talk.Bot.SendMessage(talk.An.Id, "Dạ, em chào anh/chị.");

        var seen = await talk.An.Chat.NextMessage();
        Assert.Equal("Dạ, em chào anh/chị.", seen.Text);
        Assert.Equal(sent.Id, seen.Id);
        Assert.Equal("sendMessage", seen.Method);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public async Task A_text_of_nothing_is_refused(string text)
    {
        await using var talk = await TelegramTalk.Start();

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, text));

        var sample = TelegramSamples.Json("error-400-text-empty.json");
        Assert.Equal(((int)sample["error_code"]!, (string)sample["description"]!), (refusal.ErrorCode, refusal.Message));
    }

    [Fact]
    public async Task The_length_of_a_text_counts_after_parsing()
    {
        await using var talk = await TelegramTalk.Start();
        var longest = new string('ộ', 4096);

        await talk.Bot.SendMessage(talk.An.Id, $"<b>{longest}</b>", ParseMode.Html);
        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, longest + "!"));

        Assert.Equal(longest, talk.An.Chat.Last.Text);
        Assert.Equal((string)TelegramSamples.Json("error-400-too-long.json")["description"]!, refusal.Message);
    }

    [Fact]
    public async Task A_caption_has_at_most_1024_characters_after_parsing()
    {
        await using var talk = await TelegramTalk.Start();
        var longest = new string('a', 1024);

        await talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(TelegramSamples.Png()), $"<i>{longest}</i>", ParseMode.Html);
        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(TelegramSamples.Png()), longest + "b"));

        Assert.Equal(longest, talk.An.Chat.Last.Text);
        Assert.Equal("Bad Request: message caption is too long", refusal.Message);
    }

    [Fact]
    public async Task Html_becomes_text_and_entities_and_the_raw_form_is_kept()
    {
        await using var talk = await TelegramTalk.Start();
        const string html = "<b>Chợ &lt;A&gt;</b> <i><u>x</u></i> <s>y</s> <code>3260612345</code> <pre><code class=\"language-csv\">z</code></pre> "
            + "<a href=\"https://example.invalid/m?q=1&amp;r=2\">bản đồ</a> <tg-spoiler>w</tg-spoiler><blockquote>q</blockquote>";

        await talk.Bot.SendMessage(talk.An.Id, html, ParseMode.Html);

        var seen = talk.An.Chat.Last;
        Assert.Equal("Chợ <A> x y 3260612345 z bản đồ wq", seen.Text);
        Assert.Equal(html, seen.RawText);
        Assert.Equal(
            ["bold:Chợ <A>", "italic:x", "underline:x", "strikethrough:y", "code:3260612345", "pre:z", "text_link:bản đồ", "spoiler:w", "blockquote:q"],
            seen.Entities.Select(entity => $"{entity.Type}:{seen.Text.Substring(entity.Offset, entity.Length)}"));
        Assert.Equal("csv", seen.Entities.Single(entity => entity.Type == "pre").Language);
        Assert.Equal("https://example.invalid/m?q=1&r=2", seen.Entities.Single(entity => entity.Type == "text_link").Url);
    }

    [Theory]
    [InlineData("a <xã> b", "Unsupported start tag \"xã\" at byte offset 2")]
    [InlineData("ộ <b>x", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("ộ<b>x</i>", "Unmatched end tag at byte offset 7, expected \"</b>\", found \"</i>\"")]
    [InlineData("x</b>", "Unexpected end tag at byte offset 1")]
    [InlineData("x <b", "Unclosed start tag at byte offset 2")]
    [InlineData("<i>a</i  ", "Unclosed end tag at byte offset 4")]
    [InlineData("<i  =a>", "Empty attribute name in the tag \"i\" at byte offset 0")]
    [InlineData("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0")]
    public async Task Bad_markup_is_refused_with_its_place(string html, string complaint)
    {
        await using var talk = await TelegramTalk.Start();

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, html, ParseMode.Html));

        Assert.Equal("Bad Request: can't parse entities: " + complaint, refusal.Message);
        Assert.Empty(talk.An.Chat.Messages);
    }

    [Fact]
    public async Task Characters_that_are_no_known_entity_stay_as_they_are()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendMessage(talk.An.Id, "&laquo; & &#7897; &quot;", ParseMode.Html);

        Assert.Equal("&laquo; & ộ \"", talk.An.Chat.Last.Text);
    }

    [Fact]
    public async Task A_bot_cannot_write_first()
    {
        await using var talk = await TelegramTalk.Start(open: false);

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "a"));

        Assert.Equal((403, "Forbidden: bot can't initiate conversation with a user"), (refusal.ErrorCode, refusal.Message));
    }

    [Fact]
    public async Task A_bot_that_is_blocked_gets_403_until_it_is_unblocked()
    {
        await using var talk = await TelegramTalk.Start();
        talk.An.Block();

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "a"));
        talk.An.Unblock();
        await talk.Bot.SendMessage(talk.An.Id, "b");

        var sample = TelegramSamples.Json("error-403-blocked.json");
        Assert.Equal(((int)sample["error_code"]!, (string)sample["description"]!), (refusal.ErrorCode, refusal.Message));
        Assert.Equal("b", talk.An.Chat.Last.Text);
    }

    [Fact]
    public async Task A_reply_to_a_message_that_is_not_there_is_refused_unless_that_is_allowed()
    {
        await using var talk = await TelegramTalk.Start();
        var asked = talk.An.Say("?");

        await talk.Bot.SendMessage(talk.An.Id, "a", replyParameters: asked);
        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendMessage(talk.An.Id, "b", replyParameters: 999));
        await talk.Bot.SendMessage(talk.An.Id, "c", replyParameters: new() { MessageId = 999, AllowSendingWithoutReply = true });

        Assert.Equal("Bad Request: message to be replied not found", refusal.Message);
        Assert.Equal([asked, null], talk.An.Chat.Messages.Select(message => message.ReplyToId));
    }

    [Fact]
    public async Task An_unknown_chat_action_is_refused_and_a_known_one_is_seen()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendChatAction(talk.An.Id, ChatAction.Typing);
        var words = await talk.RefusedJson("sendChatAction", """{"chat_id":700000001,"action":"thinking"}""");

        Assert.Equal(["typing"], talk.An.Chat.Actions);
        Assert.Equal("Bad Request: wrong parameter action in request", words);
    }
}
