using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Delivery;
using DiaChiSo.Fakes.Telegram.People;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>All that the fake knows, under one lock (<see cref="Gate"/>): chats, people, files, pending updates.</summary>
internal sealed class World
{
    private readonly Pulse changed = new();
    private int privateMessageId = 9;
    private int groups;

    public World(FakeTelegramOptions options)
    {
        Options = options;
        Random = new Random(options.Seed);
        Flood = new FloodGate(options.Clock, options.Flood);
        Files = new FileShelf(Random);
        Updates = new UpdateQueue(this, options.FirstUpdateId);
        Webhook = new Webhook(this);
    }

    public Lock Gate { get; } = new();

    public FakeTelegramOptions Options { get; }

    public Random Random { get; }

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    public Dictionary<long, FakeChat> Chats { get; } = [];

    public Dictionary<string, OpenQuery> Queries { get; } = [];

    public FileShelf Files { get; }

    public UpdateQueue Updates { get; }

    public Webhook Webhook { get; }

    public FloodGate Flood { get; }

    public AnswerScript Script { get; } = new();

    public Journal Journal { get; } = new();

    public BotProfile Profile { get; } = new();

    public long BotId => long.Parse(Options.Token.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The bot as a <c>User</c> inside messages.</summary>
    public JsonObject BotUser => new()
    {
        ["id"] = BotId,
        ["is_bot"] = true,
        ["first_name"] = Options.BotName,
        ["username"] = Options.BotUsername,
    };

    /// <summary>Tells all who wait that something may be different now.</summary>
    public void Changed() => changed.Signal();

    /// <summary>A task that ends at the next <see cref="Changed"/>; take it before looking, or the change between is missed.</summary>
    public Task NextChange => changed.Next;

    public FakePerson AddPerson(string firstName, string? lastName, string? username, string? languageCode)
    {
        var id = Options.FirstPersonId + Chats.Values.Count(chat => chat.IsPrivate);
        var user = new JsonObject { ["id"] = id, ["is_bot"] = false, ["first_name"] = firstName };
        Put(user, "last_name", lastName);
        Put(user, "username", username);
        Put(user, "language_code", languageCode);

        var wire = new JsonObject { ["id"] = id, ["first_name"] = firstName };
        Put(wire, "last_name", lastName);
        Put(wire, "username", username);
        wire["type"] = "private";

        var chat = new FakeChat(id, wire);
        Chats.Add(id, chat);
        return new FakePerson(this, chat, user);
    }

    public FakeGroup AddGroup(string title, FakePerson addedBy)
    {
        var id = -1_001_234_567_890 - groups++;
        var chat = new FakeChat(id, new JsonObject { ["id"] = id, ["title"] = title, ["type"] = "supergroup" }) { Opened = true };
        Chats.Add(id, chat);
        MembershipUpdate.Enqueue(this, chat, addedBy.User, "left", "member");
        return new FakeGroup(this, chat);
    }

    /// <summary>Private chats share one row of numbers, as in a user's account; every supergroup has its own.</summary>
    public int NextMessageId(FakeChat chat) => chat.IsPrivate ? ++privateMessageId : ++chat.LastGroupMessageId;

    /// <summary>An id of the length Telegram uses, unguessable in form, repeatable by seed.</summary>
    public string NewQueryId() => Random.NextInt64(1_000_000_000_000_000_000, 4_000_000_000_000_000_000)
        .ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits in real time: the world's clock may stand still while a test waits.</summary>
    public async Task<T> WaitUntil<T>(Func<T?> look, string forWhat, TimeSpan? within)
        where T : class
    {
        using var patience = new CancellationTokenSource(within ?? Options.Patience);
        while (true)
        {
            var next = NextChange;
            if (look() is { } found)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // No message text in here: methods and statuses are enough to see where a talk stopped.
                var last = string.Join(", ", Journal.All.TakeLast(6).Select(r => $"{r.Method} {r.Status} {r.Refusal}".TrimEnd()));
                throw new TimeoutException($"Waited {within ?? Options.Patience} for {forWhat}; it did not come. Last requests: {last}");
            }
        }
    }

    private static void Put(JsonObject target, string field, string? value)
    {
        if (value is not null)
        {
            target[field] = value;
        }
    }
}

/// <summary>A press or an inline question that waits for its answer.</summary>
internal sealed record OpenQuery(string Kind, FakeChat? Chat, DateTimeOffset AskedAt)
{
    public bool Answered { get; set; }
}

/// <summary>One signal for any number of waiters.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref source).Task;

    public void Signal() =>
        Interlocked.Exchange(ref source, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
