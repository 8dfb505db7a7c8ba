using DiaChiSo.Bot.Channels.Connector;
using DiaChiSo.Bot.Channels.Telegram;
using DiaChiSo.Bot.Channels.Web;
using DiaChiSo.Bot.Channels.ZaloBot;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Media;
using DiaChiSo.Bot.Places;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Commands;

/// <summary>The program without a command: the web page, Telegram where a token is set, and the workers behind them.</summary>
internal static class Serve
{
    /// <summary>Builds everything; nothing runs yet.</summary>
    /// <param name="folder">Where appsettings.json is looked for and where a relative data folder lies.</param>
    /// <param name="commandLine">Settings of the command line.</param>
    /// <param name="more">For tests: services on top.</param>
    /// <exception cref="SettingFault">A setting that the program cannot work with.</exception>
    public static async Task<WebApplication> Build(string folder, IReadOnlyList<string> commandLine, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder, ApplicationName = typeof(Serve).Assembly.GetName().Name });
        BotSettings.Sources(builder.Configuration, folder, commandLine);
        var settings = BotSettings.From(builder.Configuration, folder);
        var data = DataFolder.Open(Path.Combine(folder, settings.Data.Folder));
        var claim = data.Claim();

        builder.WebHost.UseKestrelCore().UseUrls(settings.Web.Url);
        builder.Services.AddLogs(builder.Configuration, isTalking: false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddRoutingCore();
        builder.Services.AddBot(settings, data);

        // Channels: a line each.
        builder.Services.AddWebChannel(settings.Web);
        builder.Services.AddTelegram(settings.Telegram);
        builder.Services.AddZaloOa(settings.ZaloOa);
        builder.Services.AddZaloBot(settings.ZaloBot);
        builder.Services.AddPlaces();
        builder.Services.AddConnector(settings.BotFramework);

        builder.Services.AddTalkWorkers(settings, data, new OutboxReach());
        builder.Services.AddSingleton<IWorker, TimerWorker>();
        builder.Services.AddSingleton<IWorker, RetentionWorker>();
        builder.Services.AddSingleton<IWorker, OverdueWorker>();
        more?.Invoke(builder.Services);

        var app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(claim.Dispose);
        try
        {
            await app.Services.Prepare(hasClaim: true);
        }
        catch
        {
            claim.Dispose();
            throw;
        }

        app.MapHealth();
        app.MapMedia();
        app.MapWebChannel();
        app.MapTelegram(settings.Telegram);
        app.MapZaloOa(settings.ZaloOa, string.Equals(builder.Configuration["Environment"], "Development", StringComparison.OrdinalIgnoreCase));
        app.MapZaloBot(settings.ZaloBot);
        app.MapPlaces();
        app.MapConnector(settings.BotFramework);

        return app;
    }

    /// <summary>Runs until it is told to stop. Returns the exit code: 1 where a worker died.</summary>
    /// <exception cref="SettingFault">A setting that the program cannot work with; a taken port among them.</exception>
    public static async Task<int> Run(string folder, IReadOnlyList<string> commandLine, CancellationToken ct)
    {
        await using var app = await Build(folder, commandLine);
        try
        {
            await app.StartAsync(ct);
            await app.WaitForShutdownAsync(ct);
        }
        catch (OperationCanceledException) when (Died(app))
        {
            // A worker died before the start was through.
        }
        catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new SettingFault("Web:Url: another program listens there already; name another port, for example --Web:Url=http://127.0.0.1:5081.");
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or InvalidOperationException or UnauthorizedAccessException or FormatException)
        {
            throw new SettingFault($"Web:Url: this machine cannot listen there; for example {WebSettings.DefaultUrl} works everywhere.");
        }
        finally
        {
            // Also after a start that failed: the workers run by then.
            await app.StopAsync(CancellationToken.None);
        }
        return Died(app) ? 1 : 0;
    }

    private static bool Died(WebApplication app) => app.Services.GetRequiredService<Workforce>().HasDied;
}
