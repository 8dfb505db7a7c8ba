using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>The list behind the "/" of a private chat: what everybody may do, from the dialogs themselves, and the engine's own moves.</summary>
internal sealed class CommandMenu(TelegramLine line, Catalogue catalogue, Texts texts)
{
    private const int LongestDescription = 256;

    /// <summary>Vietnamese for every phone, and each other language for the phones that speak it (Bot API, "Determining list of commands").</summary>
    public async Task Announce(CancellationToken ct)
    {
        foreach (var language in Texts.Languages)
        {
            var isOriginal = language == Texts.Languages[0];
            await line.Client.SetMyCommands(In(language, isOriginal), new BotCommandScopeAllPrivateChats(), isOriginal ? null : language, ct);
        }
    }

    internal IReadOnlyList<BotCommand> In(string language, bool isOriginal) =>
    [
        .. catalogue.All
            .Where(entry => entry.About is { Command: not null, Needs: Right.Anyone })
            .OrderBy(entry => entry.About.Menu == 0).ThenBy(entry => entry.About.Menu)
            .Select(entry => Command(isOriginal ? entry.About.Command! : entry.About.Alias ?? entry.About.Command!, texts.Of(entry.Name, language).Title)),
        Command("menu", Shared(language, "command-menu")),
        Command(isOriginal ? "quaylai" : "back", Shared(language, "command-back")),
        Command(isOriginal ? "huy" : "cancel", Shared(language, "command-cancel")),
    ];

    private string Shared(string language, string key) => texts.SharedWords(language, key)[0].PlainText();

    private static BotCommand Command(string name, string words) => new(name, words.Length <= LongestDescription ? words : words[..LongestDescription]);
}
