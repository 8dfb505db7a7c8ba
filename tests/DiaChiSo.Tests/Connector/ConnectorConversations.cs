using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiaChiSo.Bot.Channels.Connector;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Channels;
using DiaChiSo.Tests.Photos;
using DiaChiSo.Tests.Web;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Connector;

/// <summary>Talks over <c>/api/messages</c>, by HTTP, with a fake of the framework at the other end.</summary>
public sealed class ConnectorConversations(ConnectorSite site) : IClassFixture<ConnectorSite>
{
    [Fact]
    public async Task Who_joins_is_greeted_once_and_a_code_gives_the_card_with_qr_and_gate()
    {
        var address = WebSite.AnAddress;
        var an = site.Framework.Someone("An");
        await an.Join();
        await site.UntilQuiet();
        Assert.Single(an.Chat.Messages);

        await site.Do(an, address.Code.Grouped);
        var card = an.Chat.Messages.First(message => message["entities"] is not null);
        Assert.Contains(address.Code.Grouped, string.Join("\n", an.Chat.Messages.Select(message => message["text"])));
        Assert.Contains(card["attachments"]!.AsArray(), one => one!["contentType"]!.GetValue<string>() == "image/png" && one["contentUrl"]!.GetValue<string>().StartsWith("data:image/png;base64,iVBOR", StringComparison.Ordinal));
        var geo = card["entities"]![0]!["geo"]!;
        Assert.Equal((Math.Round(address.Gate!.Value.Latitude, 5), Math.Round(address.Gate.Value.Longitude, 5)), (Math.Round(geo["latitude"]!.GetValue<double>(), 5), Math.Round(geo["longitude"]!.GetValue<double>(), 5)));
        Assert.Null(card["channelData"]);
        Assert.Empty(site.Framework.Refusals);
    }

    [Fact]
    public async Task A_list_goes_by_card_buttons_by_numbers_and_by_places()
    {
        var an = site.Framework.Someone("Bình", "msteams");
        await site.Do(an, "thôn Háng Là, xã Sín Chải");
        var first = an.Offered.First(one => one["title"]!.GetValue<string>().StartsWith("1. ", StringComparison.Ordinal));
        Assert.Contains(first["title"]!.GetValue<string>(), an.Last, StringComparison.Ordinal);
        await site.Do(an, $"[{first["title"]}]");
        Assert.Contains(an.Chat.Messages, message => message["entities"] is not null);
        await site.Do(an, "thôn Háng Là, xã Sín Chải", "1");

        var gate = WebSite.AnAddress.Gate!.Value;
        var seen = an.Chat.Messages.Count;
        await an.SharePlace(gate.Latitude, gate.Longitude);
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count > seen));
        Assert.True(an.Offered.Count >= 2);
        Assert.Empty(site.Framework.Refusals);
    }

    [Theory]
    [InlineData("object")]
    [InlineData("string")]
    [InlineData("flat")]
    public async Task A_press_is_understood_however_the_channel_writes_its_value(string form)
    {
        var an = site.Framework.Someone("press-" + form);
        await site.Do(an, "thôn Háng Là, xã Sín Chải");
        var choice = an.Offered[0]["value"]!["choice"]!.GetValue<string>();
        JsonNode value = form switch { "object" => new JsonObject { ["choice"] = choice }, "string" => JsonSerializer.Serialize(new { choice }), _ => choice };
        await an.Post(an.Activity("message", ("value", value)));
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Any(message => message["entities"] is not null)));
    }

    [Fact]
    public async Task The_same_activity_three_times_is_one()
    {
        var an = site.Framework.Someone("Chi");
        await site.Do(an, "/menu");
        var before = an.Chat.Messages.Count;
        var once = an.Activity("message", ("text", "/trogiup"));
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await an.Post(once)).StatusCode);
        }
        await site.UntilQuiet();
        Assert.Equal(before + 1, an.Chat.Messages.Count);
    }

    [Fact]
    public async Task Who_expects_replies_has_them_in_the_response_and_what_comes_later_goes_the_normal_way()
    {
        var an = site.Framework.Someone("Dung");
        var answer = await an.Post(an.Activity("message", ("text", WebSite.AnAddress.Code.ToString()), ("deliveryMode", "expectReplies")));
        var replies = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["activities"]!.AsArray();
        Assert.Contains(replies, reply => reply!["entities"] is not null);
        Assert.All(replies, reply => Assert.Equal((an.Chat.BotId, an.Chat.PersonId, "message"), (reply!["from"]!["id"]!.GetValue<string>(), reply["recipient"]!["id"]!.GetValue<string>(), reply["type"]!.GetValue<string>())));
        Assert.Empty(an.Chat.Messages);

        // What needs no answer is answered with none, at once.
        var typing = await an.Post(an.Activity("typing", ("deliveryMode", "expectReplies")));
        Assert.Empty((await typing.Content.ReadFromJsonAsync<JsonObject>())!["activities"]!.AsArray());

        await site.Do(an, "/menu");
        Assert.Single(an.Chat.Messages);
    }

    [Fact]
    public async Task Where_the_chat_is_is_kept_sealed_and_over_a_restart()
    {
        await using var own = await ConnectorSite.With();
        var an = own.Framework.Someone("an@example.invalid", "email");
        own.Framework.Keys.Add(new("k2", "email"));
        await an.Post(an.Activity("message", ("text", "/menu")), own.Framework.Keys[1].Token(an.Claims()));
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 1));
        var kept = await own.Ask(db => db.Set<ChannelNote>().Where(note => note.Channel == ConnectorLine.Channel).ToListAsync());
        Assert.All(kept, note => Assert.DoesNotContain("example.invalid", note.Name + note.Value));
        Assert.DoesNotContain("example", (await own.Ask(db => db.Conversations.SingleAsync())).ChatKey);

        await own.Site.Restart();
        own.Framework.BotUrl = own.Site.Address;
        await an.Post(an.Activity("message", ("text", "/trogiup")), own.Framework.Keys[1].Token(an.Claims()));
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 2));
        Assert.Empty(own.Framework.Refusals);
    }

    [Fact]
    public async Task A_photo_at_the_channels_server_is_fetched_with_the_bots_token_and_one_elsewhere_is_not()
    {
        ReadingPhotos.NeedsZbar();
        var an = site.Framework.Someone("Giang");
        await site.Do(an, "/menu");
        site.Framework.Files["plate.png"] = QrCode.Png(WebSite.AnAddress.Code, new PlateSettings());
        await an.SendFile("plate.png", "image/png");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Any(message => message["entities"] is not null)));
        Assert.Equal(("/files/plate.png", true), Assert.Single(site.Framework.Requests, request => request.Path.StartsWith("/files/", StringComparison.Ordinal)));

        await using var elsewhere = await Fakes.BotFramework.FakeBotFramework.Start();
        var seen = an.Chat.Messages.Count;
        await an.SendLink(elsewhere.ServiceUrl + "files/plate.png", "image/png");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count > seen));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task In_a_group_there_is_one_sentence_when_the_bot_is_named_and_no_talk()
    {
        await using var own = await ConnectorSite.With("--Web:PublicUrl=https://diachiso.example.vn");
        var an = own.Framework.Someone("Hà", "msteams");
        var mention = new JsonArray(new JsonObject { ["type"] = "mention", ["mentioned"] = new JsonObject { ["id"] = an.Chat.BotId } });
        foreach (var isNamed in new[] { false, true, true })
        {
            var said = an.Activity("message", ("text", "<at>bot</at> 32606 12345"));
            said["conversation"]!["isGroup"] = true;
            said["entities"] = isNamed ? mention.DeepClone() : null;
            Assert.Equal(HttpStatusCode.OK, (await an.Post(said)).StatusCode);
        }
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count > 0));
        await own.UntilQuiet();
        Assert.Contains("https://diachiso.example.vn", Assert.Single(an.Chat.Messages)["text"]!.GetValue<string>());
        Assert.False(await own.Ask(db => db.Conversations.AnyAsync()));
    }

    [Theory]
    [InlineData("""{"type":"message","text":"x"}""", 403)]
    [InlineData("""{"text":"x"}""", 400)]
    [InlineData("""{"type":""", 400)]
    [InlineData("""[]""", 400)]
    [InlineData("""{"type":"invoke","name":"x"}""", 501)]
    [InlineData("""{"type":"message","text":"\ud800"}""", 400)]
    [InlineData("""{"type":"message","text":"x","from":null}""", 400)]
    [InlineData("""{"type":"message","text":"x","conversation":null}""", 400)]
    [InlineData("""{"type":"message"}""", 400)]
    public async Task What_is_no_activity_is_refused_with_its_status(string body, int status)
    {
        var an = site.Framework.Someone("malformed");
        HttpContent content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (status != 403 && body.StartsWith("{\"type\":\"", StringComparison.Ordinal) && body.EndsWith('}') && !body.Contains("\\ud800", StringComparison.Ordinal))
        {
            var whole = an.Activity("x");
            foreach (var (name, value) in JsonNode.Parse(body)!.AsObject())
            {
                whole[name] = value?.DeepClone();
            }
            content = JsonContent.Create(whole);
        }
        var answer = await site.Site.Send(HttpMethod.Post, "/api/messages", site.Framework.Keys[0].Token(an.Claims()), content);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Where_nothing_is_set_there_is_no_such_address()
    {
        await using var plain = await WebSite.With();
        Assert.Equal(HttpStatusCode.NotFound, (await plain.Send(HttpMethod.Post, "/api/messages", null, new { type = "message" })).StatusCode);
    }
}
