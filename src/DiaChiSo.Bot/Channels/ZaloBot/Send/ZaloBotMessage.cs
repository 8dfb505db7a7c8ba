using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloBot.Send;

/// <summary>One message as it goes out: plain text, or a picture with its text below.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="Picture">What is shown above the text, or null.</param>
internal sealed record ZaloBotMessage(string Text, Picture? Picture = null)
{
    /// <summary>Zalo Bot Platform, sendMessage and sendPhoto: characters of a text or a caption.</summary>
    public const int Longest = 2_000;

    public static readonly Capabilities Capabilities = new()
    {
        TextLength = Longest,
        // No buttons at all: numbered lines (channels.md §2b).
        Buttons = 0,
        ButtonLength = 0,
        Pictures = PictureWay.Address,
    };

    /// <summary>
    /// A page's messages. Words that stand directly before a picture go below it as its caption, because the plan counts messages.
    /// </summary>
    public static IReadOnlyList<ZaloBotMessage> Of(Page page, PartWords words)
    {
        var messages = new List<ZaloBotMessage>();
        foreach (var part in Parts.Of(page, Capabilities, words))
        {
            var text = string.Concat(part.InWords().Select(run => run.Text)).Trim();
            if (part is not Part.Image { Picture: var picture })
            {
                messages.Add(new ZaloBotMessage(text.Length == 0 ? "…" : text));
            }
            else if (messages is [.., { Picture: null } before] && before.Text.Length + 2 + text.Length <= Longest)
            {
                messages[^1] = new ZaloBotMessage($"{before.Text}\n\n{text}".Trim(), picture);
            }
            else
            {
                messages.Add(new ZaloBotMessage(text, picture));
            }
        }
        return messages;
    }
}
