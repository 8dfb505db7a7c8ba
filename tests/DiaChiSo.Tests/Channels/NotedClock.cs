using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Channels;

/// <summary>A stopped clock that tells which waits are asked of it: a test advances by exactly what is waited for, without guessing.</summary>
internal sealed class NotedClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The length of the next wait, once it has begun.</summary>
    public async Task<TimeSpan> NextTimer() =>
        await timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
}
