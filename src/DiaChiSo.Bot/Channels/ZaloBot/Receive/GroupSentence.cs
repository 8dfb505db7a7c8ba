using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>
/// Nothing personal is said in a group (design.md §5): who writes to the bot there (the platform brings a group's message only when it names the
/// bot) gets one sentence, at most every ten minutes. It is no turn and no conversation; when it fails it is lost, and somebody asks again.
/// </summary>
internal sealed partial class GroupSentence(ZaloBotLine line, Allowance allowance, Texts texts, TimeProvider time, ILogger<GroupSentence> log)
{
    private readonly GroupPace pace = new(time);

    /// <summary>True where the update is of a group; the sentence goes out beside the receiver, which never waits for it.</summary>
    public bool Takes(BotUpdate update)
    {
        if (!update.HasMessage || update.IsPrivate || update.Chat is not { Length: > 0 and <= 64 } group)
        {
            return false;
        }
        // Stickers and what Zalo does not show are for the group, not for us.
        if (update is { Name: "message.text.received", IsFromBot: false } && pace.IsTimeAgain(group))
        {
            _ = Say(group);
        }
        return true;
    }

    private async Task Say(string group)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), time);
            if (await allowance.Wait(patience.Token) is not null)
            {
                return;
            }
            var words = texts.SharedWords(Texts.Languages[0], "group-private", ("bot", line.BotName ?? "bot"));
            await line.Call("sendMessage", new { chat_id = group, text = string.Join("\n\n", words.Select(block => block.PlainText())) }, patience.Token);
            await allowance.Sent(CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogUnsaid(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sentence for a group was not sent: {Fault}")]
    private partial void LogUnsaid(string fault);
}
