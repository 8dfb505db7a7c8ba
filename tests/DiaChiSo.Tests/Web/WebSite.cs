using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DiaChiSo.Tests.Web;

/// <summary>The whole program on a loopback port of its own, with its data in a folder of its own. It can be stopped and started again.</summary>
public sealed class WebSite : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("diachiso-web").FullName;
    private readonly List<string> settings = ["--Web:Url=http://127.0.0.1:0"];
    private WebApplication? app;
    private Func<BotDb, Task>? fill;

    public AheadOfTime Time { get; } = new();

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    /// <summary>A site with settings of its own and no register.</summary>
    public static Task<WebSite> With(params string[] more) => With(null, more);

    /// <param name="fill">Puts addresses into its register before it starts.</param>
    /// <param name="more">Settings.</param>
    public static async Task<WebSite> With(Func<BotDb, Task>? fill, params string[] more)
    {
        var site = new WebSite { fill = fill };
        site.settings.AddRange(["--Register:Demo=false", .. more]);
        await site.InitializeAsync();
        return site;
    }

    public async ValueTask InitializeAsync()
    {
        app = await Serve.Build(folder, settings, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddLogging(logs => logs.ClearProviders());
        });
        if (fill is not null)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await fill(scope.ServiceProvider.GetRequiredService<BotDb>());
            fill = null;
        }
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
    }

    /// <summary>The program ends and comes back, on another port.</summary>
    public async Task Restart()
    {
        await Stop();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One of the invented addresses, with a gate.</summary>
    public static DigitalAddress AnAddress { get; } = DemoRegister.Addresses(DateTimeOffset.UnixEpoch).First(address => address.Gate is not null);

    /// <param name="locale">The client's.</param>
    /// <param name="payload">Of the link that was opened.</param>
    /// <param name="own">The bot's own page; otherwise another Bot Framework client.</param>
    public async Task<Talk> Start(string? locale = null, string? payload = null, bool own = true)
    {
        var ticket = own
            ? await (await Send(HttpMethod.Post, "/web/session", null, null)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Ticket>() ?? throw new InvalidOperationException("no ticket")
            : await Generate();
        var opened = await Send(HttpMethod.Post, "/v3/directline/conversations", ticket.Token, new { user = new { id = "web" }, locale, channelData = payload is null ? null : new { start = payload } });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return new Talk(this, await opened.Content.ReadFromJsonAsync<Ticket>() ?? throw new InvalidOperationException("no ticket"));
    }

    public async Task<Ticket> Generate() =>
        await (await Send(HttpMethod.Post, "/v3/directline/tokens/generate", null, null)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Ticket>() ?? throw new InvalidOperationException("no ticket");

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? bearer, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : body as HttpContent ?? JsonContent.Create(body) };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> ErrorCode(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString()!;

    private async Task Stop()
    {
        Http.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }
}

public sealed record Ticket(string ConversationId, string Token, int Expires_in, string? StreamUrl);

/// <summary>One conversation, as a client holds it.</summary>
public sealed record Talk(WebSite Site, Ticket Ticket)
{
    public string Path => $"/v3/directline/conversations/{Ticket.ConversationId}";

    public Task<HttpResponseMessage> Post(object activity) => Site.Send(HttpMethod.Post, Path + "/activities", Ticket.Token, activity);

    public async Task<string> Say(string text, string? clientId = null)
    {
        var response = await Post(new { type = "message", text, from = new { id = "web" }, channelData = clientId is null ? null : new { clientActivityID = clientId } });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public Task<HttpResponseMessage> Press(CardAction action) => Post(new
    {
        type = "message",
        text = action.Text,
        value = action.Value,
        channelData = new { messageBack = new { displayText = action.DisplayText } },
    });

    public async Task<ActivitySet> Read(long watermark = 0) =>
        (await (await Site.Send(HttpMethod.Get, $"{Path}/activities?watermark={watermark}", Ticket.Token, null)).EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<ActivitySet>(ActivityJson.Options))!;

    /// <summary>What the bot says after a watermark; waits for it (10 s at most).</summary>
    public async Task<Activity> Answer(string after)
    {
        for (var look = 0; look < 400; look++)
        {
            var set = await Read(long.Parse(after));
            if (set.Activities.LastOrDefault(activity => activity.From?.Role == "bot") is { } answer)
            {
                return answer;
            }
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("the bot said nothing");
    }

    /// <summary>The greeting came.</summary>
    public async Task<Talk> Greeted()
    {
        await Answer("0");
        return this;
    }

    /// <summary>Says it and gives the answer.</summary>
    public async Task<Activity> Ask(string text)
    {
        var id = await Say(text);
        return await Answer(Number(id));
    }

    public static string Number(string id) => long.Parse(id[(id.IndexOf('|') + 1)..]).ToString();

    public async Task<ClientWebSocket> Listen(string? streamUrl = null, string more = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri((streamUrl ?? Ticket.StreamUrl!) + more), TestContext.Current.CancellationToken);
        return socket;
    }
}

/// <summary>The system's time, and as much later as a test wants.</summary>
public sealed class AheadOfTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
