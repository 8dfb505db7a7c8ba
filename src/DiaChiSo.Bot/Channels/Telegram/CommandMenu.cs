using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>
/// The list behind the "/" of a private chat (what everybody may do, from the dialogs themselves, and the engine's own moves), and what the bot
/// says of itself before anybody has spoken: the description of the empty chat and the line of its profile. The name is BotFather's business.
/// </summary>
internal sealed class CommandMenu(TelegramLine line, Announced announced, Catalogue catalogue, Texts texts)
{
    private const int LongestCommand = 256;
    private const int LongestDescription = 512;
    private const int LongestShortDescription = 120;

    /// <summary>Vietnamese for every phone, and each other language for the phones that speak it (Bot API, "Determining list of commands").</summary>
    public async Task Announce(CancellationToken ct)
    {
        foreach (var language in Texts.Languages)
        {
            var code = language == Texts.Languages[0] ? null : language;
            var commands = In(language, [Right.Anyone]);
            var (description, shortDescription) = (Shared(language, "bot-description", LongestDescription), Shared(language, "bot-short", LongestShortDescription));
            await announced.Once($"menu {language}", InWords(commands), () => line.Client.SetMyCommands(commands, new BotCommandScopeAllPrivateChats(), code, ct), ct);
            await announced.Once($"description {language}", description, () => line.Client.SetMyDescription(description, code, ct), ct);
            await announced.Once($"short {language}", shortDescription, () => line.Client.SetMyShortDescription(shortDescription, code, ct), ct);
        }
    }

    /// <summary>What one may do who holds these rights: the work of the role first.</summary>
    internal IReadOnlyList<BotCommand> In(string language, IReadOnlyCollection<Right> rights)
    {
        var isOriginal = language == Texts.Languages[0];
        return
        [
            .. catalogue.All
                .Where(entry => entry.About.Command is not null && (entry.About.Needs == Right.Anyone || rights.Contains(entry.About.Needs)))
                .OrderBy(entry => entry.About.Needs == Right.Anyone).ThenBy(entry => entry.About.Menu == 0).ThenBy(entry => entry.About.Menu)
                .Select(entry => Command(isOriginal ? entry.About.Command! : entry.About.Alias ?? entry.About.Command!, texts.Of(entry.Name, language).Title)),
            Command("menu", Shared(language, "command-menu", LongestCommand)),
            Command(isOriginal ? "quaylai" : "back", Shared(language, "command-back", LongestCommand)),
            Command(isOriginal ? "huy" : "cancel", Shared(language, "command-cancel", LongestCommand)),
        ];
    }

    internal static string InWords(IReadOnlyList<BotCommand> commands) => string.Join('\n', commands.Select(command => $"{command.Command} {command.Description}"));

    private string Shared(string language, string key, int most) => Cut(texts.SharedText(language, key), most);

    private static BotCommand Command(string name, string words) => new(name, Cut(words, LongestCommand));

    private static string Cut(string words, int most) => words.Length <= most ? words : words[..most];
}
