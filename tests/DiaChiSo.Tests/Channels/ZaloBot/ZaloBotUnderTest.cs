using System.Collections.Concurrent;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloBot;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Host;
using DiaChiSo.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Tests.Channels.ZaloBot;

/// <summary>
/// The program as <c>Serve</c> builds it, on loopback, with a fake Zalo Bot Platform at the other end and the few addresses of the golden chats.
/// It can be stopped and started again on the same folder.
/// </summary>
internal sealed class ZaloBotUnderTest : IAsyncDisposable
{
    public const string WebhookSecret = "a-secret-of-the-tests-0123456789";

    private readonly string folder = Directory.CreateTempSubdirectory("diachiso-").FullName;
    private readonly bool hasWebhook;
    private readonly string[] more;
    private readonly int port = FreePorts.Next();
    private WebApplication? app;

    private ZaloBotUnderTest(FakeZaloBot zalo, bool webhook, string[] more) => (Zalo, hasWebhook, this.more) = (zalo, webhook, more);

    public FakeZaloBot Zalo { get; }

    /// <summary>Pictures of the bot can be fetched from outside; looked at when it starts.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>The system's time, and as much later as a test wants.</summary>
    public AheadOfTime Time { get; } = new();

    /// <summary>Where the bot itself listens; also its public address.</summary>
    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>Everything that was written to a log since the first start, at the most talkative level.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    public string MailFolder => Directory.CreateDirectory(Path.Combine(folder, "data", "mail")).FullName;

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("the bot is stopped");

    public static async Task<ZaloBotUnderTest> Start(bool webhook = false, FakeZaloBotOptions? options = null, params string[] settings)
    {
        var bot = await Prepare(webhook, options, settings);
        await bot.Start();
        return bot;
    }

    /// <summary>The same, not running yet.</summary>
    public static async Task<ZaloBotUnderTest> Prepare(bool webhook = false, FakeZaloBotOptions? options = null, params string[] settings) =>
        new(await FakeZaloBot.Start(options), webhook, settings);

    public async Task Start(params string[] again)
    {
        string[] settings =
        [
            $"--ZaloBot:Token={Zalo.Token}", $"--ZaloBot:ApiUrl={Zalo.BaseUrl}", "--ZaloBot:PhotoHosts=127.0.0.1", $"--Web:Url={Url}", "--Register:Demo=false", "--Data:Folder=data",
            .. IsReachable ? [$"--Web:PublicUrl={Url}"] : Array.Empty<string>(),
            .. hasWebhook ? [$"--ZaloBot:WebhookUrl={Url}/zalo-bot", $"--ZaloBot:WebhookSecret={WebhookSecret}"] : Array.Empty<string>(),
            .. more, .. again,
        ];
        app = await Serve.Build(folder, settings, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddLogging(logs => logs.ClearProviders().AddProvider(new Notebook(Log)));
        });
        await Arrange(async db =>
        {
            if (!await db.Set<DiaChiSo.Core.Register.DigitalAddress>().AnyAsync())
            {
                await ChatRegister.Fill(db);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await Zalo.UntilHeard();
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

    public Task Arrange(Func<BotDb, Task> work) => Ask(async db =>
    {
        await work(db);
        return 0;
    });

    public async Task<ChannelHealth> Health()
    {
        await using var scope = Services.CreateAsyncScope();
        return (await HealthReport.Make(scope.ServiceProvider, TestContext.Current.CancellationToken)).Channels["zalo-bot"];
    }

    /// <summary>Waits until everything that came in is answered and everything whose time has come is out or given up.</summary>
    public async Task UntilQuiet()
    {
        await Zalo.UntilAllAreTaken();
        await BotUnderTest.Until(async () => !await Ask(async db =>
        {
            var soon = Time.GetUtcNow().AddHours(1);
            return await db.Inbox.AnyAsync(row => row.Status == RowStatus.Pending) || await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && row.NotBefore < soon);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Zalo.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
