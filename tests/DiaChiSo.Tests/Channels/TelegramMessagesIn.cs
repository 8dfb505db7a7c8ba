using DiaChiSo.Bot.Channels.Telegram.Receive;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Tests.Channels;

/// <summary>What each kind of update means.</summary>
public sealed class TelegramMessagesIn
{
    private const string From = "\"message_id\":9,\"date\":1790000000,\"from\":{\"id\":42,\"is_bot\":false,\"first_name\":\"An\",\"language_code\":\"vi\"},\"chat\":{\"id\":42,\"type\":\"private\",\"first_name\":\"An\"}";

    public static TheoryData<string, Incoming?> Messages => new()
    {
        { "\"text\":\"Đội 5, Mường Báng\"", new Said("Đội 5, Mường Báng") },
        { "\"text\":\"/5A\"", new Said("/5A") },
        { "\"text\":\"/TraCuu@diachiso_demo_bot 3260700023\"", new Commanded("tracuu", "3260700023") },
        { "\"text\":\"/start\"", new Arrived() },
        { "\"text\":\"/start tracuu_3260700023\"", new Arrived("tracuu_3260700023") },
        { "\"location\":{\"latitude\":21.85,\"longitude\":103.33,\"horizontal_accuracy\":8.5}", new SharedPlace(new(21.85, 103.33), 8.5) },
        { "\"location\":{\"latitude\":21.85,\"longitude\":103.33,\"live_period\":900,\"horizontal_accuracy\":30}", new SharedPlace(new(21.85, 103.33), 30, PlaceKind.LiveStart) },
        { "\"forward_origin\":{\"type\":\"hidden_user\",\"sender_user_name\":\"B\",\"date\":1},\"location\":{\"latitude\":21.85,\"longitude\":103.33,\"horizontal_accuracy\":8}", new SharedPlace(new(21.85, 103.33)) },
        { "\"location\":{\"latitude\":21.85,\"longitude\":103.33},\"venue\":{\"location\":{\"latitude\":21.85,\"longitude\":103.33},\"title\":\"Chợ\",\"address\":\"x\"}", new SharedPlace(new(21.85, 103.33), null, PlaceKind.Venue, "Chợ") },
        { "\"contact\":{\"phone_number\":\"84912000001\",\"first_name\":\"An\",\"last_name\":\"Thử\",\"user_id\":42}", new SharedContact("84912000001", "Thử An", true) },
        { "\"contact\":{\"phone_number\":\"84912000001\",\"first_name\":\"Bình\",\"user_id\":43}", new SharedContact("84912000001", "Bình", false) },
        { "\"contact\":{\"phone_number\":\"84912000001\",\"first_name\":\"Bình\"}", new SharedContact("84912000001", "Bình", false) },
        { "\"photo\":[{\"file_id\":\"small\",\"file_unique_id\":\"s\",\"width\":90,\"height\":90},{\"file_id\":\"large\",\"file_unique_id\":\"l\",\"width\":900,\"height\":900}],\"caption\":\"3260700023\"", new SentPhoto("large", "3260700023") },
        { "\"media_group_id\":\"7\",\"caption\":\"x\",\"photo\":[{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"width\":90,\"height\":90}]", new SentThing(Thing.Album) },
        { "\"sticker\":{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"type\":\"regular\",\"width\":1,\"height\":1,\"is_animated\":false,\"is_video\":false}", new SentThing(Thing.Sticker) },
        { "\"voice\":{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"duration\":3}", new SentThing(Thing.Voice) },
        { "\"audio\":{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"duration\":3}", new SentThing(Thing.Voice) },
        { "\"video\":{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"duration\":3,\"width\":1,\"height\":1}", new SentThing(Thing.Video) },
        { "\"video_note\":{\"file_id\":\"f\",\"file_unique_id\":\"s\",\"duration\":3,\"length\":1}", new SentThing(Thing.Video) },
        { "\"document\":{\"file_id\":\"f\",\"file_unique_id\":\"s\"}", new SentThing(Thing.Document) },
        { "\"dice\":{\"emoji\":\"x\",\"value\":3}", new SentThing(Thing.Other) },
        { "\"a_kind_of_tomorrow\":{\"x\":1}", new SentThing(Thing.Other) },
        { "\"pinned_message\":{\"message_id\":1,\"date\":0,\"chat\":{\"id\":42,\"type\":\"private\"}}", null },
        { "\"message_auto_delete_timer_changed\":{\"message_auto_delete_time\":9}", null },
    };

    [Theory, MemberData(nameof(Messages))]
    public void A_message_means(string fields, Incoming? meaning) => Assert.Equal(meaning, Of("message", $"{{{From},{fields}}}")?.Incoming);

    [Fact]
    public void An_edited_text_is_a_thing_and_an_edited_place_a_step_of_a_live_location()
    {
        Assert.Equal(new SentThing(Thing.Edited), Of("edited_message", $"{{{From},\"edit_date\":1,\"text\":\"x\"}}")?.Incoming);
        var moving = Of("edited_message", $"{{{From},\"edit_date\":1,\"location\":{{\"latitude\":21.85,\"longitude\":103.33,\"live_period\":900}}}}")?.Incoming;
        var stopped = Of("edited_message", $"{{{From},\"edit_date\":1,\"location\":{{\"latitude\":21.85,\"longitude\":103.33}}}}")?.Incoming;
        Assert.Equal(new SharedPlace(new(21.85, 103.33), null, PlaceKind.LiveUpdate), moving);
        Assert.Equal(moving, stopped);
    }

    [Fact]
    public void Blocked_is_departed_and_unblocked_is_back()
    {
        Assert.IsType<Departed>(Member("member", "kicked"));
        Assert.IsType<CameBack>(Member("kicked", "member"));

        static Incoming? Member(string was, string now) => Of("my_chat_member", $$"""
            {"chat":{"id":42,"type":"private"},"from":{"id":42,"is_bot":false,"first_name":"An"},"date":1,
             "old_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"b"},"status":"{{was}}","until_date":0},
             "new_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"b"},"status":"{{now}}","until_date":0} }
            """)?.Incoming;
    }

    [Fact]
    public void A_press_on_a_message_that_is_gone_is_still_a_press()
    {
        var press = Of("callback_query", """{"id":"77","from":{"id":42,"is_bot":false,"first_name":"An"},"chat_instance":"1","data":"t3.1","message":{"message_id":1,"date":0,"chat":{"id":42,"type":"private"}}}""");
        Assert.Equal(new PrivateMessage("42", "5", new Pressed("t3.1", "77"), "vi"), press);
    }

    [Fact]
    public void Other_bots_groups_and_kinds_of_tomorrow_mean_nothing()
    {
        Assert.Null(Of("message", $"{{{From.Replace("\"is_bot\":false", "\"is_bot\":true")},\"text\":\"x\"}}"));
        Assert.Null(Of("message", $"{{{From.Replace("\"private\"", "\"group\"")},\"text\":\"x\"}}"));
        Assert.Null(Of("channel_post", $"{{{From.Replace("\"private\"", "\"channel\"")},\"text\":\"x\"}}"));
        Assert.Null(Of("a_kind_of_tomorrow", "{}"));
    }

    [Theory]
    [InlineData("vi", "vi")]
    [InlineData("en-US", "en")]
    [InlineData("fr", "vi")]
    [InlineData(null, "vi")]
    public void The_language_is_the_phones_where_the_bot_speaks_it(string? phone, string spoken) =>
        Assert.Equal(spoken, Meaning.LanguageOf(new User { Id = 1, FirstName = "A", LanguageCode = phone }));

    private static PrivateMessage? Of(string type, string body) =>
        Meaning.Of(System.Text.Json.JsonSerializer.Deserialize<Update>($"{{\"update_id\":5,\"{type}\":{body}}}", JsonBotAPI.Options)!);
}
