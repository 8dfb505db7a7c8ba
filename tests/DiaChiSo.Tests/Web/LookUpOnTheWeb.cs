using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class LookUpOnTheWeb(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task A_code_gives_the_card_the_qr_and_the_gate()
    {
        var address = WebSite.AnAddress;
        var talk = await (await site.Start()).Greeted();
        var card = await talk.Ask(address.Code.Grouped);

        Assert.Contains(address.Code.Grouped, card.Text);
        Assert.Equal("plain", card.TextFormat);
        var qr = card.Attachments!.Single(one => one.ContentType == "image/png");
        Assert.StartsWith(site.Address + "v3/directline/pictures/", qr.ContentUrl);
        Assert.Contains(address.Code.Grouped, qr.Name);
        var picture = await site.Send(HttpMethod.Get, new Uri(qr.ContentUrl!).PathAndQuery, null, null);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await picture.Content.ReadAsByteArrayAsync()).Take(4));

        var place = card.Entities!.Single();
        Assert.Equal("Place", place.GetProperty("type").GetString());
        Assert.Equal(address.Gate!.Value.Latitude, place.GetProperty("geo").GetProperty("latitude").GetDouble(), 5);
        Assert.Equal(address.Gate.Value.Longitude, place.GetProperty("geo").GetProperty("longitude").GetDouble(), 5);
        Assert.StartsWith("https://", place.GetProperty("hasMap").GetString());
        var hero = card.Attachments!.Single(one => one.ContentType == "application/vnd.microsoft.card.hero").Content!.Value;
        Assert.Equal("openUrl", hero.GetProperty("buttons")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_whole_talk_goes_by_buttons_and_by_their_numbers()
    {
        var talk = await (await site.Start()).Greeted();
        var several = await talk.Ask("thôn Háng Là, xã Sín Chải");
        var actions = several.SuggestedActions!.Actions;
        Assert.True(actions.Count >= 4);
        Assert.Equal(["1. ", "2. "], actions.Take(2).Select(action => action.Title[..3]));

        var pressed = await talk.Press(actions[0]);
        var card = await talk.Answer(await IdIn(pressed));
        Assert.NotEmpty(card.Entities!);
        var own = (await talk.Read()).Activities.Last(activity => activity.From!.Role == "user");
        Assert.Equal(actions[0].DisplayText, own.ChannelData!.Value.GetProperty("messageBack").GetProperty("displayText").GetString());

        // The number typed instead of the button.
        Assert.NotEmpty((await talk.Ask("1")).Text!);
    }

    [Fact]
    public async Task An_old_button_says_so_and_does_nothing()
    {
        var talk = await (await site.Start()).Greeted();
        var several = await talk.Ask("Tủa Chùa");
        await talk.Ask("/menu");
        var answer = await talk.Answer(await IdIn(await talk.Press(several.SuggestedActions!.Actions[0])));
        Assert.Null(answer.Entities);
        Assert.Contains("đã cũ", answer.Text);
    }

    [Fact]
    public async Task A_shared_place_finds_the_addresses_around_it()
    {
        var gate = WebSite.AnAddress.Gate!.Value;
        var talk = await (await site.Start()).Greeted();
        var response = await talk.Post(new
        {
            type = "message",
            text = "Vị trí của tôi",
            entities = new object[]
            {
                new { type = "ClientCapabilities", supportsTts = true },
                new { type = "Place", geo = new { type = "GeoCoordinates", latitude = gate.Latitude, longitude = gate.Longitude, accuracy = 12 } },
            },
        });
        var answer = await talk.Answer(await IdIn(response));
        Assert.True(answer.SuggestedActions!.Actions.Count >= 2);
        var own = (await talk.Read()).Activities.Last(activity => activity.From!.Role == "user");
        Assert.Equal(12, own.Entities!.Single().GetProperty("geo").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public async Task A_question_for_a_place_tells_the_page_so()
    {
        var talk = await (await site.Start()).Greeted();
        var question = await talk.Ask("/tracuu");
        Assert.Equal("place", question.ChannelData!.Value.GetProperty("asks")[0].GetProperty("what").GetString());
        Assert.DoesNotContain(question.SuggestedActions!.Actions, action => action.Title.Contains('@'));
    }

    [Fact]
    public async Task The_code_of_a_plates_link_is_looked_up_at_the_start()
    {
        var code = WebSite.AnAddress.Code;
        Assert.Contains(code.Grouped, (await (await site.Start(payload: code.ToString())).Answer("0")).Text);

        var talk = await (await site.Start()).Greeted();
        await talk.Post(new { type = "event", name = "start", value = code.ToString() });
        Assert.Contains(code.Grouped, (await talk.Answer("1")).Text);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[bấm vào đây](javascript:alert(1)) **đậm**")]
    public async Task What_a_person_types_comes_back_as_plain_text(string words)
    {
        var talk = await (await site.Start()).Greeted();
        await talk.Ask(words);
        var activities = (await talk.Read()).Activities;
        var own = activities.Last(activity => activity.From!.Role == "user");
        Assert.Equal((words, "plain"), (own.Text, own.TextFormat));
        Assert.All(activities.Where(activity => activity.From!.Role == "bot"), activity => Assert.Equal("plain", activity.TextFormat));
        var raw = await site.Send(HttpMethod.Get, talk.Path + "/activities", talk.Ticket.Token, null);
        Assert.Equal("application/json", raw.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_language_is_changed_with_one_command()
    {
        var talk = await (await site.Start()).Greeted();
        Assert.Equal("en", (await talk.Ask("/ngonngu en")).Locale);
        Assert.Equal("vi", (await talk.Ask("/ngonngu vi")).Locale);
    }

    [Fact]
    public async Task A_picture_that_we_did_not_offer_is_not_drawn()
    {
        foreach (var link in new[] { "x", "CfDJ8AAAA", new string('A', 7_000) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await site.Send(HttpMethod.Get, PictureLinks.Path + link, null, null)).StatusCode);
        }
    }

    private static async Task<string> IdIn(HttpResponseMessage response) =>
        Talk.Number((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
}
