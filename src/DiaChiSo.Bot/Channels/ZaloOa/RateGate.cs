using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.ZaloOa;

/// <summary>
/// Keeps below Zalo's limit of calls a minute. A bucket: a tenth of a minute's calls at once, the rest evenly and a little slower, so that no sixty seconds hold
/// more than the limit, wherever they begin. What Zalo says is left counts more than what is counted here: another program may use the same application.
/// </summary>
internal sealed class RateGate(ZaloOaSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock guard = new();
    private readonly double room = settings.CallsPerMinute / 10.0;
    private readonly double perSecond = settings.CallsPerMinute * 0.88 / 60;
    private double left = settings.CallsPerMinute / 10.0;
    private DateTimeOffset filledAt = time.GetUtcNow();
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    /// <summary>Returns when one more call may go out.</summary>
    public async Task Enter(CancellationToken ct)
    {
        while (WaitFor() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>X-RateLimit-Remain, where Zalo says it.</summary>
    public void Told(long remaining)
    {
        lock (guard)
        {
            Fill();
            left = Math.Min(left, remaining);
        }
    }

    /// <summary>Zalo says: too fast. Nobody calls for a while.</summary>
    public TimeSpan Close()
    {
        lock (guard)
        {
            Fill();
            left = 0;
            closedUntil = time.GetUtcNow() + Rest;
            return Rest;
        }
    }

    // Who may go takes a call out; who may not is told how long to wait, and asks again.
    private TimeSpan WaitFor()
    {
        lock (guard)
        {
            var now = Fill();
            if (closedUntil > now)
            {
                return closedUntil - now;
            }
            if (left >= 1)
            {
                left--;
                return TimeSpan.Zero;
            }
            return TimeSpan.FromSeconds((1 - left) / perSecond) + TimeSpan.FromMilliseconds(1);
        }
    }

    private DateTimeOffset Fill()
    {
        var now = time.GetUtcNow();
        if (now > filledAt)
        {
            left = Math.Min(room, left + (now - filledAt).TotalSeconds * perSecond);
        }
        filledAt = now;
        return now;
    }
}
