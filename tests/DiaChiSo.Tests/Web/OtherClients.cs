using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using Xunit;

namespace DiaChiSo.Tests.Web;

/// <summary>What a Bot Framework client that is not our own page gets.</summary>
public sealed class OtherClients(WebSite site) : IClassFixture<WebSite>
{
    private const string HeroCard = "application/vnd.microsoft.card.hero";

    [Fact]
    public async Task A_long_list_is_a_card_and_stands_in_the_text_with_its_numbers()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        var several = await talk.Ask("thôn Háng Là, xã Sín Chải");
        var buttons = several.Attachments!.Single(one => one.ContentType == HeroCard).Content!.Value.GetProperty("buttons").Deserialize<List<CardAction>>(ActivityJson.Options)!;
        Assert.True(buttons.Count >= 4);
        Assert.All(buttons, button => Assert.Equal("messageBack", button.Type));
        Assert.All(buttons, button => Assert.Contains(button.Title, several.Text, StringComparison.Ordinal));
        Assert.StartsWith("1. ", buttons[0].Title);

        // By the card's button, and in another talk by the number.
        var card = await talk.Answer(await IdIn(await talk.Press(buttons[0])));
        Assert.NotEmpty(card.Entities!);
        var other = await (await site.Start(own: false)).Greeted();
        await other.Ask("thôn Háng Là, xã Sín Chải");
        Assert.Equal(card.Entities![0].GetProperty("description").GetString(), (await other.Ask("1")).Entities![0].GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_few_short_choices_are_suggested_actions()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        var question = await talk.Ask("/ngonngu");
        Assert.DoesNotContain(question.Attachments ?? [], one => one.ContentType == HeroCard);
        Assert.NotEmpty(question.SuggestedActions!.Actions);
    }

    [Fact]
    public async Task What_a_card_says_of_a_place_the_text_says_too()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        var card = await talk.Ask(WebSite.AnAddress.Code.Grouped);
        Assert.Contains(card.Entities!.Single().GetProperty("description").GetString()!, card.Text, StringComparison.Ordinal);
        Assert.Equal("openUrl", card.Attachments!.First(one => one.ContentType == HeroCard).Content!.Value.GetProperty("buttons")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task One_socket_listens_to_a_conversation_and_the_last_one_counts()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        using var first = await talk.Listen();
        await StreamTests.Hear(first);
        using var second = await talk.Listen();
        Assert.Equal("1", (await StreamTests.Hear(second)).Watermark);
        Assert.Equal(WebSocketMessageType.Close, (await first.ReceiveAsync(new byte[1_000], TestContext.Current.CancellationToken)).MessageType);
        Assert.Equal(WebSocketState.Open, second.State);
    }

    [Fact]
    public async Task A_conversation_that_its_client_ended_is_not_renewed_and_begins_again_with_a_word()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        Assert.Equal(HttpStatusCode.OK, (await talk.Post(new { type = "endOfConversation" })).StatusCode);
        await Channels.BotUnderTest.Until(async () => (await Refresh()).StatusCode == HttpStatusCode.NotFound);
        Assert.Equal("NotFound", await WebSite.ErrorCode(await Refresh()));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Send(HttpMethod.Get, talk.Path + "?watermark=1", talk.Ticket.Token, null)).StatusCode);
        await talk.Ask("/menu");
        Assert.Equal(HttpStatusCode.OK, (await Refresh()).StatusCode);

        Task<HttpResponseMessage> Refresh() => site.Send(HttpMethod.Post, "/v3/directline/tokens/refresh", talk.Ticket.Token, null);
    }

    [Fact]
    public async Task A_token_whose_conversation_did_not_begin_yet_is_renewed()
    {
        var ticket = await site.Generate();
        Assert.Equal(HttpStatusCode.OK, (await site.Send(HttpMethod.Post, "/v3/directline/tokens/refresh", ticket.Token, null)).StatusCode);
    }

    [Fact]
    public async Task Every_address_has_its_preflight()
    {
        await using var own = await WebSite.With("--Web:AllowedOrigins=https://xa.example.vn");
        foreach (var path in new[] { "tokens/generate", "tokens/refresh", "conversations", "conversations/x%7C1", "conversations/x%7C1/activities", "conversations/x%7C1/upload?userId=web" })
        {
            var asked = await own.Send(HttpMethod.Options, "/v3/directline/" + path, null, null,
                ("Origin", "https://xa.example.vn"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with"));
            Assert.Equal((HttpStatusCode.NoContent, "https://xa.example.vn"), (asked.StatusCode, asked.Headers.GetValues("Access-Control-Allow-Origin").Single()));
            Assert.Contains("POST", asked.Headers.GetValues("Access-Control-Allow-Methods").Single());
            var elsewhere = await own.Send(HttpMethod.Options, "/v3/directline/" + path, null, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
            Assert.False(elsewhere.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static async Task<string> IdIn(HttpResponseMessage response) =>
        Talk.Number((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
}
