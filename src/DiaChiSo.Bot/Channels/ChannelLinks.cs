using DiaChiSo.Bot.Channels.Telegram;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>
/// Telegram takes a payload behind ?start= (Bot API, "Deep linking"), our own page behind ?start= too. Zalo has no such links: there the letters are typed.
/// </summary>
internal sealed class ChannelLinks(WebSettings web, TelegramSettings telegram, ChannelNotes notes) : IDeepLinks
{
    public async Task<IReadOnlyList<DeepLink>> To(string payload, CancellationToken ct)
    {
        var links = new List<DeepLink>();
        // Known since the server last reached Telegram; a command on this machine asks nobody.
        if (telegram.Token is { Length: > 0 } && await notes.Recall(TelegramLine.Channel, TelegramLine.NameNote, ct) is { } name)
        {
            links.Add(new DeepLink("Telegram", $"https://t.me/{name}?start={payload}"));
        }
        links.Add(new DeepLink("Web", $"{web.LinkBase}/?start={payload}"));
        return links;
    }
}
