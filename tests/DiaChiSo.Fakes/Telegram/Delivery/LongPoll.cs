using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Delivery;

/// <summary>getUpdates: one poller at a time, confirmed by a higher offset only.</summary>
internal sealed class LongPoll(World world)
{
    private const int LongestWait = 50;
    private CancellationTokenSource? waiting;
    private string conflict = "";
    private long? lastOffset;
    private DateTimeOffset lastStart;

    public async Task<JsonNode> Get(ApiArguments arguments, CancellationToken hungUp)
    {
        var offset = arguments.Integer("offset") ?? 0;
        var asked = arguments.Integer("limit") ?? 100;
        var limit = asked is < 1 or > 100 ? 100 : (int)asked;
        var seconds = (int)Math.Clamp(arguments.Integer("timeout") ?? 0, 0, LongestWait);
        var mine = new CancellationTokenSource();

        lock (world.Gate)
        {
            if (world.Webhook.IsSet)
            {
                throw ApiRefusal.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            }

            if (UpdateQueue.ReadAllowed(arguments) is { } allowed)
            {
                world.Updates.Allowed = allowed;
            }

            Abort("terminated by other getUpdates request; make sure that only one bot instance is running");
            waiting = mine;

            // The official server's brake on pollers that ask for the same again and again.
            if (offset == lastOffset && world.Now < lastStart + TimeSpan.FromSeconds(3))
            {
                seconds = Math.Max(seconds, 3);
                limit = world.Now < lastStart + TimeSpan.FromSeconds(0.5) ? 1 : limit;
            }

            (lastOffset, lastStart) = (offset, world.Now);
        }

        try
        {
            return await Wait(offset, limit, TimeSpan.FromSeconds(seconds), mine.Token, hungUp);
        }
        finally
        {
            lock (world.Gate)
            {
                waiting = waiting == mine ? null : waiting;
            }
        }
    }

    /// <summary>Ends the poll that waits, if any, with 409. Call under the lock.</summary>
    public void Abort(string reason)
    {
        conflict = reason;
        waiting?.Cancel();
        waiting = null;
    }

    private async Task<JsonNode> Wait(long offset, int limit, TimeSpan longest, CancellationToken aborted, CancellationToken hungUp)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(hungUp, aborted);
        var end = longest > TimeSpan.Zero ? Task.Delay(longest, world.Options.Clock, timeout.Token) : Task.CompletedTask;
        try
        {
            while (true)
            {
                Task next;
                lock (world.Gate)
                {
                    if (aborted.IsCancellationRequested)
                    {
                        throw ApiRefusal.Conflict(conflict);
                    }

                    hungUp.ThrowIfCancellationRequested();
                    next = world.NextChange;
                    var updates = world.Updates.Read(offset, limit);
                    if (updates.Count > 0 || end.IsCompleted)
                    {
                        return JsonText.ToArray(updates.Select(update => update.Wire.DeepClone()));
                    }

                    // A negative offset has forgotten the rest by now; it must not eat what comes while it waits.
                    offset = Math.Max(0, offset);
                }

                await Task.WhenAny(next, end);
            }
        }
        finally
        {
            await timeout.CancelAsync();
        }
    }
}
