using DiaChiSo.Bot.Channels.Telegram.Receive;
using DiaChiSo.Bot.Channels.Telegram.Send;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Channels.Telegram;

internal static class TelegramServices
{
    /// <summary>Telegram, where a token is set; otherwise nothing.</summary>
    public static IServiceCollection AddTelegram(this IServiceCollection services, TelegramSettings settings)
    {
        if (!settings.IsOn)
        {
            return services;
        }
        services.AddSingleton(settings);
        services.AddSingleton<TelegramLine>();
        services.AddSingleton<Announced>();
        services.AddSingleton<CommandMenu>();
        services.AddSingleton<RoleMenus>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<RoleMenus>());
        services.AddSingleton<InlineRate>();
        services.AddSingleton<InlineAnswers>();
        services.AddSingleton<GroupSentence>();
        services.AddSingleton<UpdateDoor>();
        services.AddSingleton<IPhotoSource, TelegramPhotos>();
        services.AddSingleton<PartSender>();
        services.AddChannel<TelegramChannel>();
        services.AddSingleton<Opening>();
        services.AddHostedService(provider => provider.GetRequiredService<Opening>());
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
    public static void MapTelegram(this IEndpointRouteBuilder endpoints, TelegramSettings settings)
    {
        if (settings is { IsOn: true, IsWebhook: true })
        {
            endpoints.MapTelegramWebhook(settings);
        }
    }
}
