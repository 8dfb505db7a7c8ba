using DiaChiSo.Fakes.Telegram;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>All that the fake knows, under one lock.</summary>
internal sealed class BotWorld(FakeZaloBotOptions options) : IDisposable
{
    private readonly Pulse changed = new();
    private readonly List<BotCall> calls = [];
    private int ids;

    public Lock Gate { get; } = new();
    public FakeZaloBotOptions Options => options;
    public List<(string? Method, BotFault Fault)> Faults { get; } = [];
    public Dictionary<string, BotChat> Chats { get; } = [];

    /// <summary>Photos that people sent, by path, and how often each was fetched.</summary>
    public Dictionary<string, (byte[] Bytes, int Reads)> Photos { get; } = [];

    public (string Url, string Secret)? Webhook { get; set; }
    public int MessagesSent { get; set; }
    public int Lost { get; set; }
    public string BaseUrl { get; set; } = "";

    /// <summary>Reads the addresses that the bot names, as the platform's server does: no redirect.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public IReadOnlyList<BotCall> Calls
    {
        get { lock (Gate) { return [.. calls]; } }
    }

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    /// <summary>20 hexadecimal figures, as Zalo's ids are.</summary>
    public string NewId(string begin)
    {
        lock (Gate)
        {
            return begin + (++ids).ToString("x", System.Globalization.CultureInfo.InvariantCulture).PadLeft(20 - begin.Length, '0');
        }
    }

    public void Note(BotCall call)
    {
        lock (Gate)
        {
            calls.Add(call);
        }
        Changed();
    }

    public BotFault? TakeFault(string method)
    {
        lock (Gate)
        {
            var at = Faults.FindIndex(entry => entry.Method is null ? method != "getUpdates" : entry.Method == method);
            if (at < 0)
            {
                return null;
            }
            var fault = Faults[at].Fault;
            Faults.RemoveAt(at);
            return fault;
        }
    }

    public void Changed() => changed.Signal();

    public Task NextChange => changed.Next;

    /// <summary>Waits in real time: the world's clock may stand still while a test waits.</summary>
    public async Task<T> WaitUntil<T>(Func<T?> look, string forWhat, TimeSpan? within = null) where T : class
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
                // Now and then without a change too: a poll's end by time is none.
                await Task.WhenAny(next, Task.Delay(200, patience.Token)).WaitAsync(patience.Token);
                patience.Token.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException)
            {
                var last = string.Join(", ", Calls.TakeLast(6).Select(call => $"{call.Method} {call.Code}"));
                throw new TimeoutException($"Waited for {forWhat}; it did not come. Last calls: {last}");
            }
        }
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>One chat as the platform keeps it.</summary>
internal sealed class BotChat
{
    /// <summary>The person wrote first.</summary>
    public bool IsOpen { get; set; }

    public List<SeenBotMessage> Messages { get; } = [];
    public List<string> Actions { get; } = [];
}

/// <summary>The platform says no.</summary>
internal sealed class BotRefusal(int code, string description) : Exception(description)
{
    public int Code => code;
}
