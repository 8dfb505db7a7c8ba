using System.Collections.Concurrent;
using System.Net;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>
/// The program as <c>Serve</c> builds it, on loopback, with a fake Zalo at the other end, logged in. It can be stopped and started again on the same folder.
/// </summary>
internal sealed class OaBot : IAsyncDisposable
{
    private readonly List<string> settings;
    private readonly Action<IServiceCollection>? more;
    private WebApplication? app;

    private OaBot(FakeZaloOa zalo, Action<IServiceCollection>? more, IEnumerable<string> moreSettings)
    {
        Zalo = zalo;
        this.more = more;
        settings = [.. SettingsFor(zalo), "--Register:Demo=false", "--Data:Folder=data", "--Web:Url=http://127.0.0.1:0", .. moreSettings];
    }

    public FakeZaloOa Zalo { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("diachiso-").FullName;

    /// <summary>Everything that was written to a log since the first start, at the most talkative level.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    public string MailFolder => Directory.CreateDirectory(Path.Combine(Folder, "data", "mail")).FullName;

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("the bot is stopped");

    public Pulse Pulse => Services.GetRequiredService<Pulses>().Of(ZaloLine.Channel);

    public static IReadOnlyList<string> SettingsFor(FakeZaloOa zalo) =>
    [
        $"--ZaloOa:AppId={zalo.Options.AppId}", $"--ZaloOa:AppSecret={zalo.Options.AppSecret}", $"--ZaloOa:OaSecretKey={zalo.Options.OaSecretKey}", $"--ZaloOa:OaId={zalo.Options.OaId}",
        $"--ZaloOa:ApiUrl={zalo.BaseUrl}", $"--ZaloOa:OAuthUrl={zalo.BaseUrl}", "--ZaloOa:RedirectUrl=http://127.0.0.1/consent", "--ZaloOa:PhotoHosts=127.0.0.1",
    ];

    /// <summary>For tests that are about something else than Zalo's two seconds: the machine may be busy with other tests.</summary>
    public static FakeZaloOaOptions Patient { get; } = new() { WebhookPatience = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromSeconds(60) };

    public static async Task<OaBot> Start(FakeZaloOaOptions? options = null, Action<IServiceCollection>? more = null, bool isLoggedIn = true, params string[] settings)
    {
        var bot = new OaBot(await FakeZaloOa.Start(options ?? Patient), more, settings);
        await bot.Start(isLoggedIn);
        return bot;
    }

    public async Task Start(bool isLoggedIn = false)
    {
        app = await Serve.Build(Folder, settings, services =>
        {
            services.AddLogging(logs => logs.ClearProviders().AddProvider(new Notebook(Log)));
            more?.Invoke(services);
        });
        await Arrange(async db =>
        {
            if (!await db.Set<DiaChiSo.Core.Register.DigitalAddress>().AnyAsync())
            {
                await ChatRegister.Fill(db);
            }
        });
        if (isLoggedIn)
        {
            var (access, refresh) = Zalo.IssueTokens();
            var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await Services.GetRequiredService<TokenStore>().Keep(new TokenPair(access, refresh, now, now + Zalo.Options.AccessLives), CancellationToken.None);
        }
        await app.StartAsync(TestContext.Current.CancellationToken);
        Zalo.WebhookUrl = app.Urls.First().TrimEnd('/') + "/zalo-oa/webhook";
    }

    public async Task Stop()
    {
        if (app is { } running)
        {
            app = null;
            await running.StopAsync();
            await running.DisposeAsync();
        }
    }

    public async Task<T> Ask<T>(Func<BotDb, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public async Task Arrange(Func<BotDb, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>Waits until everything that was done is answered and everything that is to go out is out, given up, or waits for its person.</summary>
    public async Task UntilQuiet()
    {
        await Zalo.WaitUntilAllEventsAreTaken();
        await BotUnderTest.Until(async () => !await Ask(async db =>
            await db.Inbox.AnyAsync(row => row.Status == RowStatus.Pending)
            || await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && !db.Conversations.Any(conversation => conversation.Id == row.ConversationId && conversation.IsHeldBack))));
        // What was sent last comes back as an echo.
        await Zalo.WaitUntilAllEventsAreTaken();
    }

    /// <summary>The program's own word on this channel.</summary>
    public ChannelHealth Health() => ChannelHealth.Of(Pulse, DateTimeOffset.UtcNow);

    /// <summary>One POST to the webhook, by hand.</summary>
    public async Task<HttpStatusCode> Post(string body, params (string Name, string Value)[] headers) => await Zalo.BringOnce(body, headers.ToDictionary(header => header.Name, header => header.Value));

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Zalo.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
