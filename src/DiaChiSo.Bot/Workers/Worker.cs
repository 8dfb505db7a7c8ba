using Microsoft.Extensions.Logging.Abstractions;

namespace DiaChiSo.Bot.Workers;

/// <summary>A loop that runs as long as the program does. It may only end when it is told to.</summary>
public interface IWorker
{
    /// <summary>For the log.</summary>
    string Name { get; }

    Task Run(CancellationToken ct);
}

/// <summary>Runs all workers. The first that dies takes the program with it, and a supervisor starts it anew (design.md §2: WhenAny, not WhenAll).</summary>
public sealed partial class Workforce(IEnumerable<IWorker> workers, IHostApplicationLifetime program, ILogger<Workforce> log) : BackgroundService
{
    /// <summary>True when the program ends because a worker did; its exit code is then not 0.</summary>
    public bool HasDied { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        var running = workers.ToDictionary(worker => Task.Run(() => worker.Run(ct), CancellationToken.None), worker => worker.Name);
        if (running.Count == 0)
        {
            return;
        }
        var first = await Task.WhenAny(running.Keys);
        if (!ct.IsCancellationRequested)
        {
            HasDied = true;
            var fault = first.Exception?.GetBaseException();
            LogDeath(running[first], fault?.GetType().Name ?? "it returned", Fault.PlaceOf(fault));
            program.StopApplication();
        }
        // The others end their round; what they throw now says nothing new.
        await Task.WhenAll(running.Keys).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The worker {Worker} died, so the program ends: {Fault} {Place}")]
    private partial void LogDeath(string worker, string fault, string place);
}

/// <summary>What may be said of an exception: its kind and its place. Its message may hold what a person wrote.</summary>
internal static class Fault
{
    public static string PlaceOf(Exception? fault) => fault?.StackTrace?.Split('\n', 2)[0].Trim() ?? "";
}

/// <summary>The same step again and again; a fault is tried again with growing waits, and what does not pass ends the worker.</summary>
internal sealed partial class Rounds(string worker, TimeProvider time, ILogger? log)
{
    private const int MostFaultsInARow = 6;

    private readonly ILogger log = log ?? NullLogger.Instance;

    /// <param name="step">One round.</param>
    /// <param name="rest">What is waited for between two rounds.</param>
    public async Task Run(Func<CancellationToken, Task> step, Func<CancellationToken, Task> rest, CancellationToken ct)
    {
        var faults = 0;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await step(ct);
                faults = 0;
                await rest(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            // A disk that is full or busy for a moment is no reason to fall over.
            catch (Exception fault) when (++faults < MostFaultsInARow)
            {
                LogFault(worker, faults, fault.GetType().Name, Fault.PlaceOf(fault));
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, faults - 1)), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of {Worker} failed (in a row: {Faults}): {Fault} {Place}")]
    private partial void LogFault(string worker, int faults, string fault, string place);
}
