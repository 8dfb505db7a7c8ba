using System.Text;
using DiaChiSo.Core.Turns;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace DiaChiSo.Bot.Channels.Telegram.Send;

/// <summary>
/// Words with their styles beside them, not in them: no markup is written, so nothing that a person typed can become markup or break it.
/// Offsets count UTF-16 units, as the Bot API does.
/// </summary>
internal sealed record TelegramText(string Text, IReadOnlyList<MessageEntity> Entities)
{
    public static TelegramText Of(IReadOnlyList<Run> runs)
    {
        var text = new StringBuilder();
        var entities = new List<MessageEntity>();
        foreach (var run in runs)
        {
            // Telegram cuts blanks off both ends; an entity there would point at nothing.
            var begin = text.Length + run.Text.Length - run.Text.TrimStart().Length;
            var end = text.Length + run.Text.TrimEnd().Length;
            if (run.Style != RunStyle.Plain && end > begin)
            {
                entities.Add(new MessageEntity { Type = run.Style == RunStyle.Bold ? MessageEntityType.Bold : MessageEntityType.Code, Offset = begin, Length = end - begin });
            }
            text.Append(run.Text);
        }
        var words = text.ToString();
        return string.IsNullOrWhiteSpace(words) ? new TelegramText("…", []) : new TelegramText(words, entities);
    }
}
