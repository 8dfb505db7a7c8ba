using System.Globalization;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.ZaloOa.Delivery;
using DiaChiSo.Fakes.ZaloOa.People;
using DiaChiSo.Fakes.ZaloOa.Server;

namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>All that the fake knows, under one lock (<see cref="Gate"/>).</summary>
internal sealed class OaWorld
{
    private readonly Pulse changed = new();
    private readonly List<OaRequest> requests = [];
    private long lastId;

    public OaWorld(FakeZaloOaOptions options)
    {
        Options = options;
        Tokens = new TokenDesk(options);
        Rate = new RateWindow(options);
        Courier = new EventCourier(this);
    }

    public Lock Gate { get; } = new();
    public FakeZaloOaOptions Options { get; }
    public DateTimeOffset Now => Options.Clock.GetUtcNow();
    public TokenDesk Tokens { get; }
    public RateWindow Rate { get; }
    public EventCourier Courier { get; }
    public OaScript Script { get; } = new();
    public Shelf Shelf { get; } = new();
    public string BaseUrl { get; set; } = "";
    public Dictionary<string, FakeOaPerson> People { get; } = [];

    public IReadOnlyList<OaRequest> Requests
    {
        get { lock (Gate) { return [.. requests]; } }
    }

    public void Record(OaRequest request)
    {
        lock (Gate)
        {
            requests.Add(request);
        }
        Changed();
    }

    /// <summary>Ids as Zalo's: figures or hex, never the same twice.</summary>
    public string NewMessageId() => (0x96d3_0000_0000 + Interlocked.Increment(ref lastId)).ToString("x", CultureInfo.InvariantCulture) + "150460909";

    public string NewUserId() => (246_845_883_529_197_922 + Interlocked.Increment(ref lastId)).ToString(CultureInfo.InvariantCulture);

    public void Changed() => changed.Signal();

    /// <summary>Waits in real time: the clock may stand still while a test waits.</summary>
    public async Task<T> WaitUntil<T>(Func<T?> look, string forWhat, TimeSpan? within)
        where T : class
    {
        using var patience = new CancellationTokenSource(within ?? Options.Patience);
        while (true)
        {
            var next = changed.Next;
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
                // No message text in here: calls and numbers are enough to see where a talk stopped.
                var last = string.Join(", ", Requests.TakeLast(6).Select(request => $"{request.Call} {request.Status} {request.Error}"));
                throw new TimeoutException($"Waited {within ?? Options.Patience} for {forWhat}; it did not come. Last calls: {last}. Last events: {Courier.Summary}");
            }
        }
    }
}
