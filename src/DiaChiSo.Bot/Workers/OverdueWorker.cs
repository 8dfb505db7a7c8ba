using DiaChiSo.Core.Requests;

namespace DiaChiSo.Bot.Workers;

/// <summary>Announces requests that wait too long, in office hours.</summary>
public sealed class OverdueWorker(OverdueRequests overdue, TimeProvider time, ILogger<OverdueWorker> log) : IWorker
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    public string Name => "overdue";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(
        stop => overdue.Announce(CancellationToken.None), stop => Task.Delay(LookEvery, time, stop), ct);
}
