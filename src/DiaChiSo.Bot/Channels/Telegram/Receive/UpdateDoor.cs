using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>Where polling and webhook meet: one update in, committed to the inbox when the call returns.</summary>
internal sealed partial class UpdateDoor(Inbox inbox, GroupSentence groups, InlineAnswers inline, Pulses pulses, ILogger<UpdateDoor> log)
{
    /// <summary>
    /// Takes an update as it came. What cannot be read is left out, or it would come again and block its chat for a day; only the disk's
    /// faults are thrown, and then Telegram has to bring it again.
    /// </summary>
    public async Task Take(JsonElement raw, CancellationToken ct)
    {
        pulses.Of(TelegramLine.Channel).Heard();
        if (Read(raw) is { } heard)
        {
            await inbox.Accept(TelegramLine.Channel, heard.ChatKey, heard.IncomingKey, heard.Incoming, heard.Language, ct);
        }
    }

    private PrivateMessage? Read(JsonElement raw)
    {
        try
        {
            // With other options this gives an update without a message, silently (channels.md §1.3).
            var update = raw.Deserialize<Update>(JsonBotAPI.Options);
            return update is null || groups.Takes(update) || inline.Takes(update) ? null : Meaning.Of(update);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnreadable(fault.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An update could not be read and is left out: {Fault}")]
    private partial void LogUnreadable(string fault);
}
