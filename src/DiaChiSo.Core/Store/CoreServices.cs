using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiaChiSo.Core.Store;

/// <summary>The core put together: one call for the program, for the tests and for the speed program.</summary>
public static class CoreServices
{
    // What lies in an assembly does not change: it is read once, however often the core is put together.
    private static readonly ConcurrentDictionary<Assembly, (Texts, Catalogue)> Embedded = [];

    /// <param name="services">Where to.</param>
    /// <param name="databaseFile">The SQLite file; its folder must be there.</param>
    /// <param name="secrets">The key ring.</param>
    /// <param name="dialogs">The assembly in which the dialogs and their words lie.</param>
    /// <exception cref="FormatException">A dialog's words cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The dialogs do not fit together.</exception>
    public static IServiceCollection AddDiaChiSo(this IServiceCollection services, string databaseFile, Secrets secrets, Assembly dialogs)
    {
        var (texts, catalogue) = Embedded.GetOrAdd(dialogs, Read);
        services.AddSingleton(texts);
        services.AddSingleton(catalogue);
        services.AddSingleton(secrets);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<INumbers, RandomNumbers>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton<Nudges>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<PhotoDesk>();
        services.AddSingleton<TurnQueue>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<Timers>();
        services.AddSingleton<ChannelNotes>();
        services.AddDbContext<BotDb>(options => options.UseSqlite($"Data Source={databaseFile}").AddInterceptors(DurableSqlite.Instance));
        services.AddScoped<Policy>();
        services.AddScoped<Grants>();
        services.AddSingleton<PersonCodes>();
        services.AddScoped<MyChats>();
        services.AddScoped<SpokenTries>();
        services.AddScoped<Invites>();
        services.AddScoped<Nominations>();
        services.TryAddSingleton<IDeepLinks, NoDeepLinks>();
        services.AddScoped<Drafts>();
        services.AddScoped<Accounts>();
        services.AddScoped<EmailCodes>();
        services.AddScoped<IRequests, OwnRequests>();
        services.AddScoped<IReviewQueue, ReviewQueue>();
        services.AddScoped<OwnedAddresses>();
        services.AddScoped<IMyAddresses>(provider => provider.GetRequiredService<OwnedAddresses>());
        services.AddScoped<IMyRights, MyRights>();
        services.AddScoped<IDataDesk, DataDesk>();
        services.AddSingleton<DataDeadlines>();
        services.AddSingleton<IDueWork, DataRequestClock>();
        services.TryAddSingleton(AdministrativeUnits.Shipped);
        services.TryAddSingleton(Boundaries.None);
        services.TryAddSingleton(new Schemes());
        services.AddSingleton(provider => new Understanding(
            provider.GetRequiredService<AdministrativeUnits>(), provider.GetRequiredService<Schemes>(), provider.GetRequiredService<ServedArea>(), provider.GetRequiredService<Boundaries>()));
        services.AddSingleton(provider => new RegisterMemory(provider.GetRequiredService<AdministrativeUnits>(), Path.ChangeExtension(databaseFile, ".idx")));
        // Two walls: a dialog gets the one that it names (design.md §5).
        services.AddScoped<IAddressRegister, AddressRegister>();
        services.AddScoped<IVillages>(provider => new Villages(provider.GetRequiredService<BotDb>()));
        services.TryAddSingleton(new ServedArea());
        services.TryAddSingleton(new OfficeTable());
        services.AddSingleton<WorkingTime>();
        services.TryAddSingleton(provider => provider.GetRequiredService<OfficeTable>().Keeper);
        services.AddScoped<TicketBook>();
        services.AddScoped<IMyTicket>(provider => provider.GetRequiredService<TicketBook>());
        services.AddScoped<ITicketDesk>(provider => provider.GetRequiredService<TicketBook>());
        services.AddScoped<IDueWork, TicketClock>();
        services.AddScoped<CommuneOfPlace>();
        services.AddScoped<AskedPlace>();
        services.AddScoped<IContactBook, ContactBook>();
        services.AddScoped<IVisitBook, VisitBook>();
        services.AddScoped<IWhoLooked, WhoLooked>();
        services.AddScoped<RegisterImporter>();
        services.AddScoped<ImportUndoing>();
        services.AddScoped<RegisterExporter>();
        services.AddSingleton<OverdueRequests>();
        return services;
    }

    private static (Texts, Catalogue) Read(Assembly dialogs)
    {
        var texts = new Texts(dialogs);
        return (texts, new Catalogue(dialogs, texts));
    }

    /// <summary>Brings the database to this release's shape. Safe to call at every start.</summary>
    public static async Task PrepareStore(this IServiceProvider services, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await db.Database.MigrateAsync(ct);
        await AuditTrail.Guard(db, ct);
    }

    // WAL and synchronous FULL: what was committed is there after a power cut (design.md §2).
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        public static readonly DurableSqlite Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken ct = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            // The migrator asks "is it there?" over a connection that only reads.
            command.CommandText = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly
                ? "PRAGMA busy_timeout = 30000;"
                : "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            command.ExecuteNonQuery();
        }
    }
}
