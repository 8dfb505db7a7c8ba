using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>setMyCommands and its kin.</summary>
internal static partial class ProfileMethods
{
    private static readonly HashSet<string> Scopes =
        ["default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member"];

    private static readonly Dictionary<string, (string Field, int Longest)> WordFields = new()
    {
        ["Name"] = ("name", 64),
        ["Description"] = ("description", 512),
        ["ShortDescription"] = ("short_description", 120),
    };

    public static JsonNode SetCommands(BotProfile profile, ApiArguments arguments)
    {
        var key = Key(arguments);
        var list = arguments.Json("commands", "can't parse commands JSON object") as JsonArray
            ?? throw ApiRefusal.BadRequest("expected an Array of BotCommand");
        if (list.Count > 100)
        {
            throw ApiRefusal.BadRequest("BOT_COMMANDS_TOO_MUCH");
        }

        var commands = list.Select(Command).ToList();
        lock (profile.Gate) { profile.CommandSets[key] = commands; }
        return true;
    }

    public static JsonNode GetCommands(BotProfile profile, ApiArguments arguments)
    {
        var (scope, language) = Key(arguments);
        return JsonText.ToArray(profile.Commands(scope, language).Select(command =>
            new JsonObject { ["command"] = command.Command, ["description"] = command.Description }));
    }

    public static JsonNode DeleteCommands(BotProfile profile, ApiArguments arguments)
    {
        var key = Key(arguments);
        lock (profile.Gate) { profile.CommandSets.Remove(key); }
        return true;
    }

    /// <summary>setMy… and getMy… of name, description and short description; null for any other method.</summary>
    public static JsonNode? WordsAbout(BotProfile profile, string method, ApiArguments arguments)
    {
        if (method.Length < 6 || method[..5] is not ("setMy" or "getMy") || !WordFields.TryGetValue(method[5..], out var words))
        {
            return null;
        }

        var language = Language(arguments);
        if (method.StartsWith("get", StringComparison.Ordinal))
        {
            return new JsonObject { [words.Field] = profile.Words(words.Field, language) };
        }

        var text = arguments.Word(words.Field);
        if (text.Length > words.Longest)
        {
            throw ApiRefusal.BadRequest($"BOT_{words.Field.ToUpperInvariant()}_TOO_LONG");
        }

        lock (profile.Gate)
        {
            profile.WordSets[(words.Field, language)] = text;
            if (text.Length == 0)
            {
                profile.WordSets.Remove((words.Field, language));
            }
        }

        return true;
    }

    private static MenuCommand Command(JsonNode? node)
    {
        var item = node as JsonObject ?? throw ApiRefusal.BadRequest("can't parse BotCommand: Expected an Object");
        var command = (item.String("command") ?? "").TrimStart('/');
        var description = (item.String("description") ?? "").Trim();
        return !CommandName().IsMatch(command) ? throw ApiRefusal.BadRequest("BOT_COMMAND_INVALID")
            : description.Length is < 1 or > 256 ? throw ApiRefusal.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
            : new MenuCommand(command, description);
    }

    private static (string Scope, string Language) Key(ApiArguments arguments)
    {
        var scope = arguments.Json("scope", "can't parse BotCommandScope JSON object");
        if (scope is null)
        {
            return ("default", Language(arguments));
        }

        var type = (scope as JsonObject)?.String("type");
        if (type is null || !Scopes.Contains(type))
        {
            throw ApiRefusal.BadRequest("can't parse BotCommandScope: Unsupported type specified");
        }

        if (!type.StartsWith("chat", StringComparison.Ordinal))
        {
            return (type, Language(arguments));
        }

        var chat = scope["chat_id"]?.ToString();
        return chat is { Length: > 0 } ? ($"{type}:{chat}", Language(arguments)) : throw ApiRefusal.BadRequest("chat_id is empty");
    }

    private static string Language(ApiArguments arguments)
    {
        var language = arguments.Word("language_code");
        return language.Length == 0 || TwoLetters().IsMatch(language) ? language : throw ApiRefusal.BadRequest("invalid language code specified");
    }

    [GeneratedRegex("^[a-z0-9_]{1,32}$")]
    private static partial Regex CommandName();

    [GeneratedRegex("^[a-z]{2}$")]
    private static partial Regex TwoLetters();
}
