using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Mail;
using DiaChiSo.Bot.Media;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Places;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot;

/// <summary>What the server, the terminal and the commands have in common.</summary>
internal static class BotServices
{
    /// <summary>The core on the data folder, and the settings of each area. Channels and workers come after it.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, BotSettings settings, DataFolder data)
    {
        // Before the core, which ships its own in their place.
        services.AddSingleton(settings.Units.Units);
        services.AddSingleton(settings.Units.Boundaries);
        services.AddSingleton(settings.Schemes);
        services.AddDiaChiSo(data.Database, data.Secrets, typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Web);
        services.AddSingleton(settings.Mail);
        services.AddSingleton(settings.Offices);
        services.AddSingleton(settings.Plates);
        services.AddSingleton(settings.Area);
        services.AddSingleton(data);
        services.AddSingleton<Pulses>();
        services.AddSingleton<Drawings>();
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<PlaceLinks>();
        services.AddSingleton(settings.Telegram);
        services.AddSingleton<IDeepLinks, ChannelLinks>();
        services.AddSingleton<Fitting>();
        return services;
    }

    /// <summary>The workers that a conversation needs: turns, photos, sending to the channels that are there, mail.</summary>
    public static IServiceCollection AddTalkWorkers(this IServiceCollection services, BotSettings settings, DataFolder data, OutboxReach reach)
    {
        services.AddSingleton(reach);
        services.AddSingleton<IMailCarrier>(settings.Mail.IsSmtp ? new SmtpServer(settings.Mail) : new PickupFolder(data.Mail));
        services.AddPhotos();
        services.AddSingleton<IWorker, TurnWorker>();
        services.AddSingleton<IWorker, OutboxWorker>();
        services.AddSingleton<IWorker, MailWorker>();
        services.AddSingleton<Workforce>();
        services.AddHostedService(provider => provider.GetRequiredService<Workforce>());
        return services;
    }

    /// <summary>A channel's sender; its receiver is an <see cref="IWorker"/> or an endpoint of its own.</summary>
    public static IServiceCollection AddChannel<T>(this IServiceCollection services) where T : class, IChannel
    {
        services.AddSingleton<T>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<T>());
        return services;
    }

    /// <summary>Brings the database to this release's shape, fills the demo register on the first run, and finds out whether the keys fit.</summary>
    /// <param name="hasClaim">True where the caller holds the folder's claim; otherwise it is taken while the shape is changed.</param>
    /// <exception cref="SettingFault">The keys do not fit the database, or its shape must be changed while another process serves.</exception>
    public static async Task Prepare(this IServiceProvider services, bool hasClaim = false, CancellationToken ct = default)
    {
        var settings = services.GetRequiredService<BotSettings>();
        var data = services.GetRequiredService<DataFolder>();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var isOld = (await db.Database.GetPendingMigrationsAsync(ct)).Any();
        if (isOld || hasClaim)
        {
            using var claim = hasClaim ? null : data.Claim();
            if (isOld)
            {
                // A program that was killed while it migrated leaves the migrator's lock behind, and the next one would wait for ever; whoever holds the claim is alone.
                await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
                await services.PrepareStore(ct);
            }
            await data.CheckKeys(db, ct);
            if (settings.Register.Demo)
            {
                await DemoRegister.Fill(db, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
            }
        }
        if (!settings.HasOwnLinkTemplate && await db.Set<DigitalAddress>().AnyAsync(address => address.IsDemo, ct))
        {
            // An invented address must not lead to somebody's real house.
            settings.Plates.LinkTemplate = settings.Web.LinkBase + "/ma/{code}";
        }
    }
}
