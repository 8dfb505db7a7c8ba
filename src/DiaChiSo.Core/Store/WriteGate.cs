namespace DiaChiSo.Core.Store;

/// <summary>SQLite has one writer; inside the process they queue here instead of waking each other up on a busy file.</summary>
public sealed class WriteGate
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Waits its turn; dispose what it gives to leave.</summary>
    public async ValueTask<Leave> Enter(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        return new Leave(gate);
    }

    public readonly struct Leave(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>Wakes a worker before its next look.</summary>
public sealed class Nudge
{
    private readonly SemaphoreSlim set = new(0);
    private int isSet;

    public void Set()
    {
        // Nudged already: once is enough, and every turn nudges.
        if (Interlocked.Exchange(ref isSet, 1) == 0)
        {
            set.Release();
        }
    }

    /// <summary>Returns when nudged, or after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken ct)
    {
        if (await set.WaitAsync(atMost, ct))
        {
            // Before the look that follows: what is nudged during it is a nudge of its own.
            Volatile.Write(ref isSet, 0);
        }
    }
}

/// <summary>One nudge for each worker.</summary>
public sealed class Nudges
{
    public Nudge Turns { get; } = new();
    public Nudge Outbox { get; } = new();
    public Nudge Mail { get; } = new();
}
