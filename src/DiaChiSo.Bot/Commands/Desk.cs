using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Bot.Commands;

/// <summary>What a short command works with: the services on the data folder, without channels and workers.</summary>
internal static class Desk
{
    /// <summary>Does the work on the operator's data folder; works beside a server that is running.</summary>
    public static async Task<int> Open(Surroundings here, Func<IServiceProvider, BotDb, Task> work, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder();
        BotSettings.Sources(configuration, here.Folder, here.Settings);
        var built = configuration.Build();
        var settings = BotSettings.From(built, here.Folder);
        var data = DataFolder.Open(Path.Combine(here.Folder, settings.Data.Folder));
        var services = new ServiceCollection();
        services.AddLogs(built, isTalking: true);
        services.AddBot(settings, data);
        services.AddZaloTokens(settings.ZaloOa);
        await using var provider = services.BuildServiceProvider();
        await provider.Prepare(ct: ct);
        await using var scope = provider.CreateAsyncScope();
        await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<BotDb>());
        return 0;
    }
}
