using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Plates;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiaChiSo.Bot.Channels.Web;

/// <summary>The web channel put together: the chat page, its session, and the Direct Line between page and bot.</summary>
public static class WebServices
{
    /// <param name="services">Where the core is already (<c>AddDiaChiSo</c>); <see cref="PlateSettings"/> are taken from here, if they are.</param>
    /// <param name="settings">The section "Web"; ask its <see cref="WebSettings.Fault"/> before.</param>
    public static IServiceCollection AddWebChannel(this IServiceCollection services, WebSettings settings)
    {
        services.TryAddSingleton(settings);
        services.TryAddSingleton(new PlateSettings());
        services.AddSingleton<Tokens>();
        services.AddSingleton<Pace>();
        services.AddSingleton<Gatekeeper>();
        services.AddSingleton<Listeners>();
        services.TryAddSingleton<Pulses>();
        services.AddSingleton<Chatlog>();
        services.AddSingleton<Streams>();
        services.TryAddSingleton<Drawings>();
        services.AddSingleton<PictureLinks>();
        services.AddSingleton<ActivityWriting>();
        services.AddSingleton<UploadShelf>();
        services.AddSingleton<ActivityDoor>();
        services.AddSingleton<ClientForm>();
        services.AddSingleton<DirectLineEndpoints>();
        services.AddSingleton(provider => new PhotoTray(Chatlog.Channel, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPhotoSource>(provider => provider.GetRequiredService<PhotoTray>());
        services.AddSingleton<Visits>();
        services.AddSingleton<PageFiles>();
        services.AddSingleton<AddressPage>();
        services.AddSingleton<IChannel, DirectLineChannel>();
        return services;
    }

    /// <summary>Adds "/", "/ma/{code}", "/web/session" and "/v3/directline/…", and the WebSockets they need.</summary>
    public static WebApplication MapWebChannel(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) });
        app.Services.GetRequiredService<DirectLineEndpoints>().Map(app);
        app.Services.GetRequiredService<Visits>().Map(app);
        app.Services.GetRequiredService<PageFiles>().Map(app);
        app.Services.GetRequiredService<AddressPage>().Map(app);
        return app;
    }
}
