using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Workers;

/// <summary>
/// Runs turns as long as there are any, then waits for a nudge; another process's rows are seen at the next look. A batch that has begun is
/// finished: it is short, and cut off it would only be rolled back.
/// </summary>
public sealed class TurnWorker(TurnQueue queue, Nudges nudges, TimeProvider time, ILogger<TurnWorker> log) : IWorker
{
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMilliseconds(500);

    public string Name => "turns";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(
        async stop =>
        {
            while (!stop.IsCancellationRequested && await queue.RunBatch(CancellationToken.None) > 0)
            {
            }
        },
        stop => nudges.Turns.Wait(LookAtLeastEvery, stop), ct);
}

/// <summary>Rings timers that came due.</summary>
public sealed class TimerWorker(Timers timers, TimeProvider time, ILogger<TimerWorker> log) : IWorker
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    public string Name => "timers";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(
        async stop =>
        {
            while (!stop.IsCancellationRequested && await timers.Ring(CancellationToken.None) > 0)
            {
            }
        },
        stop => Task.Delay(LookEvery, time, stop), ct);
}
