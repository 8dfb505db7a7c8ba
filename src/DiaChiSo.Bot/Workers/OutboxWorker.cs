using System.Collections.Concurrent;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Workers;

/// <summary>
/// Sends what waits: in order in each chat, chats side by side. A chat that cannot be reached waits longer and longer and holds up nobody else;
/// what could not be sent for about a day is given up.
/// </summary>
public sealed partial class OutboxWorker(
    OutboxQueue queue, IEnumerable<IChannel> channels, OutboxReach reach, Pulses pulses, Nudges nudges, TimeProvider time, ILogger<OutboxWorker> log) : IWorker
{
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GraceForSending = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, IChannel> byName = channels.ToDictionary(channel => channel.Name);
    private readonly ConcurrentDictionary<long, Task> underWay = [];
    private Exception? lost;

    public string Name => "outbox";

    public async Task Run(CancellationToken ct)
    {
        // A message that is half with the channel when the program stops gets a moment to arrive: cut off, it would be sent again.
        using var sending = new CancellationTokenSource();
        using var stop = ct.Register(() => sending.CancelAfter(GraceForSending));
        await new Rounds(Name, time, log).Run(_ => Look(sending.Token), rest => nudges.Outbox.Wait(LookAtLeastEvery, rest), ct);
        await Drained();
        Rethrow();
    }

    /// <summary>Begins to send what is due. Returns how many were begun.</summary>
    internal async Task<int> Look(CancellationToken ct)
    {
        Rethrow();
        var free = Limits.ChatsAtOnce - underWay.Count;
        if (free <= 0)
        {
            return 0;
        }
        var due = await queue.Due(reach.With(byName.Keys), [.. underWay.Keys], free, ct);
        foreach (var outgoing in due)
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            underWay[outgoing.ConversationId] = begun.Task;
            _ = Task.Run(async () =>
            {
                await SendAndSettle(outgoing, ct);
                underWay.TryRemove(outgoing.ConversationId, out _);
                begun.SetResult();
                nudges.Outbox.Set();
            }, CancellationToken.None);
        }
        return due.Count;
    }

    /// <summary>Returns when nothing is under way.</summary>
    internal Task Drained() => Task.WhenAll(underWay.Values);

    private async Task SendAndSettle(Outgoing outgoing, CancellationToken ct)
    {
        try
        {
            var sending = await Send(outgoing, ct);
            await SettleOnDisk(outgoing, sending);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program stops; the row stays pending.
        }
        catch (Exception fault)
        {
            // Sent or not, it could not be written down. Going on would send it every second.
            lost = fault;
        }
    }

    private async Task<Sending> Send(Outgoing outgoing, CancellationToken ct)
    {
        Sending sending;
        try
        {
            var channel = byName[outgoing.Channel];
            // Where a tap comes as words there is no finger on a button that waits.
            sending = outgoing.Kind == OutgoingKind.Toast && !channel.Capabilities.ShowsToasts ? new Sending.Done() : await channel.Send(outgoing, parts => queue.PartSent(outgoing.Id, parts, CancellationToken.None), ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailure(outgoing.Id, outgoing.Attempts + 1, fault.GetType().Name, Fault.PlaceOf(fault));
            pulses.Of(outgoing.Channel).Failed();
            sending = new Sending.Later(Backoff.After(outgoing.Attempts, Limits.LongestSendingWait));
        }
        switch (sending)
        {
            case Sending.Done:
                pulses.Of(outgoing.Channel).Sent();
                break;
            case Sending.Refused refused:
                LogRefused(outgoing.Id, refused.Why);
                break;
            case Sending.Later { IsForOperator: false } when IsHopeless(outgoing):
                LogGivenUp(outgoing.Id, outgoing.Attempts + 1);
                return new Sending.Refused("given up");
            default:
                break;
        }
        return sending;
    }

    // A toast answers a finger that is still on the button; later it only holds up the page behind it.
    private bool IsHopeless(Outgoing outgoing) => time.GetUtcNow() - outgoing.CreatedAt is var age
        && (outgoing.Kind == OutgoingKind.Toast ? age > Limits.ToastKept : age > Limits.SendingTriedFor && outgoing.Attempts >= Limits.FewestSendingTries);

    private async Task SettleOnDisk(Outgoing outgoing, Sending sending)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await queue.Settle(outgoing, sending, CancellationToken.None);
                return;
            }
            catch (Exception fault) when (attempt < 5)
            {
                LogUnsettled(outgoing.Id, fault.GetType().Name);
                await Task.Delay(Backoff.After(attempt, Limits.LongestSendingWait), time, CancellationToken.None);
            }
        }
    }

    private void Rethrow()
    {
        if (lost is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row} was not sent (try {Try}): {Fault} {Place}")]
    private partial void LogFailure(long row, int @try, string fault, string place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row} was refused: {Why}")]
    private partial void LogRefused(long row, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox row {Row} is given up after {Tries} tries")]
    private partial void LogGivenUp(long row, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of outbox row {Row} could not be written down: {Fault}")]
    private partial void LogUnsettled(long row, string fault);
}

/// <summary>Which chats this process sends to: all chats of its channels, or one only (the terminal's own).</summary>
public sealed record OutboxReach(string? ChatKey = null)
{
    internal System.Linq.Expressions.Expression<Func<Conversation, bool>> With(IReadOnlyCollection<string> channels) => ChatKey is null
        ? conversation => channels.Contains(conversation.Channel)
        : conversation => channels.Contains(conversation.Channel) && conversation.ChatKey == ChatKey;
}

/// <summary>1 s, 2 s, 4 s … up to a limit.</summary>
internal static class Backoff
{
    /// <param name="triesBefore">0 for the first wait.</param>
    public static TimeSpan After(int triesBefore, TimeSpan longest) =>
        triesBefore >= 20 ? longest : TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, triesBefore)));
}
