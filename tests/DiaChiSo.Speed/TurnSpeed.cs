using System.Diagnostics;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Speed;

/// <summary>
/// Durable turns: handed in and committed, run and committed, shown and committed, on SQLite with synchronous FULL; a look-up by code against the demo
/// register. Beside it, in the same run, the disk itself: a bare append of 4 KiB and an fsync.
/// </summary>
internal static class TurnSpeed
{
    private static int next;

    public static async Task Run(string[] args)
    {
        var seconds = args is ["--seconds", var asked] ? double.Parse(asked) : 8;
        var folder = Directory.CreateDirectory(Path.Combine(Directory.GetCurrentDirectory(), $"speed-{Environment.ProcessId}")).FullName;
        try
        {
            var fsync = BareFsync(folder, TimeSpan.FromSeconds(seconds / 4));
            Console.WriteLine($"bare append of 4 KiB and fsync      p50 {fsync.P(50):0.000} ms   p99 {fsync.P(99):0.000} ms");

            await using var services = await OpenBot(folder);
            var codes = await Codes(services);
            await Talk(services, codes, people: 1, TimeSpan.FromSeconds(1));     // the JIT warms up
            foreach (var people in (int[])[1, 64])
            {
                var cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
                var (turns, wall) = await Talk(services, codes, people, TimeSpan.FromSeconds(seconds));
                var cpu = (Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalMilliseconds / turns.Count;
                Console.WriteLine(
                    $"{people,3} conversation{(people == 1 ? " " : "s")} at once          {turns.Count / wall.TotalSeconds,7:0} turns/s   p50 {turns.P(50):0.00} ms   p99 {turns.P(99):0.00} ms   " +
                    $"= {turns.P(50) / fsync.P(50):0.0} × and {turns.P(99) / fsync.P(50):0.0} × the bare fsync   cpu {cpu:0.00} ms a turn");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each person waits for the answer before sending the next; one loop runs the turns and one sends, as in the program.
    private static async Task<(Samples Turns, TimeSpan Wall)> Talk(IServiceProvider services, IReadOnlyList<string> codes, int people, TimeSpan duration)
    {
        var (inbox, queue, outbox) = (services.GetRequiredService<Inbox>(), services.GetRequiredService<TurnQueue>(), services.GetRequiredService<OutboxQueue>());
        var nudges = services.GetRequiredService<Nudges>();
        var waiting = new System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource>();
        using var stop = new CancellationTokenSource();
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (await queue.RunBatch(default) == 0)
                {
                    await nudges.Turns.Wait(TimeSpan.FromMilliseconds(50), default);
                }
            }
        });
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var due = await outbox.Due([], 64, default);
                if (due.Count == 0)
                {
                    await nudges.Outbox.Wait(TimeSpan.FromMilliseconds(50), default);
                    continue;
                }
                foreach (var outgoing in due)
                {
                    await outbox.Settle(outgoing, new Sending.Done(), default);
                    if (waiting.TryRemove(outgoing.ChatKey, out var asked))
                    {
                        asked.SetResult();
                    }
                }
            }
        });

        var samples = new Samples();
        var wall = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, people).Select(person => Task.Run(async () =>
        {
            var who = $"person {person}";
            while (wall.Elapsed < duration)
            {
                var number = Interlocked.Increment(ref next);
                var answered = waiting[who] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var start = Stopwatch.GetTimestamp();
                await inbox.Accept("speed", who, number.ToString(), new Said(codes[number % codes.Count]));
                await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
                samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        })));
        wall.Stop();
        await stop.CancelAsync();
        await Task.WhenAll(working, sending);
        return (samples, wall.Elapsed);
    }

    private static Samples BareFsync(string folder, TimeSpan duration)
    {
        var samples = new Samples();
        using var file = new FileStream(Path.Combine(folder, "bare"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var page = new byte[4096];
        var wall = Stopwatch.StartNew();
        while (wall.Elapsed < duration)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(page);
            file.Flush(flushToDisk: true);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return samples;
    }

    private static async Task<ServiceProvider> OpenBot(string folder)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddDiaChiSo(Path.Combine(folder, "speed.db"), Secrets.InFolder(folder), typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        var services = collection.BuildServiceProvider();
        await services.PrepareStore();
        await using var scope = services.CreateAsyncScope();
        await DemoRegister.Fill(scope.ServiceProvider.GetRequiredService<BotDb>(), DateTimeOffset.UtcNow, default);
        return services;
    }

    private static async Task<IReadOnlyList<string>> Codes(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return [.. scope.ServiceProvider.GetRequiredService<BotDb>().Set<DigitalAddress>().Select(address => address.Code).Take(500).AsEnumerable().Select(code => code.ToString())];
    }
}

/// <summary>Milliseconds, one by one.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];
    private double[]? sorted;

    public int Count => values.Count;

    public void Add(double value)
    {
        lock (values)
        {
            values.Add(value);
        }
    }

    public double P(int percent)
    {
        sorted ??= [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
