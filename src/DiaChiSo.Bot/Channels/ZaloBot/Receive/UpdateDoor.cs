using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>Where polling and webhook meet: what came in is committed to the inbox when the call returns.</summary>
internal sealed partial class UpdateDoor(Inbox inbox, Meaning meaning, GroupSentence groups, ZaloBotLine line, Pulses pulses, TimeProvider time, ILogger<UpdateDoor> log)
{
    /// <summary>Takes an update as it came. What cannot be read is left out; only the disk's faults are thrown.</summary>
    public async Task Take(BotUpdate update, CancellationToken ct)
    {
        pulses.Of(ZaloBotLine.Channel).Heard();
        if (Read(update) is not { } heard)
        {
            return;
        }
        var isNew = await inbox.Accept(ZaloBotLine.Channel, heard.ChatKey, heard.IncomingKey, heard.Incoming, ct: ct);
        if (isNew && heard.Incoming is SentPhoto)
        {
            // A photo takes seconds to be fetched and read; everything else is answered sooner than somebody looks.
            _ = SayTyping(heard.ChatKey);
        }
    }

    private BotMessage? Read(BotUpdate update)
    {
        try
        {
            return groups.Takes(update) ? null : meaning.Of(update);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnreadable(fault.GetType().Name);
            return null;
        }
    }

    private async Task SayTyping(string chat)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
            await line.Call("sendChatAction", new { chat_id = chat, action = "typing" }, patience.Token);
        }
        catch (Exception fault) when (fault is ZaloBotRefusal or HttpRequestException or TimeoutException or OperationCanceledException or ObjectDisposedException or JsonException)
        {
            LogNotTyping(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An update of the Zalo bot could not be read and is left out: {Fault}")]
    private partial void LogUnreadable(string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "\"Is typing\" was not shown: {Fault}")]
    private partial void LogNotTyping(string fault);
}
