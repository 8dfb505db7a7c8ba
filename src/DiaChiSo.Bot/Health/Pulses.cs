using System.Collections.Concurrent;

namespace DiaChiSo.Bot.Health;

/// <summary>When each channel last gave a sign of life. Channels tell when they receive; the outbox tells when it sends.</summary>
public sealed class Pulses(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Pulse> byChannel = [];

    public Pulse Of(string channel) => byChannel.GetOrAdd(channel, _ => new Pulse(time));
}

/// <summary>One channel's signs of life (UTC).</summary>
public sealed class Pulse(TimeProvider time)
{
    private readonly Lock change = new();

    public DateTimeOffset? LastHeard { get; private set; }
    public DateTimeOffset? LastSent { get; private set; }

    /// <summary>Since when nothing has worked; null: all is well.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>The channel's server answered, or a message came in.</summary>
    public void Heard()
    {
        lock (change)
        {
            LastHeard = time.GetUtcNow();
            FailingSince = null;
        }
    }

    public void Sent()
    {
        lock (change)
        {
            LastSent = time.GetUtcNow();
            FailingSince = null;
        }
    }

    public void Failed()
    {
        lock (change)
        {
            FailingSince ??= time.GetUtcNow();
        }
    }
}
