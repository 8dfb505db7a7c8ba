using System.Collections.Concurrent;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Settings;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>Zalo's limit of calls a minute, by a clock that the test moves.</summary>
public sealed class OaRates
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_of_callers_never_makes_more_calls_in_any_minute_than_the_limit()
    {
        const int limit = 600;
        var clock = new FakeTimeProvider();
        var gate = new RateGate(new ZaloOaSettings { CallsPerMinute = limit }, clock);
        var went = new ConcurrentQueue<DateTimeOffset>();
        var callers = Enumerable.Range(0, 1_500).Select(_ => Task.Run(
            async () =>
            {
                await gate.Enter(Ct);
                went.Enqueue(clock.GetUtcNow());
            },
            Ct)).ToList();
        var all = Task.WhenAll(callers);
        for (var step = 0; step < 3_000 && !all.IsCompleted; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Delay(1, Ct);
        }
        await all.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        var times = went.Order().ToList();
        Assert.Equal(1_500, times.Count);
        Assert.All(times, from => Assert.InRange(times.Count(time => time >= from && time < from + TimeSpan.FromMinutes(1)), 1, limit));
    }

    [Fact]
    public async Task What_Zalo_says_is_left_counts_more_than_what_is_counted_here()
    {
        var clock = new FakeTimeProvider();
        var gate = new RateGate(new ZaloOaSettings(), clock);
        await gate.Enter(Ct);
        gate.Told(0);
        var next = gate.Enter(Ct);
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await next.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        gate.Told(4_000);
        await gate.Enter(Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task Too_fast_shuts_the_gate_for_everybody_for_five_seconds()
    {
        var clock = new FakeTimeProvider();
        var gate = new RateGate(new ZaloOaSettings(), clock);
        Assert.Equal(TimeSpan.FromSeconds(5), gate.Close());
        var next = gate.Enter(Ct);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(5, Ct);
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await next.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }
}
