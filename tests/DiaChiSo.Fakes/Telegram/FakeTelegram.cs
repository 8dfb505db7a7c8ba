using DiaChiSo.Fakes.Telegram.People;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>
/// A strict stand-in for the Telegram Bot API on a loopback port, and the people who talk to the bot through it.
/// <c>new TelegramBotClientOptions(fake.Token, fake.BaseUrl)</c> is all a bot needs. Whatever the real server refuses,
/// this one refuses with the same status and words; what it does not know (a method of the API that no test of ours
/// needs) it answers with 404, so that a gap is seen and not glossed over.
/// </summary>
/// <remarks>Every time in here is UTC and comes from <see cref="FakeTelegramOptions.Clock"/>; only the deadlines of the
/// <c>WaitFor</c> family are real time, so that a test with a stopped clock still ends.</remarks>
public sealed class FakeTelegram : IAsyncDisposable
{
    private readonly World world;
    private readonly BotApi api;
    private readonly LoopbackServer server;

    private FakeTelegram(FakeTelegramOptions options)
    {
        world = new World(options);
        api = new BotApi(world);
        server = new LoopbackServer(world, api);
    }

    /// <summary>Starts the server on 127.0.0.1 at a free port.</summary>
    public static async Task<FakeTelegram> Start(FakeTelegramOptions? options = null)
    {
        var telegram = new FakeTelegram(options ?? new FakeTelegramOptions());
        await telegram.server.Start(telegram.world.Options.Port);
        return telegram;
    }

    /// <summary>What takes the place of <c>https://api.telegram.org</c>; no slash at its end.</summary>
    public string BaseUrl => server.BaseUrl;

    /// <summary>The bot's token; any other is answered with 401.</summary>
    public string Token => world.Options.Token;

    public string BotUsername => world.Options.BotUsername;

    /// <summary>Flood limits; may be changed while the fake runs.</summary>
    public FloodLimits Flood
    {
        get => world.Flood.Limits;
        set => world.Flood.Limits = value;
    }

    /// <summary>The next answers, written beforehand: 429, 500, 403, a cut connection.</summary>
    public AnswerScript Script => world.Script;

    /// <summary>Everything that reached the server since it started, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => world.Journal.All;

    /// <summary>The requests that were answered with an error, in order: a test of a well-behaved bot asserts that there are none.</summary>
    public IReadOnlyList<RecordedRequest> Refusals => [.. Requests.Where(request => request.Status >= 400)];

    /// <summary>The requests that the Bot API's schema does not allow, whatever this fake answered (method and field, no values).</summary>
    public IReadOnlyList<string> Misfits => ApiJudge.Misfits(Requests);

    /// <summary>What the bot has told Telegram about itself: commands per scope and language, descriptions, name.</summary>
    public BotProfile Profile => world.Profile;

    /// <summary>How many updates the bot has not confirmed yet.</summary>
    public int PendingUpdates
    {
        get { lock (world.Gate) { return world.Updates.Count; } }
    }

    /// <summary>A new person with a private chat that is not opened yet: the bot cannot write first.</summary>
    public FakePerson Someone(string firstName, string? lastName = null, string? username = null, string? languageCode = "vi")
    {
        lock (world.Gate)
        {
            return world.AddPerson(firstName, lastName, username, languageCode);
        }
    }

    /// <summary>A new supergroup with the bot in it; the bot is told by a my_chat_member update.</summary>
    public FakeGroup Group(string title, FakePerson addedBy)
    {
        lock (world.Gate)
        {
            return world.AddGroup(title, addedBy);
        }
    }

    /// <summary>
    /// A week of silence: pending updates are forgotten and the next update id is a new random number, or <paramref name="at"/>
    /// (Bot API, "Update": the ids restart at random when there were none for a week).
    /// </summary>
    public void AWeekOfSilence(int? at = null)
    {
        lock (world.Gate)
        {
            world.Updates.RestartIds(at ?? world.Random.Next(1_000_000, 900_000_000));
        }
    }

    /// <summary>Hands an update of the test's own making to the bot; <c>update_id</c> is set here. For update types that no person here can cause.</summary>
    public int Deliver(string updateType, string bodyJson)
    {
        lock (world.Gate)
        {
            return world.Updates.Add(updateType, $"raw:{updateType}", world.Now + TimeSpan.FromDays(1), JsonText.Object(bodyJson));
        }
    }

    /// <summary>Waits until the journal has a request for which <paramref name="matches"/> is true.</summary>
    /// <exception cref="TimeoutException">It did not come within the (real) time.</exception>
    public Task<RecordedRequest> WaitForRequest(Func<RecordedRequest, bool> matches, TimeSpan? within = null) =>
        world.WaitUntil(() => world.Journal.All.FirstOrDefault(matches), "a request", within);

    /// <summary>Waits until every update was confirmed (polling) or delivered (webhook).</summary>
    /// <exception cref="TimeoutException">Some are still there after the (real) time.</exception>
    public async Task WaitUntilAllUpdatesAreTaken(TimeSpan? within = null) =>
        await world.WaitUntil(() => PendingUpdates == 0 ? "taken" : null, "the updates to be taken", within);

    /// <exception cref="InvalidOperationException">A request was made that the Bot API's schema does not allow (<see cref="FakeTelegramOptions.AllowsMisfits"/>).</exception>
    public async ValueTask DisposeAsync()
    {
        await world.Webhook.Stop();
        await server.DisposeAsync();
        if (!world.Options.AllowsMisfits && Misfits is { Count: > 0 } misfits)
        {
            throw new InvalidOperationException($"The Bot API's schema does not allow: {string.Join("; ", misfits.Distinct().Take(5))}");
        }
    }
}
