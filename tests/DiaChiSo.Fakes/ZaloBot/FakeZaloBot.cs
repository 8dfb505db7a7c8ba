using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>
/// A strict stand-in for the Zalo Bot Platform on a loopback port, and the people who write to the bot through it (channels.md §2b). It takes only
/// what is documented, in the documented form; it fetches a picture's address itself; it hands each event out once and forgets it.
/// </summary>
public sealed class FakeZaloBot : IAsyncDisposable
{
    private readonly BotWorld world;
    private readonly BotServer server;
    private readonly BotDelivery delivery;

    private FakeZaloBot(FakeZaloBotOptions options)
    {
        world = new BotWorld(options);
        delivery = new BotDelivery(world);
        server = new BotServer(world, delivery, new BotMethods(world));
    }

    public static async Task<FakeZaloBot> Start(FakeZaloBotOptions? options = null)
    {
        var bot = new FakeZaloBot(options ?? new FakeZaloBotOptions());
        await bot.server.Start();
        return bot;
    }

    /// <summary>What takes the place of <c>https://bot-api.zaloplatforms.com</c>; no slash at its end.</summary>
    public string BaseUrl => server.BaseUrl;

    public string Token => world.Options.Token;

    /// <summary>Everything that the bot called, in order.</summary>
    public IReadOnlyList<BotCall> Calls => world.Calls;

    /// <summary>Calls that were refused: a test of a well-behaved bot asserts that there are none. An empty poll (408) is none.</summary>
    public IReadOnlyList<BotCall> Refusals => [.. Calls.Where(call => call.Code is not (0 or 408))];

    /// <summary>Messages that the plan has counted.</summary>
    public int MessagesSent
    {
        get { lock (world.Gate) { return world.MessagesSent; } }
    }

    /// <summary>Messages of people that nobody asked for in time.</summary>
    public int Lost
    {
        get { lock (world.Gate) { return world.Lost; } }
    }

    /// <summary>The bot's webhook, or null.</summary>
    public string? WebhookUrl
    {
        get { lock (world.Gate) { return world.Webhook?.Url; } }
    }

    /// <summary>A person whose chat is not open yet: the bot cannot write first.</summary>
    public FakeZaloPerson Someone(string name) => new(world, delivery, name);

    /// <summary>A group with the bot in it.</summary>
    public FakeZaloGroup Group() => new(world);

    /// <summary>The next <paramref name="times"/> calls of <paramref name="method"/> get this answer; null: of any method but getUpdates.</summary>
    public void Next(BotFault fault, string? method = null, int times = 1)
    {
        lock (world.Gate)
        {
            world.Faults.AddRange(Enumerable.Repeat((method, fault), times));
        }
    }

    /// <summary>Hands an event of the test's own making to the bot, <paramref name="times"/> times.</summary>
    public void Deliver(string json, int times = 1)
    {
        for (var at = 0; at < times; at++)
        {
            delivery.Add((JsonObject)JsonNode.Parse(json)!);
        }
    }

    /// <summary>Waits until the bot polls or has set its webhook: from then on nothing that people write is lost.</summary>
    public Task UntilHeard() => world.WaitUntil(() => delivery.IsHeard ? "heard" : null, "the bot to listen");

    /// <summary>Waits until every event is with the bot.</summary>
    public Task UntilAllAreTaken() => world.WaitUntil(() => delivery.IsEmpty ? "taken" : null, "the events to be taken");

    /// <summary>Waits for a call for which <paramref name="matches"/> is true.</summary>
    public Task<BotCall> WaitForCall(Func<BotCall, bool> matches) => world.WaitUntil(() => Calls.FirstOrDefault(matches), "a call");

    public async ValueTask DisposeAsync()
    {
        await delivery.DisposeAsync();
        await server.DisposeAsync();
        world.Dispose();
    }
}
