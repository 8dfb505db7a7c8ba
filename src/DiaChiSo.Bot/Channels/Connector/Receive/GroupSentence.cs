using DiaChiSo.Bot.Channels.Connector.Send;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>
/// Nothing personal is said in a group (design.md §5): who names the bot there gets one sentence and the way to the bot's own page, where one is
/// known. It is no turn and no conversation; when it fails it is lost, and somebody asks again.
/// </summary>
internal sealed partial class GroupSentence(ActivityPost post, Texts texts, WebSettings web, TimeProvider time, ILogger<GroupSentence> log)
{
    private readonly GroupPace pace = new(time);

    /// <summary>It goes out beside the receiver, which never waits for it.</summary>
    public void SayTo(ChatAddress group, string language)
    {
        if (web.PublicUrl is { } link && pace.IsTimeAgain($"{group.ChannelId}\n{group.Conversation.Id}"))
        {
            _ = Say(group, language, link.TrimEnd('/'));
        }
    }

    private async Task Say(ChatAddress group, string language, string link)
    {
        try
        {
            var words = texts.SharedText(language, "group", ("link", link));
            await post.Send(group, new DirectLine.Activity { Type = "message", Text = words, TextFormat = "plain", Locale = language }, CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogUnsaid(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sentence for a group was not sent: {Fault}")]
    private partial void LogUnsaid(string fault);
}
