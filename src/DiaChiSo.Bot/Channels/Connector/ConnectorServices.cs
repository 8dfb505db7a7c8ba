using DiaChiSo.Bot.Channels.Connector.Receive;
using DiaChiSo.Bot.Channels.Connector.Send;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.Connector;

internal static class ConnectorServices
{
    /// <summary><c>/api/messages</c> and its answers, where the section "BotFramework" says so; otherwise nothing. The web channel is there already.</summary>
    public static IServiceCollection AddConnector(this IServiceCollection services, BotFrameworkSettings settings)
    {
        if (!settings.IsOn)
        {
            return services;
        }
        services.AddSingleton(settings);
        services.AddSingleton<ConnectorLine>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<ChatAddresses>();
        services.AddSingleton<ExpectedReplies>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ActivityPost>();
        services.AddSingleton<GroupSentence>();
        services.AddSingleton<MessagesEndpoint>();
        services.AddSingleton<IPhotoSource, ConnectorPhotos>();
        services.AddChannel<ConnectorChannel>();
        return services;
    }

    public static void MapConnector(this IEndpointRouteBuilder app, BotFrameworkSettings settings)
    {
        if (settings.IsOn)
        {
            app.ServiceProvider.GetRequiredService<MessagesEndpoint>().Map(app);
        }
    }
}
