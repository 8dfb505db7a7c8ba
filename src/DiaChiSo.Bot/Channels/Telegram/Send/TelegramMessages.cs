using System.Text;
using DiaChiSo.Core.Turns;
using Telegram.Bot.Types.ReplyMarkups;

namespace DiaChiSo.Bot.Channels.Telegram.Send;

/// <summary>One message as it goes out.</summary>
/// <param name="Part">What it shows.</param>
/// <param name="Markup">What hangs on it; null: nothing.</param>
internal sealed record TelegramMessage(Part Part, ReplyMarkup? Markup);

/// <summary>
/// A page as messages. Choices are inline buttons under the last one and carry their turn. A page that wishes for the person's place or
/// contact has all its choices on the keyboard below instead: only a key there can hand them over, a message has room for one of the two, and
/// a thumb finds everything in one place. A key says its label, which the engine hears like a press.
/// </summary>
internal static class TelegramMessages
{
    public static readonly Capabilities Capabilities = new()
    {
        TextLength = 4096,
        Buttons = 24,
        // What a phone held upright shows of a button over the whole width.
        ButtonLength = 40,
        LinkButtons = true,
        Pictures = PictureWay.Upload,
        SendsPins = true,
        SendsDocuments = true,
        AsksForPlace = true,
        AsksForContact = true,
        ShowsToasts = true,
        Edits = true,
    };

    /// <summary>Bot API, InlineKeyboardButton: bytes.</summary>
    private const int LongestData = 64;

    /// <param name="page">What is shown.</param>
    /// <param name="isKeyboardUp">The chat still shows the keys of an earlier page; they go.</param>
    /// <param name="words">What the renderer itself says.</param>
    public static IReadOnlyList<TelegramMessage> Of(Page page, bool isKeyboardUp, PartWords words)
    {
        var wishes = page.Wish != Wish.Nothing;
        // A key of the keyboard opens no link.
        var parts = Parts.Of(page, wishes ? Capabilities with { LinkButtons = false } : Capabilities, words);
        var messages = parts.Select(part => new TelegramMessage(part, null)).ToList();
        if (messages.Count == 0)
        {
            return messages;
        }
        if (wishes)
        {
            messages[^1] = messages[^1] with { Markup = Keys(page) };
            return messages;
        }
        var buttons = Buttons(parts[^1].Choices);
        if (isKeyboardUp)
        {
            // Keys go away with a message that has nothing else on it.
            if (buttons is not null && messages.Count == 1)
            {
                messages.Add(new TelegramMessage(new Part.Text([new Run(words.ChooseBelow)]) { Choices = parts[^1].Choices }, null));
            }
            messages[0] = messages[0] with { Markup = new ReplyKeyboardRemove() };
        }
        if (buttons is not null)
        {
            messages[^1] = messages[^1] with { Markup = buttons };
        }
        return messages;
    }

    private static InlineKeyboardMarkup? Buttons(IReadOnlyList<Choice> choices) => choices.Count == 0
        ? null
        : new InlineKeyboardMarkup(choices.Select(choice => new[] { Button(choice) }).ToArray());

    private static InlineKeyboardButton Button(Choice choice) =>
        choice.IsLink ? InlineKeyboardButton.WithUrl(choice.Label, choice.Data)
        : Encoding.UTF8.GetByteCount(choice.Data) <= LongestData ? InlineKeyboardButton.WithCallbackData(Parts.Line(choice), choice.Data)
        : throw new InvalidOperationException($"a button's data has more than {LongestData} bytes");

    // The wish first, under the thumb. Labels are whole: they come back as words.
    private static ReplyKeyboardMarkup Keys(Page page) => new(page.Choices
        .Where(choice => !choice.IsLink)
        .OrderBy(choice => !choice.Data.StartsWith('@'))
        .Select(choice => new[] { Key(choice) }).ToArray())
    {
        ResizeKeyboard = true,
        IsPersistent = true,
    };

    private static KeyboardButton Key(Choice choice) => choice.Data switch
    {
        "@place" => KeyboardButton.WithRequestLocation(choice.Label),
        "@contact" => KeyboardButton.WithRequestContact(choice.Label),
        _ => new KeyboardButton(choice.Label),
    };
}
