using System.Collections.Concurrent;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Tests.Channels;

/// <summary>
/// The program as <c>Serve</c> builds it (settings, workers, channels, a SQLite file of its own, the few addresses of the golden chats), on
/// loopback, with a fake Telegram at the other end. It can be stopped and started again on the same folder.
/// </summary>
internal sealed class BotUnderTest : IAsyncDisposable
{
    public const string WebhookSecret = "a-secret-of-the-tests-0123456789";

    private readonly string folder = Directory.CreateTempSubdirectory("diachiso-").FullName;
    private readonly List<string> settings;
    private readonly Action<IServiceCollection>? more;
    private WebApplication? app;
    private bool isGuest;

    private BotUnderTest(FakeTelegram telegram, bool webhook, Action<IServiceCollection>? more, IEnumerable<string> moreSettings)
    {
        Telegram = telegram;
        this.more = more;
        var port = webhook ? FreePorts.Next() : 0;
        Url = $"http://127.0.0.1:{port}";
        settings =
        [
            $"--Telegram:Token={telegram.Token}", $"--Telegram:ApiUrl={telegram.BaseUrl}", $"--Web:Url={Url}", "--Register:Demo=false", "--Data:Folder=data",
            .. webhook ? [$"--Telegram:WebhookUrl={Url}/telegram", $"--Telegram:WebhookSecret={WebhookSecret}"] : Array.Empty<string>(),
            .. moreSettings,
        ];
    }

    public FakeTelegram Telegram { get; }

    /// <summary>Where the bot itself listens.</summary>
    public string Url { get; }

    /// <summary>Everything that was written to a log since the first start, at the most talkative level.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Where its mails lie.</summary>
    public string MailFolder => Directory.CreateDirectory(Path.Combine(folder, "data", "mail")).FullName;

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("the bot is stopped");

    /// <param name="webhook">Telegram brings updates; otherwise the bot asks.</param>
    /// <param name="flood">None unless a test is about it.</param>
    /// <param name="more">Services on top.</param>
    public static async Task<BotUnderTest> Start(bool webhook = false, FloodLimits? flood = null, Action<IServiceCollection>? more = null, params string[] settings)
    {
        var bot = await Prepare(webhook, flood, more, settings);
        await bot.Start();
        return bot;
    }

    /// <summary>The same, not running yet.</summary>
    public static async Task<BotUnderTest> Prepare(bool webhook = false, FloodLimits? flood = null, Action<IServiceCollection>? more = null, params string[] settings) =>
        new(await FakeTelegram.Start(new FakeTelegramOptions { Flood = flood ?? FloodLimits.None }), webhook, more, settings);

    /// <summary>Another program with the same token, on a folder of its own.</summary>
    public static async Task<BotUnderTest> On(FakeTelegram telegram, bool webhook = false)
    {
        var bot = new BotUnderTest(telegram, webhook, null, []) { isGuest = true };
        await bot.Start();
        return bot;
    }

    public async Task Start()
    {
        app = await Serve.Build(folder, settings, services =>
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
        await app.StartAsync(TestContext.Current.CancellationToken);
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

    /// <summary>Waits until everything that came in is answered and everything that is to go out is out or given up.</summary>
    public async Task UntilQuiet()
    {
        await Telegram.WaitUntilAllUpdatesAreTaken();
        await Until(async () => !await Ask(async db =>
            await db.Inbox.AnyAsync(row => row.Status == RowStatus.Pending) || await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending)));
    }

    /// <summary>Waits (in real time, at most a minute) until it is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, "it did not come to pass within a minute");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        if (!isGuest)
        {
            // Throws where the bot made a request that the Bot API's schema does not allow.
            await Telegram.DisposeAsync();
        }
    }
}
