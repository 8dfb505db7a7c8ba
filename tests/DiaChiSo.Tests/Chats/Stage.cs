using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// The engine with its real store on a file of its own, people who talk to it, and nothing else: no channel, no network, no clock.
/// It can lose its power and come back.
/// </summary>
public sealed class Stage : IStage, IAsyncDisposable
{
    public const string Channel = "chat";

    private static readonly Secrets SharedSecrets = new(new EphemeralDataProtectionProvider(), new byte[32]);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private static readonly Lazy<Understanding> SharedReader = new(() => new Understanding(AdministrativeUnits.Shipped, new Schemes(), new ServedArea(), Boundaries.None));

    private readonly string file;
    private readonly CountedNumbers numbers = new();
    private readonly Dictionary<long, (string Who, Page Page)> delivered = [];
    private ServiceProvider services;
    private int nextKey;

    private Stage(string file)
    {
        this.file = file;
        services = Build(file, Time, numbers, Crash);
        Time.SetUtcNow(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero));
    }

    /// <summary>A Sunday morning in Vietnam.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public CrashPlan Crash { get; } = new();

    public IServiceProvider Services => services;

    /// <summary>At least one power cut struck.</summary>
    public bool HasLostPower { get; private set; }

    /// <summary>What was shown, by outbox row: a page that goes out twice counts once.</summary>
    public IReadOnlyDictionary<long, (string Who, Page Page)> Delivered => delivered;

    public static async Task<Stage> Open()
    {
        var file = NewFile();
        File.Copy(await Template.Value, file);
        return new Stage(file);
    }

    /// <summary>A stage that goes on from a copy of another one's store.</summary>
    public static Task<Stage> OpenCopyOf(string store, DateTimeOffset now)
    {
        var file = NewFile();
        File.Copy(store, file);
        var stage = new Stage(file);
        stage.Time.SetUtcNow(now);
        // The numbers that the copied store has used up.
        stage.numbers.GoOn(1_000);
        stage.nextKey = 1_000_000;
        return Task.FromResult(stage);
    }

    /// <summary>The store as it is now, as one file of its own, deleted with the process.</summary>
    public async Task<string> CopyStore()
    {
        var copy = NewFile();
        await Ask(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(copy);
        return copy;
    }

    /// <summary>What was shown for a moment after a press; the empty ones are left out.</summary>
    public List<string> Toasts { get; } = [];

    public string NewKey() => $"k{++nextKey}";

    /// <summary>The process dies and another one starts on the same file.</summary>
    public async Task Restart()
    {
        await services.DisposeAsync();
        services = Build(file, Time, numbers, Crash);
    }

    /// <summary>The channel hands it in until it is taken, as a real one does, and everything that follows is done.</summary>
    public async Task Deliver(string who, string key, Incoming incoming)
    {
        await Survive(async () => await services.GetRequiredService<Inbox>().Accept(Channel, who, key, incoming));
        await Settle();
    }

    /// <summary>Turns, timers and sendings until nothing is due.</summary>
    public Task Settle() => Survive(async () =>
    {
        bool busy;
        do
        {
            busy = await services.GetRequiredService<Timers>().Ring(default) > 0;
            busy |= await services.GetRequiredService<TurnQueue>().RunBatch(default) > 0;
            busy |= await services.GetRequiredService<PhotoDesk>().LookAtOne(default);
            busy |= await SendAll();
        }
        while (busy);
    });

    public async Task<T> Ask<T>(Func<BotDb, Task<T>> question)
    {
        await using var scope = services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>What the operator does before or between the turns.</summary>
    public async Task Arrange(Func<IServiceProvider, BotDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await work(scope.ServiceProvider, db);
        await db.SaveChangesAsync();
    }

    /// <summary>The person of this name, known to the bot from now on if not before.</summary>
    public async Task<Conversation> ConversationOf(string who)
    {
        if (await Ask(db => db.Conversations.AsNoTracking().FirstOrDefaultAsync(row => row.ChatKey == who)) is { } known)
        {
            return known;
        }
        await Arrange(async (_, db) =>
        {
            var person = new DiaChiSo.Core.People.Person { FirstSeenAt = Time.GetUtcNow() };
            db.Add(person);
            await db.SaveChangesAsync();
            db.Add(new Conversation { Channel = Channel, ChatKey = who, PersonId = person.Id, LastHeardAt = Time.GetUtcNow() });
        });
        return await ConversationOf(who);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={file}"));
        foreach (var left in new[] { file, file + "-wal", file + "-shm", Path.ChangeExtension(file, ".idx") })
        {
            File.Delete(left);
        }
    }

    private async Task<bool> SendAll()
    {
        var outbox = services.GetRequiredService<OutboxQueue>();
        var due = await outbox.Due([], 100, default);
        foreach (var outgoing in due)
        {
            if (outgoing.Kind == OutgoingKind.Page)
            {
                delivered[outgoing.Id] = (outgoing.ChatKey, outgoing.Page());
            }
            else if (outgoing.Body.Length > 0)
            {
                Toasts.Add(outgoing.Body);
            }
            await outbox.Settle(outgoing, new Sending.Done(), default);
        }
        return due.Count > 0;
    }

    // At every power cut: start again and go on with the same work.
    private async Task Survive(Func<Task> work)
    {
        for (var cuts = 0; ; cuts++)
        {
            try
            {
                await work();
                return;
            }
            catch (PowerCut) when (cuts < 10)
            {
                HasLostPower = true;
                await Restart();
            }
        }
    }

    private static ServiceProvider Build(string file, TimeProvider time, INumbers numbers, CrashPlan? crash)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDiaChiSo(file, SharedSecrets, typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        services.AddSingleton(time);
        services.AddSingleton(numbers);
        services.AddSingleton<IPhotoEye, WrittenPhotos>();
        // The reader's tables hold nothing of a stage; thousands of restarts would make them anew.
        services.AddSingleton(SharedReader.Value);
        services.AddSingleton(ChatOffices.Table);
        services.AddSingleton<IDeepLinks, ChatLinks>();
        if (crash is not null)
        {
            services.ConfigureDbContext<BotDb>(options => options.AddInterceptors(crash));
        }
        var built = services.BuildServiceProvider();
        // On the stage no turn may fail: what goes wrong is the test's business, not the retry's.
        built.GetRequiredService<TurnQueue>().Seen = fault => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return built;
    }

    private static async Task<string> MakeTemplate()
    {
        var file = NewFile();
        await using var services = Build(file, TimeProvider.System, new CountedNumbers(), null);
        await services.PrepareStore();
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            await ChatRegister.Fill(db);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        SqliteConnection.ClearAllPools();
        return file;
    }

    // In memory where the system has such a folder: thousands of commits wait for no disk.
    private static string NewFile() => Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"diachiso-{Guid.NewGuid():N}.db");

    /// <summary>Photos that hold what their key says.</summary>
    private sealed class WrittenPhotos : IPhotoEye
    {
        public bool Reaches(string channel) => true;

        public Task<PhotoSight> Look(string channel, string fileKey, CancellationToken ct) => Task.FromResult(PhotoScript.Read(fileKey) ?? new PhotoSight(PhotoHolds.NotLookedAt));
    }
}
