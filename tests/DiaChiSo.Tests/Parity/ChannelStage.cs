using DiaChiSo.Bot.Commands;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// The whole program behind one channel: its endpoints listen, its sender sends, over HTTP to the channel's fake. Only the clock, the numbers
/// and the eye for photos are the tests', and the loops of the workers are run by hand, so that a chat has an end that can be waited for.
/// </summary>
internal sealed class ChannelStage : IStage, IAsyncDisposable
{
    private static readonly Lazy<Task<(string Folder, Secrets Secrets, Understanding Understanding)>> Template = new(MakeTemplate);

    private readonly string folder;
    private readonly Rig rig;
    private readonly IReadOnlyList<Rig> rigs;
    private WebApplication? app;
    private OutboxWorker? outbox;
    private int nextKey;

    private ChannelStage(string folder, IReadOnlyList<Rig> rigs, FakeTimeProvider time) => (this.folder, rig, this.rigs, Time) = (folder, rigs[0], rigs, time);

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => app!.Services;

    public Rig Rig => rig;

    public static async Task<ChannelStage> Open(Rig rig)
    {
        // The same Sunday morning as on the bare stage.
        var stage = new ChannelStage(NewFolder(), [rig], new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero)));
        var template = await Template.Value;
        Copy(template.Folder, Path.Combine(stage.folder, "data"));
        try
        {
            await rig.Prepare(stage.Time);
            stage.app = await Serve.Build(
                stage.folder,
                SettingsOf([rig]),
                services =>
                {
                    services.RemoveAll<IWorker>();
                    // The same keys and the same units each time: with them the database's model and the reader's tables are made once.
                    services.AddSingleton(template.Secrets);
                    services.AddSingleton(template.Understanding);
                    services.AddSingleton<TimeProvider>(stage.Time);
                    services.AddSingleton<INumbers>(new CountedNumbers());
                    services.AddSingleton<IPhotoEye, ReadingEye>();
                    services.AddSingleton(ChatOffices.Table);
                });
            await stage.app.StartAsync();
            stage.Services.GetRequiredService<TurnQueue>().Seen = fault => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            stage.outbox = ActivatorUtilities.CreateInstance<OutboxWorker>(stage.Services);
            await rig.Begin(stage);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Several channels at once, with the program's own workers and its own clock; the rigs are prepared.</summary>
    public static async Task<ChannelStage> OpenWithWorkers(IReadOnlyList<Rig> rigs, FakeTimeProvider time)
    {
        var stage = new ChannelStage(NewFolder(), rigs, time);
        Copy((await Template.Value).Folder, Path.Combine(stage.folder, "data"));
        try
        {
            stage.app = await Serve.Build(stage.folder, SettingsOf(rigs));
            await stage.app.StartAsync();
            foreach (var rig in rigs)
            {
                await rig.BeginWithWorkers(stage);
            }
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A person who agreed and verified an e-mail before.</summary>
    public async Task<Conversation> Meet(Rig rig, string who, string email)
    {
        var conversation = await ConversationOf(rig, who);
        await Arrange(async (services, db) =>
        {
            await Givens.Accounts.Agree(services, db, conversation, Time.GetUtcNow());
            await Givens.Accounts.Verify(services, db, conversation, email, Time.GetUtcNow());
        });
        return conversation;
    }

    /// <summary>Whether something of this chat is still to be taken, answered or sent.</summary>
    public Task<bool> IsBusy(long conversationId) => Ask(async db =>
        await db.Inbox.AnyAsync(row => row.ConversationId == conversationId && row.Status == RowStatus.Pending)
        || await db.Outbox.AnyAsync(row => row.ConversationId == conversationId && row.Status == RowStatus.Pending));

    public string NewKey() => $"k{++nextKey}";

    public Task<Conversation> ConversationOf(string who) => ConversationOf(rig, who);

    public async Task<Conversation> ConversationOf(Rig rig, string who)
    {
        var key = rig.ChatKeyOf(who);
        if (await Ask(db => db.Conversations.AsNoTracking().FirstOrDefaultAsync(row => row.Channel == rig.Channel && row.ChatKey == key)) is { } known)
        {
            return known;
        }
        await Arrange(async (_, db) =>
        {
            var person = new Person { FirstSeenAt = Time.GetUtcNow() };
            db.Add(person);
            await db.SaveChangesAsync();
            db.Add(new Conversation { Channel = rig.Channel, ChatKey = key, PersonId = person.Id, LastHeardAt = Time.GetUtcNow() });
        });
        return await ConversationOf(rig, who);
    }

    public async Task<T> Ask<T>(Func<BotDb, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public async Task Arrange(Func<IServiceProvider, BotDb, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await work(scope.ServiceProvider, db);
        await db.SaveChangesAsync();
    }

    public async Task Deliver(string who, string key, Incoming incoming)
    {
        await Services.GetRequiredService<Inbox>().Accept(rig.Channel, rig.ChatKeyOf(who), key, incoming);
        await Settle();
    }

    public async Task Settle()
    {
        bool busy;
        do
        {
            busy = await Services.GetRequiredService<Timers>().Ring(default) > 0;
            busy |= await Services.GetRequiredService<TurnQueue>().RunBatch(default) > 0;
            busy |= await Services.GetRequiredService<PhotoDesk>().LookAtOne(default);
            busy |= await outbox!.Look(default) > 0;
            await outbox.Drained();
        }
        while (busy);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        foreach (var one in rigs)
        {
            await one.DisposeAsync();
        }
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={Path.Combine(folder, "data", DiaChiSo.Bot.DataFolder.DatabaseName)}"));
        Directory.Delete(folder, recursive: true);
    }

    private static string[] SettingsOf(IReadOnlyList<Rig> rigs) =>
    [
        "--Register:Demo=false", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
        $"--Web:Url={rigs[0].BotUrl}", $"--Web:PublicUrl={rigs[0].BotUrl}", .. rigs.SelectMany(rig => rig.Settings).Distinct(),
    ];

    private static async Task<(string, Secrets, Understanding)> MakeTemplate()
    {
        var made = NewFolder();
        (Secrets, Understanding) shared;
        await using (var app = await Serve.Build(made, ["--Web:Url=http://127.0.0.1:0", "--Register:Demo=false", "--Logging:LogLevel:Default=None"], services => services.AddLogging(logs => logs.ClearProviders())))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            await ChatRegister.Fill(db);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            shared = (app.Services.GetRequiredService<Secrets>(), app.Services.GetRequiredService<Understanding>());
        }
        SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(made, recursive: true);
        return (Path.Combine(made, "data"), shared.Item1, shared.Item2);
    }

    private static string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"diachiso-parity-{Guid.NewGuid():N}")).FullName;

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "serving.lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Fetches a photo as the program does, and reads in it what the person meant: <c>qr:3260612345</c>, <c>none</c>, … (no drawing, no decoder).</summary>
    private sealed class ReadingEye(IEnumerable<IPhotoSource> sources) : IPhotoEye
    {
        public bool Reaches(string channel) => sources.Any(source => source.Channel == channel);

        public async Task<PhotoSight> Look(string channel, string fileKey, CancellationToken ct)
        {
            try
            {
                return WrittenPhoto.Read(await sources.Single(source => source.Channel == channel).Fetch(fileKey, ct));
            }
            catch (PhotoFault fault)
            {
                return fault.Sight;
            }
        }
    }
}

/// <summary>A picture file with a word in it instead of a drawing.</summary>
internal static class WrittenPhoto
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    public static byte[] Of(string word) => [.. Jpeg, .. System.Text.Encoding.UTF8.GetBytes(word)];

    public static PhotoSight Read(byte[] bytes) => PhotoScript.Read(System.Text.Encoding.UTF8.GetString(bytes.AsSpan(Jpeg.Length))) ?? new PhotoSight(PhotoHolds.NotLookedAt);
}
