using DiaChiSo.Bot.Channels.ZaloOa.Receive;
using DiaChiSo.Bot.Channels.ZaloOa.Send;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Channels.ZaloOa;

internal static class ZaloOaServices
{
    /// <summary>The Zalo Official Account, where an application is set; otherwise nothing.</summary>
    public static IServiceCollection AddZaloOa(this IServiceCollection services, ZaloOaSettings settings)
    {
        if (!settings.IsOn)
        {
            return services;
        }
        services.AddZaloTokens(settings);
        services.AddSingleton<TokenKeeper>();
        services.AddSingleton<RateGate>();
        services.AddSingleton<ZaloLine>();
        services.AddSingleton<LateAnswer>();
        services.AddSingleton<PartSender>();
        services.AddChannel<ZaloOaChannel>();
        services.AddSingleton<Meaning>();
        services.AddSingleton<EventDoor>();
        services.AddSingleton<IPhotoSource>(provider =>
            new ZaloPhotos(ZaloLine.Channel, settings.PhotoHosts, provider.GetRequiredService<ZaloHttp>(), provider.GetRequiredService<ILogger<ZaloPhotos>>()));
        services.AddSingleton<IWorker, TokenWorker>();
        return services;
    }

    /// <summary>What a login needs, beside a server or without one.</summary>
    public static IServiceCollection AddZaloTokens(this IServiceCollection services, ZaloOaSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ZaloHttp>();
        services.AddSingleton<OAuth>();
        services.AddSingleton<TokenStore>();
        return services;
    }

    /// <summary>The webhook's address.</summary>
    public static void MapZaloOa(this IEndpointRouteBuilder endpoints, ZaloOaSettings settings, bool isDevelopment)
    {
        if (settings.IsOn)
        {
            endpoints.MapZaloOaWebhook(settings, isDevelopment);
        }
    }
}
