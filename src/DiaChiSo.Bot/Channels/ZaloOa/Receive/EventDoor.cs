using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>One event in, committed to the inbox when the call returns.</summary>
internal sealed partial class EventDoor(
    Inbox inbox, Meaning meaning, ZaloOaSettings settings, IServiceScopeFactory scopes, Pulses pulses, TimeProvider time, ILogger<EventDoor> log)
{
    // Two clocks, ours and Zalo's.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Takes an event as it came, its signature proved. What cannot be read is left out, or it would come again and again; only the disk's
    /// faults are thrown, and then Zalo has to bring it again.
    /// </summary>
    public async Task Take(OaEvent heard, CancellationToken ct)
    {
        pulses.Of(ZaloLine.Channel).Heard();
        if (IsForeign(heard) || IsForgotten(heard))
        {
            return;
        }
        var conversation = heard.Name is "follow" or "unfollow" ? await KnownAs(heard.Follower, ct) : null;
        if (heard.Name == "unfollow" && (conversation is null || conversation.LastHeardAt > heard.At + ClocksDiffer))
        {
            // Nobody to say good-bye to, or it was late on the way and the person has written since.
            return;
        }
        if (Read(heard, conversation is not null) is { } message && !(conversation is not null && await IsThere(message.IncomingKey, ct)))
        {
            await inbox.Accept(ZaloLine.Channel, message.ChatKey, message.IncomingKey, message.Incoming, ct: ct);
        }
    }

    // What the account itself sent comes back as oa_send_…, and with the account as its sender.
    private bool IsForeign(OaEvent heard)
    {
        if (settings.OaId is not { Length: > 0 } ours)
        {
            return false;
        }
        var account = heard.OaId ?? heard.Recipient;
        var isForeign = heard.Sender == ours || (account is not null && account != ours);
        if (isForeign && heard.Sender != ours && heard.Name?.StartsWith("oa_", StringComparison.Ordinal) != true)
        {
            LogOtherAccount();
        }
        return isForeign;
    }

    // The inbox remembers for so long what it had; what is older could be a repetition that nobody recognises.
    private bool IsForgotten(OaEvent heard) => heard.At < time.GetUtcNow() - Limits.InboxKept;

    private async Task<Conversation?> KnownAs(string? person, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().Conversations.AsNoTracking().SingleOrDefaultAsync(row => row.Channel == ZaloLine.Channel && row.ChatKey == person, ct);
    }

    // The same arrival once more would be taken for another one: the person is known by then.
    private async Task<bool> IsThere(string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().Inbox.AnyAsync(row => row.Channel == ZaloLine.Channel && row.IncomingKey == key, ct);
    }

    private OaMessage? Read(OaEvent heard, bool isKnown)
    {
        try
        {
            return meaning.Of(heard, isKnown);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnreadable(fault.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of Zalo could not be read and is left out: {Fault}")]
    private partial void LogUnreadable(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of another Official Account came and is left out; is ZaloOa:OaId right?")]
    private partial void LogOtherAccount();
}
