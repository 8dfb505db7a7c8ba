using System.Globalization;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>
/// Nothing personal is said in a group (design.md §5): who addresses the bot there gets one sentence and the way into the private chat. It is
/// no turn and no conversation; when it fails it is lost, and somebody asks again.
/// </summary>
internal sealed partial class GroupSentence(TelegramLine line, Texts texts, TimeProvider time, ILogger<GroupSentence> log)
{
    private readonly GroupPace pace = new(time);

    /// <summary>True where the update is of a group; the sentence goes out beside the receiver, which never waits for it.</summary>
    public bool Takes(Update update)
    {
        if (update is not { Message.Chat: { Type: ChatType.Group or ChatType.Supergroup } chat })
        {
            return false;
        }
        if (line is { Username: { } me, PrivateLink: { } link } && IsAddressed(update.Message, me) && pace.IsTimeAgain(chat.Id.ToString(CultureInfo.InvariantCulture)))
        {
            _ = Say(chat.Id, update.Message, link);
        }
        return true;
    }

    private bool IsAddressed(Message message, string me)
    {
        if (message.From is not { IsBot: false })
        {
            return false;
        }
        if (message.ReplyToMessage?.From?.Id == line.Client.BotId)
        {
            return true;
        }
        var (text, entities) = message.Text is null ? (message.Caption, message.CaptionEntities) : (message.Text, message.Entities);
        return entities?.Any(entity => text is not null && entity.Offset >= 0 && entity.Offset + entity.Length <= text.Length && Names(text.AsSpan(entity.Offset, entity.Length), entity)) == true;

        // A command without a name is everybody's; with a name it is that bot's.
        bool Names(ReadOnlySpan<char> words, MessageEntity entity) => entity.Type switch
        {
            MessageEntityType.Mention => words.Equals("@" + me, StringComparison.OrdinalIgnoreCase),
            MessageEntityType.BotCommand => !words.Contains('@') || words.EndsWith("@" + me, StringComparison.OrdinalIgnoreCase),
            MessageEntityType.TextMention => entity.User?.Id == line.Client.BotId,
            _ => false,
        };
    }

    private async Task Say(long group, Message message, string link)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), time);
            var words = texts.SharedWords(Meaning.LanguageOf(message.From), "group", ("link", link));
            await line.Client.SendMessage(group, string.Join("\n\n", words.Select(block => block.PlainText())), replyParameters: new ReplyParameters { MessageId = message.Id, AllowSendingWithoutReply = true },
                linkPreviewOptions: new LinkPreviewOptions { IsDisabled = true }, cancellationToken: patience.Token);
        }
        catch (Exception fault)
        {
            LogUnsaid(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sentence for a group was not sent: {Fault}")]
    private partial void LogUnsaid(string fault);
}
