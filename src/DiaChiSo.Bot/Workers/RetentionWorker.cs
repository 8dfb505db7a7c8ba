using DiaChiSo.Core.Store;

namespace DiaChiSo.Bot.Workers;

/// <summary>Deletes what has no more use, a little at a time so that nobody waits for it. What goes, when and why is one table: <see cref="Retention"/>.</summary>
public sealed partial class RetentionWorker(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time, ILogger<RetentionWorker> log) : IWorker
{
    private const int RowsAtOnce = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    public string Name => "retention";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(async stop => await Sweep(stop), stop => Task.Delay(LookEvery, time, stop), ct);

    /// <summary>Returns how many rows went or were emptied.</summary>
    internal async Task<int> Sweep(CancellationToken ct)
    {
        var gone = 0;
        foreach (var rule in Retention.Rules)
        {
            gone += await Follow(rule, ct);
        }
        if (gone > 0)
        {
            LogGone(gone);
        }
        return gone;
    }

    private async Task<int> Follow(RetentionRule rule, CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            using (await gate.Enter(ct))
            {
                await using var scope = scopes.CreateAsyncScope();
                var some = await rule.Apply(scope.ServiceProvider.GetRequiredService<BotDb>(), time.GetUtcNow(), RowsAtOnce);
                all += some;
                if (some < RowsAtOnce)
                {
                    return all;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} old rows deleted")]
    private partial void LogGone(int rows);
}
