using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>
/// What Telegram was told and keeps: menus, descriptions. It is said again only when it changed, also after a restart; Telegram counts such
/// calls more strictly than messages.
/// </summary>
internal sealed class Announced(TelegramLine line, ChannelNotes notes)
{
    /// <param name="what">Names it, e.g. "menu chat 700000001".</param>
    /// <param name="words">All of it, as one string.</param>
    /// <param name="say">Tells Telegram; what it throws is thrown, and then it counts as not said.</param>
    public async Task Once(string what, string words, Func<Task> say, CancellationToken ct)
    {
        var print = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 12));
        if (await notes.Recall(TelegramLine.Channel, NameOf(what), ct) != print)
        {
            await say();
            await notes.Keep(TelegramLine.Channel, NameOf(what), print, ct);
        }
    }

    /// <summary>Takes it back, and forgets it.</summary>
    public async Task TakeBack(string what, Func<Task> say, CancellationToken ct)
    {
        await say();
        await notes.Keep(TelegramLine.Channel, NameOf(what), null, ct);
    }

    /// <summary>What was said and stands, of all whose name begins so: the rest of each name.</summary>
    public async Task<IReadOnlyList<string>> Standing(string beginning, CancellationToken ct) =>
        [.. (await notes.Names(TelegramLine.Channel, NameOf(beginning), ct)).Select(name => name[NameOf(beginning).Length..])];

    private string NameOf(string what) => $"said {line.BotKey} {what}";
}
