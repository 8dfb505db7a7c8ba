using System.Text.Json;
using System.Text.Json.Nodes;
using DiaChiSo.Bot.Channels.ZaloOa.Receive;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>What each event of the samples means, and those beside them.</summary>
public sealed class OaMeanings
{
    private const string Who = "246845883529197922";

    private static readonly Dictionary<string, Incoming?> OfSamples = new()
    {
        ["webhook-follow"] = new Arrived(),
        ["webhook-oa_send_text"] = null,
        ["webhook-unfollow"] = new Departed(),
        ["webhook-user_send_file"] = new SentThing(Thing.Document),
        ["webhook-user_send_image"] = new SentPhoto("https://photo.example/f.jpg"),
        ["webhook-user_send_link"] = new Said("https://maps.example/?q=10.77,106.70"),
        ["webhook-user_send_location"] = new SharedPlace(new GeoPoint(10.7923119, 106.7820651), null, PlaceKind.Venue, "Cà phê Sân Vườn"),
        ["webhook-user_send_sticker"] = new SentThing(Thing.Sticker),
        // Its payload is of no page of ours, so it is what it looks like: words.
        ["webhook-user_send_text-button-payload"] = new Said("#p:1"),
        ["webhook-user_send_text"] = new Said("phở gần đây"),
        ["webhook-user_submit_info"] = new SharedContact("+84912345678", "Nguyễn An", IsOwn: true),
    };

    public static TheoryData<string> Samples => [.. OaSamples.Events];

    [Theory, MemberData(nameof(Samples))]
    public void Every_event_of_the_samples_means_something_or_is_none_of_the_persons(string name)
    {
        var meant = Read(OaSamples.Json(name + ".json"));
        Assert.Equal(OfSamples[name], meant?.Incoming);
        Assert.Equal(meant is null ? null : Who, meant?.ChatKey);
        Assert.NotEqual("", meant?.IncomingKey);
    }

    [Fact]
    public void A_message_is_known_by_its_id_and_what_has_none_by_its_person_and_time()
    {
        Assert.Equal("96d3cdf3af150460909", Read(OaSamples.Json("webhook-user_send_text.json"))!.IncomingKey);
        Assert.Equal("follow 246845883529197922 1795378417274", Read(OaSamples.Json("webhook-follow.json"))!.IncomingKey);
    }

    [Fact]
    public void Who_follows_again_has_come_back() => Assert.Equal(new CameBack(), Read(OaSamples.Json("webhook-follow.json"), isKnown: true)!.Incoming);

    [Theory]
    [InlineData("#t12.0", "t12.0")]
    [InlineData("#t1234567.4", "t1234567.4")]
    [InlineData("##d0123456789abcdef0123456789abcdef", "d0123456789abcdef0123456789abcdef")]
    public void A_tapped_button_is_a_press(string text, string data) => Assert.Equal(new Pressed(data), OfText(text));

    [Theory]
    [InlineData("#duong so 5")]
    [InlineData("#dienbien")]
    [InlineData("#d0123456789abcdef0123456789abcdef")]
    [InlineData("##")]
    [InlineData("##d")]
    [InlineData("##d a")]
    [InlineData("##xem")]
    [InlineData("#t")]
    [InlineData("#t1")]
    [InlineData("#12")]
    [InlineData("#")]
    [InlineData("# ")]
    [InlineData("số 5 #A")]
    public void What_somebody_types_behind_a_hash_is_words(string text) => Assert.Equal(new Said(text), OfText(text));

    [Fact]
    public void Commands_are_commands()
    {
        Assert.Equal(new Commanded("tracuu", "3260612345"), OfText("/tracuu 3260612345"));
        Assert.Equal(new Arrived(), OfText("/start"));
        Assert.Equal(new Said("/5A"), OfText("/5A"));
    }

    [Theory]
    [InlineData("https://www.google.com/maps/place/x/@21.85,103.33,17z/data=!3d21.8563!4d103.3291", true)]
    [InlineData("https://diachiso.gov.vn/#/map/3260600012", true)]
    [InlineData("https://maps.app.goo.gl/AbCdEf", false)]
    [InlineData("https://example.vn/tin-tuc", false)]
    [InlineData("javascript:alert(1)", false)]
    public void A_link_is_read_and_never_opened(string url, bool isUseful)
    {
        var link = Event("user_send_link", message => message["attachments"] = new JsonArray(new JsonObject { ["type"] = "link", ["payload"] = new JsonObject { ["url"] = url } }));
        Assert.Equal(isUseful ? new Said(url) : new SentThing(Thing.Link), Read(link)!.Incoming);
    }

    [Fact]
    public void Words_with_a_link_among_them_are_words()
    {
        var link = Event("user_send_link", message =>
        {
            message["text"] = "nhà tôi xem ở https://example.vn/x";
            message["attachments"] = new JsonArray(new JsonObject { ["type"] = "link", ["payload"] = new JsonObject { ["url"] = "https://example.vn/x" } });
        });
        Assert.Equal(new Said("nhà tôi xem ở https://example.vn/x"), Read(link)!.Incoming);
    }

    [Theory]
    [InlineData("\"21.8563\"", "\"103.3291\"", true)]
    [InlineData("21.8563", "103.3291", true)]
    [InlineData("\"21,8563\"", "\"103,3291\"", false)]
    [InlineData("\"91\"", "\"103\"", false)]
    [InlineData("\"NaN\"", "\"103\"", false)]
    [InlineData("\"1e999\"", "\"103\"", false)]
    [InlineData("null", "\"103\"", false)]
    [InlineData("{}", "[]", false)]
    public void Coordinates_are_strings_with_a_point_and_lie_on_the_earth(string latitude, string longitude, bool isPlace)
    {
        var location = Event("user_send_location", message => message["attachments"] = JsonNode.Parse(
            """[{"type":"location","payload":{"coordinates":{"latitude":LAT,"longitude":LNG}}}]""".Replace("LAT", latitude).Replace("LNG", longitude)));
        Assert.Equal(isPlace ? new SharedPlace(new GeoPoint(21.8563, 103.3291)) : new SentThing(Thing.Other), Read(location)!.Incoming);
    }

    [Theory]
    [InlineData("audio", Thing.Voice)]
    [InlineData("video", Thing.Video)]
    [InlineData("gif", Thing.Sticker)]
    [InlineData("business_card", Thing.Other)]
    [InlineData("a_kind_of_tomorrow", Thing.Other)]
    [InlineData("location", Thing.Other)]
    [InlineData("image", Thing.Other)]
    public void Whatever_is_sent_means_something(string kind, Thing thing) => Assert.Equal(new SentThing(thing), Read(Event("user_send_" + kind, _ => { }))!.Incoming);

    [Fact]
    public void Several_pictures_at_once_are_an_album_and_a_picture_sent_as_a_file_is_a_photo()
    {
        Assert.Equal(new SentThing(Thing.Album), Read(Event("user_send_image", message => message["attachments"] = JsonNode.Parse(
            """[{"type":"image","payload":{"url":"https://a.zdn.vn/1"}},{"type":"image","payload":{"url":"https://a.zdn.vn/2"}}]""")))!.Incoming);
        Assert.Equal(new SentPhoto("https://a.zdn.vn/1"), Read(Event("user_send_file", message => message["attachments"] = JsonNode.Parse(
            """[{"type":"file","payload":{"url":"https://a.zdn.vn/1","type":"JPG"}}]""")))!.Incoming);
    }

    [Theory]
    [InlineData("user_seen_message")]
    [InlineData("user_received_message")]
    [InlineData("oa_send_image")]
    [InlineData("anonymous_send_text")]
    [InlineData("shop_has_order")]
    public void What_no_person_did_means_nothing(string name) => Assert.Null(Read(Event(name, _ => { })));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"event_name":"user_send_text"}""")]
    [InlineData("""{"event_name":"user_send_text","sender":"x","message":[]}""")]
    [InlineData("""{"event_name":"user_send_text","sender":{"id":""},"message":{"text":"a"}}""")]
    [InlineData("""{"event_name":7,"sender":{"id":{}}}""")]
    [InlineData("""{"event_name":"follow","follower":[]}""")]
    public void What_is_broken_means_nothing_and_breaks_nothing(string json) => Assert.Null(Meaning.Of(new OaEvent(JsonElement.Parse(json)), isKnown: false));

    private static Incoming? OfText(string text) => Read(Event("user_send_text", message => message["text"] = text))?.Incoming;

    private static JsonObject Event(string name, Action<JsonObject> write)
    {
        var body = OaSamples.Json("webhook-user_send_text.json");
        body["event_name"] = name;
        var message = new JsonObject { ["msg_id"] = "96d3cdf3af150460999" };
        write(message);
        body["message"] = message;
        return body;
    }

    private static readonly Meaning Meaning = new(Understanding.Shipped);

    private static OaMessage? Read(JsonObject body, bool isKnown = false) => Meaning.Of(new OaEvent(JsonElement.Parse(body.ToJsonString())), isKnown);
}
