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
    private readonly SortedDictionary<string, string> alarms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> warnings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> counts = [];

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

    /// <summary>What the operator must do before this works again, by what it is about; no secret and no person in it.</summary>
    public IReadOnlyList<string> Alarms
    {
        get
        {
            lock (change)
            {
                return [.. alarms.Values];
            }
        }
    }

    /// <summary>Counted since the start, by name: refused webhooks, messages of a month.</summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (change)
            {
                return new SortedDictionary<string, long>(counts, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The channel is red until <see cref="AllClear"/>. Returns true where it was not red about this already.</summary>
    public bool Alarm(string about, string whatToDo)
    {
        lock (change)
        {
            var isNew = !alarms.ContainsKey(about);
            alarms[about] = whatToDo;
            return isNew;
        }
    }

    public void AllClear(string about)
    {
        lock (change)
        {
            alarms.Remove(about);
        }
    }

    /// <summary>What the operator should know before it becomes a fault, by what it is about.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (change)
            {
                return [.. warnings.Values];
            }
        }
    }

    /// <summary>Stands in the health report until <see cref="Unwarn"/>. Returns true where it was not there already.</summary>
    public bool Warn(string about, string words)
    {
        lock (change)
        {
            var isNew = !warnings.ContainsKey(about);
            warnings[about] = words;
            return isNew;
        }
    }

    public void Unwarn(string about)
    {
        lock (change)
        {
            warnings.Remove(about);
        }
    }

    public void Count(string what, long more = 1)
    {
        lock (change)
        {
            counts[what] = counts.GetValueOrDefault(what) + more;
        }
    }

    /// <summary>For what is counted elsewhere.</summary>
    public void SetCount(string what, long value)
    {
        lock (change)
        {
            counts[what] = value;
        }
    }
}
