using System.Threading.Channels;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Tests.Host;

/// <summary>A channel that does what the test says, and remembers what it was given.</summary>
internal sealed class ScriptedChannel(string name) : IChannel
{
    private readonly Channel<(string Chat, string Words)> sent = Channel.CreateUnbounded<(string, string)>();

    public string Name => name;

    public Capabilities Capabilities { get; } = new() { TextLength = 1_000, Buttons = 10, ButtonLength = 40, ShowsToasts = true };

    /// <summary>What becomes of a sending; may throw.</summary>
    public Func<Outgoing, Func<int, Task>, Task<Sending>> Answer { get; set; } = (_, _) => Task.FromResult<Sending>(new Sending.Done());

    /// <summary>What arrived, in the order of arrival.</summary>
    public List<(string Chat, string Words)> Arrived { get; } = [];

    /// <summary>Every try, also those that failed.</summary>
    public List<Outgoing> Tries { get; } = [];

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        lock (Tries)
        {
            Tries.Add(outgoing);
        }
        var result = await Answer(outgoing, partSent);
        if (result is Sending.Done)
        {
            var arrived = (outgoing.ChatKey, outgoing.Kind == OutgoingKind.Toast ? outgoing.Body : outgoing.Page().PlainText());
            lock (Arrived)
            {
                Arrived.Add(arrived);
            }
            sent.Writer.TryWrite(arrived);
        }
        return result;
    }

    /// <summary>Waits for the next thing that arrives, half a minute at most.</summary>
    public async Task<(string Chat, string Words)> NextSent(CancellationToken ct) => await sent.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), ct);
}
