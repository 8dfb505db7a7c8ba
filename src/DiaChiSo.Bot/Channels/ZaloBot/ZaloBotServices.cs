using DiaChiSo.Bot.Channels.ZaloBot.Receive;
using DiaChiSo.Bot.Channels.ZaloBot.Send;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiaChiSo.Bot.Channels.ZaloBot;

internal static class ZaloBotServices
{
    /// <summary>A bot of the Zalo Bot Platform, where a token is set; otherwise nothing.</summary>
    public static IServiceCollection AddZaloBot(this IServiceCollection services, ZaloBotSettings settings)
    {
        if (!settings.IsOn)
        {
            return services;
        }
        services.AddSingleton(settings);
        services.AddSingleton<ZaloBotLine>();
        services.AddSingleton<Allowance>();
        services.AddSingleton<GroupSentence>();
        services.AddSingleton<Meaning>();
        services.AddSingleton<UpdateDoor>();
        services.TryAddSingleton<ZaloHttp>();
        services.AddSingleton<IPhotoSource>(provider =>
            new ZaloOa.Receive.ZaloPhotos(ZaloBotLine.Channel, settings.PhotoHosts, provider.GetRequiredService<ZaloHttp>(), provider.GetRequiredService<ILogger<ZaloOa.Receive.ZaloPhotos>>()));
        services.AddChannel<ZaloBotChannel>();
        services.AddSingleton<Opening>();
        services.AddHostedService(provider => provider.GetRequiredService<Opening>());
        services.AddSingleton<IWorker, AllowanceWorker>();
        if (settings.IsWebhook)
        {
            services.AddSingleton<IWorker, WebhookOpener>();
        }
        else
        {
            services.AddSingleton<IWorker, Poller>();
        }
        return services;
    }

    /// <summary>The webhook's address, where one is set.</summary>
    public static void MapZaloBot(this IEndpointRouteBuilder endpoints, ZaloBotSettings settings)
    {
        if (settings is { IsOn: true, IsWebhook: true })
        {
            endpoints.MapZaloBotWebhook(settings);
        }
    }
}
