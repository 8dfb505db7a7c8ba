using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class StreamTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task A_socket_tells_what_was_said_before_and_what_comes()
    {
        var talk = await (await site.Start()).Greeted();
        using var socket = await talk.Listen();
        Assert.Equal("1", (await Hear(socket)).Watermark);
        await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await talk.Say("/trogiup", "c1");
        var heard = await HearUntil(socket, activity => activity is { Type: "message", From.Role: "bot" });
        Assert.Contains(heard, activity => activity.ChannelData?.TryGetProperty("clientActivityID", out var id) == true && id.GetString() == "c1");
    }

    [Fact]
    public async Task That_the_bot_is_at_it_is_told_on_the_socket_and_kept_nowhere()
    {
        var talk = await (await site.Start()).Greeted();
        using var socket = await talk.Listen();
        await Hear(socket);
        site.Services.GetRequiredService<Listeners>().Typing(talk.Ticket.ConversationId);
        var set = await Hear(socket);
        Assert.Equal(("typing", "bot"), (set.Activities.Single().Type, set.Activities.Single().From!.Role));
        Assert.Null(set.Watermark);
        Assert.Single((await talk.Read()).Activities);
    }

    [Fact]
    public async Task After_a_reconnect_the_watermark_decides()
    {
        var talk = await (await site.Start()).Greeted();
        using (var socket = await talk.Listen())
        {
            await Hear(socket);
        }
        await talk.Ask("/trogiup");
        var back = await (await site.Send(HttpMethod.Get, talk.Path + "?watermark=1", talk.Ticket.Token, null)).Content.ReadFromJsonAsync<Ticket>();
        Assert.EndsWith("&watermark=1", back!.StreamUrl);
        using var again = await talk.Listen(back.StreamUrl);
        var set = await Hear(again);
        Assert.Equal(["user", "bot"], set.Activities.Select(activity => activity.From!.Role));
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_listen()
    {
        var talk = await site.Start();
        Assert.Equal(HttpStatusCode.Forbidden, await Refused(talk, "https://evil.example"));
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", site.Address.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(new Uri(talk.Ticket.StreamUrl!), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task A_ticket_in_an_old_address_opens_nothing()
    {
        await using var alone = await WebSite.With();
        var talk = await alone.Start();
        alone.Time.Ahead = TimeSpan.FromMinutes(3);
        Assert.Equal(HttpStatusCode.Forbidden, await Refused(talk, null));
        // Nor does a ticket open anything but the stream.
        var ticket = talk.Ticket.StreamUrl!.Split("?t=")[1];
        Assert.Equal(HttpStatusCode.Forbidden, (await alone.Send(HttpMethod.Get, talk.Path + "/activities", ticket, null)).StatusCode);
    }

    [Fact]
    public async Task A_fifth_socket_takes_the_place_of_the_first()
    {
        var talk = await (await site.Start()).Greeted();
        using var first = await talk.Listen();
        await Hear(first);
        var others = new List<ClientWebSocket>();
        for (var more = 0; more < 4; more++)
        {
            var socket = await talk.Listen();
            others.Add(socket);
            await Hear(socket);
        }
        var end = await first.ReceiveAsync(new byte[1_000], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.All(others, socket => Assert.Equal(WebSocketState.Open, socket.State));
        others.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_talk_loses_nothing()
    {
        await using var alone = await WebSite.With();
        var talk = await (await alone.Start()).Greeted();
        using var socket = await talk.Listen();
        await Hear(socket);
        await talk.Say("/trogiup", "before");
        await HearUntil(socket, activity => activity is { Type: "message", From.Role: "bot" });
        var said = (await talk.Read()).Activities.Select(activity => activity.Id).ToList();

        await alone.Restart();
        var set = await talk.Read();
        Assert.Equal(said, set.Activities.Select(activity => activity.Id));
        Assert.Equal(said[1], await talk.Say("/trogiup", "before"));
        await talk.Ask("/menu");
        Assert.Equal(said.Count + 2, (await talk.Read()).Activities.Count);
    }

    internal static async Task<ActivitySet> Hear(ClientWebSocket socket)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16_000];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Assert.Equal(WebSocketMessageType.Text, part.MessageType);
                return JsonSerializer.Deserialize<ActivitySet>(Encoding.UTF8.GetString(frame.ToArray()), ActivityJson.Options)!;
            }
        }
    }

    private static async Task<List<Activity>> HearUntil(ClientWebSocket socket, Func<Activity, bool> isLast)
    {
        var heard = new List<Activity>();
        while (!heard.Any(isLast))
        {
            heard.AddRange((await Hear(socket)).Activities);
        }
        return heard;
    }

    private static async Task<HttpStatusCode> Refused(Talk talk, string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(talk.Ticket.StreamUrl!), TestContext.Current.CancellationToken));
        return socket.HttpStatusCode;
    }
}
