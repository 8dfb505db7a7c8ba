using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>
/// Asks for updates again and again. Telegram forgets an update when a later offset is asked for, so that happens only behind the inbox's
/// commit; nothing else about the place is kept, and what comes twice is known by the inbox.
/// </summary>
internal sealed partial class Poller(TelegramLine line, TelegramSettings settings, Opening opening, UpdateDoor door, Pulses pulses, TimeProvider time, ILogger<Poller> log) : IWorker
{
    /// <summary>The most that Telegram allows.</summary>
    private const int PollSeconds = 50;

    private readonly string[] wanted = [.. Meaning.Wanted(settings).Select(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()))];

    // The last id received, not the greatest: after a silent week ids begin anew, perhaps lower (channels.md §1.2).
    private int? next;

    public string Name => "telegram";

    public async Task Run(CancellationToken ct)
    {
        if (!await opening.UntilOpen(ct))
        {
            return;
        }
        for (var faults = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await Poll(ct);
                faults = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                pulses.Of(TelegramLine.Channel).Failed();
                LogFault((fault as ApiRequestException)?.ErrorCode ?? 0, fault.GetType().Name, Fault.PlaceOf(fault));
                await Task.Delay(Patience.After(fault, faults++), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Poll(CancellationToken ct)
    {
        var updates = await line.Client.SendRequest(new RawUpdates { Offset = next, Timeout = PollSeconds, AllowedUpdates = wanted }, ct);
        pulses.Of(TelegramLine.Channel).Heard();
        foreach (var update in updates)
        {
            await door.Take(update, ct);
            if (update.ValueKind == JsonValueKind.Object && update.TryGetProperty("update_id", out var id) && id.TryGetInt32(out var number))
            {
                next = number + 1;
            }
        }
    }

    // 409: another program asks with the same token, or set a webhook. It does not end by hurrying.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram gave no updates (status {Status}; 409: another program uses the same token): {Fault} {Place}")]
    private partial void LogFault(int status, string fault, string place);

    // One update that this library cannot read must not hide the others, so each is read on its own.
    private sealed class RawUpdates() : RequestBase<JsonElement[]>("getUpdates")
    {
        public int? Offset { get; init; }
        public int Timeout { get; init; }
        public IReadOnlyList<string> AllowedUpdates { get; init; } = [];
    }
}

/// <summary>How long to wait after a fault.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What Telegram asks for, or 1 s, 2 s, 4 s … 30 s.</summary>
    public static TimeSpan After(Exception fault, int faultsBefore) => fault is ApiRequestException { Parameters.RetryAfter: { } seconds }
        ? TimeSpan.FromSeconds(seconds)
        : Backoff.After(faultsBefore, Longest);
}
