using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Channels.ZaloBot.Receive;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiaChiSo.Tests.Channels.ZaloBot;

/// <summary>What each documented or observed event means, in both shapes.</summary>
public sealed class ZaloBotMeanings
{
    private const string An = "6ede9afa66b88fe6d6a9";
    private readonly Meaning meaning = new(NullLogger<Meaning>.Instance);

    public static TheoryData<string, Incoming> Samples => new()
    {
        { "getUpdates-response.json", new Said("xin chào") },
        { "webhook-text-toplevel.json", new Said("phở gần đây") },
        { "webhook-text-enveloped.json", new Said("phở gần đây") },
        { "webhook-image.json", new SentPhoto("https://photo.example/zalo/abc.jpg") },
        { "webhook-image-documented-field.json", new SentPhoto("https://photo.example/zalo/abc.jpg", "đây là đâu") },
        { "webhook-sticker.json", new SentThing(Thing.Sticker) },
        { "webhook-voice.json", new SentThing(Thing.Voice) },
        { "webhook-unsupported.json", new SentThing(Thing.Unseen) },
    };

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_means(string file, Incoming incoming)
    {
        var heard = meaning.Of(Assert.Single(BotUpdate.AllIn(Sample(file))));
        Assert.Equal((An, incoming), (heard!.ChatKey, heard.Incoming));
        Assert.StartsWith(An + " ", heard.IncomingKey, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webhook-unsupported-bare.json")]
    [InlineData("webhook-group-text.json")]
    public void What_is_for_nobody_means_nothing(string file) => Assert.Null(meaning.Of(Assert.Single(BotUpdate.AllIn(Sample(file)))));

    [Theory]
    [InlineData("getUpdates-timeout.json")]
    [InlineData("error-401.json")]
    [InlineData("getMe-response.json")]
    public void Answers_that_hold_no_event_hold_no_event(string file) => Assert.Empty(BotUpdate.AllIn(Sample(file)));

    [Fact]
    public void Several_events_may_come_at_once_also_in_the_envelope()
    {
        var one = Message("\"text\":\"1\"");
        Assert.Equal(2, BotUpdate.AllIn(Json($"[{one},{one}]")).Count());
        Assert.Equal(2, BotUpdate.AllIn(Json($$"""{"ok":true,"result":[{{one}},{{one}}]}""")).Count());
        Assert.Empty(BotUpdate.AllIn(Json("""{"ok":true,"result":[]}""")));
        Assert.Empty(BotUpdate.AllIn(Json("""{"ok":true,"result":null}""")));
    }

    [Fact]
    public void Commands_and_the_beginning_are_known_by_their_slash()
    {
        Assert.Equal(new Commanded("tracuu", "3260612345"), Meant("\"text\":\"/tracuu 3260612345\""));
        Assert.Equal(new Arrived("ma_3260612345"), Meant("\"text\":\"/start ma_3260612345\""));
        Assert.Equal(new Said("/5A"), Meant("\"text\":\"/5A\""));
        Assert.Equal(new SentThing(Thing.Unseen), Meant("\"text\":\"  \""));
    }

    [Theory]
    [InlineData("\"latitude\":21.84,\"longitude\":103.35")]
    [InlineData("\"location\":{\"latitude\":\"21.84\",\"longitude\":\"103.35\"}")]
    [InlineData("\"payload\":{\"coordinates\":{\"latitude\":\"21.84\",\"longitude\":\"103.35\"}}")]
    public void An_undocumented_place_is_taken_if_it_comes(string fields) =>
        Assert.Equal(new SharedPlace(new GeoPoint(21.84, 103.35)), Meant(fields, "message.location.received"));

    [Fact]
    public void What_is_undocumented_and_cannot_be_read_is_answered_like_what_is_unseen()
    {
        Assert.Equal(new SentThing(Thing.Unseen), Meant("\"latitude\":921,\"longitude\":103", "message.location.received"));
        Assert.Equal(new Said("https://maps.example/@21.84,103.35,17z"), Meant("\"link\":\"https://maps.example/@21.84,103.35,17z\"", "message.link.received"));
        Assert.Equal(new SentThing(Thing.Link), Meant("\"x\":1", "message.link.received"));
        Assert.Equal(new SentThing(Thing.Unseen), Meant("\"x\":1", "message.hologram.received"));
    }

    [Fact]
    public void Other_bots_and_senders_without_a_name_are_left_out()
    {
        Assert.Null(meaning.Of(One("""{"event_name":"message.text.received","message":{"from":{"id":"a","is_bot":true},"chat":{"id":"a","chat_type":"PRIVATE"},"message_id":"1","text":"x"}}""")));
        Assert.Null(meaning.Of(One("""{"event_name":"message.text.received","message":{"chat":{"id":"a","chat_type":"PRIVATE"},"message_id":"1","text":"x"}}""")));
        Assert.Null(meaning.Of(One("""{"event_name":"message.text.received","message":"x"}""")));
        // Without a type, only a chat with the sender alone is private.
        Assert.NotNull(meaning.Of(One("""{"event_name":"message.text.received","message":{"from":{"id":"a"},"chat":{"id":"a"},"message_id":"1","text":"x"}}""")));
        Assert.Null(meaning.Of(One("""{"event_name":"message.text.received","message":{"from":{"id":"a"},"chat":{"id":"b"},"message_id":"1","text":"x"}}""")));
    }

    [Fact]
    public void A_message_is_known_again_by_its_id_in_its_chat()
    {
        Assert.Equal(Key("\"text\":\"1\""), Key("\"text\":\"1\""));
        Assert.NotEqual(Key("\"text\":\"1\""), Key("\"text\":\"1\"", id: "other"));
    }

    [Fact]
    public void Without_an_id_the_same_bytes_are_known_again_by_their_date_and_nothing_is_lost_without_one()
    {
        const string NoId = """{"event_name":"message.text.received","message":{"from":{"id":"a"},"chat":{"id":"a"},"date":1795378417602,"text":"1"}}""";
        const string NoDate = """{"event_name":"message.text.received","message":{"from":{"id":"a"},"chat":{"id":"a"},"text":"1"}}""";
        Assert.Equal(meaning.Of(One(NoId))!.IncomingKey, meaning.Of(One(NoId))!.IncomingKey);
        Assert.NotEqual(meaning.Of(One(NoDate))!.IncomingKey, meaning.Of(One(NoDate))!.IncomingKey);
    }

    [Fact]
    public void A_burst_of_what_is_unseen_is_one()
    {
        string Unseen(long date, string id) => meaning.Of(One($$$"""{"event_name":"message.unsupported.received","message":{"from":{"id":"a"},"chat":{"id":"a"},"message_id":"{{{id}}}","date":{{{date}}}}}"""))!.IncomingKey;
        Assert.Equal(Unseen(1795378410001, "1"), Unseen(1795378418602, "2"));
        Assert.NotEqual(Unseen(1795378410001, "1"), Unseen(1795378421000, "3"));
    }

    private Incoming? Meant(string fields, string name = "message.text.received") => meaning.Of(One(Message(fields, name)))?.Incoming;

    private string Key(string fields, string id = "2d758cb5e222177a4e35") => meaning.Of(One(Message(fields, id: id)))!.IncomingKey;

    private static string Message(string fields, string name = "message.text.received", string id = "2d758cb5e222177a4e35") =>
        $$$"""{"event_name":"{{{name}}}","message":{"from":{"id":"a","is_bot":false},"chat":{"id":"a","chat_type":"PRIVATE"},"message_id":"{{{id}}}","date":1795378417602,{{{fields}}}}}""";

    private static BotUpdate One(string json) => Assert.Single(BotUpdate.AllIn(Json(json)));

    private static JsonElement Sample(string name) => Json(File.ReadAllText(Path.Combine(ChatFiles.Root, "tests", "data", "zalo-bot", name)));

    private static JsonElement Json(string text) => JsonElement.Parse(Encoding.UTF8.GetBytes(text));
}
