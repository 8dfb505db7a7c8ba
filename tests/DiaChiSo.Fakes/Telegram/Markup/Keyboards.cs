using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Markup;

/// <summary>A reply_markup that passed. <see cref="Wire"/> is set for inline keyboards only: they alone come back in messages.</summary>
internal sealed record CheckedMarkup(
    string Kind,
    IReadOnlyList<IReadOnlyList<SeenButton>> Buttons,
    JsonObject? Wire)
{
    public static CheckedMarkup None { get; } = new("none", [], null);
}

/// <summary>The checks on reply_markup: shape, exactly one action a button, 64 bytes of data, where a place may be asked for.</summary>
internal static class Keyboards
{
    private const int LongestData = 64;
    private const int MostButtons = 100;

    private static readonly HashSet<string> InlineActions =
    [
        "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
    ];

    private static readonly HashSet<string> ReplyActions =
        ["request_location", "request_contact", "request_poll", "request_users", "request_chat", "request_managed_bot", "web_app"];

    /// <exception cref="ApiRefusal">400 in the words of the server where it has them.</exception>
    public static CheckedMarkup Read(ApiArguments arguments, FakeChat? chat)
    {
        var markup = arguments.Json("reply_markup", "can't parse reply keyboard markup JSON object") switch
        {
            null => null,
            JsonObject given => given,
            _ => throw ApiRefusal.BadRequest("object expected as reply markup"),
        };
        return markup is null || markup.Count == 0 ? CheckedMarkup.None
            : markup.ContainsKey("inline_keyboard") ? Inline(markup)
            : markup.ContainsKey("keyboard") ? Reply(markup, chat)
            : markup.True("remove_keyboard") ? new CheckedMarkup("remove", [], null)
            : markup.True("force_reply") ? new CheckedMarkup("force_reply", [], null)
            : throw ApiRefusal.BadRequest("object expected as reply markup");
    }

    private static CheckedMarkup Inline(JsonObject markup)
    {
        var rows = Rows(markup, "inline_keyboard", "InlineKeyboardMarkup");
        var buttons = rows.Select(row => (IReadOnlyList<SeenButton>)[.. row.Select(InlineButton)]).Where(row => row.Count > 0).ToList();
        if (buttons.Sum(row => row.Count) > MostButtons)
        {
            throw ApiRefusal.BadRequest("reply markup is too long");
        }

        var wire = buttons.Count == 0 ? null : new JsonObject
        {
            ["inline_keyboard"] = JsonText.ToArray(rows.Where(row => row.Count > 0).Select(row => row.DeepClone())),
        };
        return new CheckedMarkup("inline", buttons, wire);
    }

    private static SeenButton InlineButton(JsonNode? node)
    {
        const string where = "can't parse inline keyboard button: ";
        var button = node as JsonObject ?? throw ApiRefusal.BadRequest(where + "Inline keyboard button must be an Object");
        var text = Label(button, where, "inline keyboard button text must be non-empty");
        var actions = button.Where(field => InlineActions.Contains(field.Key) && field.Value is not null).ToList();
        if (actions.Count == 0)
        {
            throw ApiRefusal.BadRequest(where + "Text buttons are unallowed in the inline keyboard");
        }

        if (actions.Count > 1)
        {
            // The real server silently takes one of them; the documentation says "exactly one", so here it is an error.
            throw ApiRefusal.BadRequest(where + "exactly one of the optional fields must be used");
        }

        var (action, value) = actions[0];
        var words = value is JsonValue plain && plain.TryGetValue<string>(out var given) ? given : value!.ToJsonString(JsonText.Readable);
        switch (action)
        {
            case "callback_data" when Encoding.UTF8.GetByteCount(words) is < 1 or > LongestData:
                throw ApiRefusal.BadRequest("BUTTON_DATA_INVALID");
            case "url" or "login_url" when WebAddress.Check(words) is (false, var why):
                throw ApiRefusal.BadRequest($"inline keyboard button URL '{words}' is invalid: {why}");
            case "copy_text" when (value as JsonObject)?.String("text")?.Length is null or < 1 or > 256:
                throw ApiRefusal.BadRequest("BUTTON_COPY_TEXT_INVALID");
        }

        return new SeenButton(text, action, words);
    }

    private static CheckedMarkup Reply(JsonObject markup, FakeChat? chat)
    {
        var rows = Rows(markup, "keyboard", "ReplyKeyboardMarkup");
        if (markup.String("input_field_placeholder")?.Length is < 1 or > 64)
        {
            throw ApiRefusal.BadRequest("input field placeholder must be of 1-64 characters");
        }

        IReadOnlyList<IReadOnlyList<SeenButton>> buttons =
            [.. rows.Select(row => (IReadOnlyList<SeenButton>)[.. row.Select(node => ReplyButton(node, chat))]).Where(row => row.Count > 0)];
        return buttons.Count == 0
            ? throw ApiRefusal.BadRequest("reply keyboard must have at least one button")
            : new CheckedMarkup("keyboard", buttons, null);
    }

    private static SeenButton ReplyButton(JsonNode? node, FakeChat? chat)
    {
        const string where = "can't parse keyboard button: ";
        if (node is JsonValue value && value.TryGetValue<string>(out var label) && label.Length > 0)
        {
            return new SeenButton(label, "text", label);
        }

        var button = node as JsonObject ?? throw ApiRefusal.BadRequest(where + "KeyboardButton must be an Object or a String");
        var text = Label(button, where, "keyboard button text must be non-empty");
        var actions = button
            .Where(field => ReplyActions.Contains(field.Key) && field.Value is not null && field.Value.ToJsonString() != "false")
            .Select(field => field.Key).ToList();
        if (actions.Count > 1)
        {
            throw ApiRefusal.BadRequest(where + "at most one of the optional fields must be used");
        }

        var action = actions.FirstOrDefault("text");
        return action switch
        {
            "request_location" when chat is { IsPrivate: false } => throw ApiRefusal.BadRequest("location can be requested in private chats only"),
            "request_contact" when chat is { IsPrivate: false } => throw ApiRefusal.BadRequest("phone number can be requested in private chats only"),
            _ => new SeenButton(text, action, text),
        };
    }

    private static string Label(JsonObject button, string where, string empty) => button["text"] switch
    {
        null => throw ApiRefusal.BadRequest(where + "Can't find field \"text\""),
        JsonValue value when value.TryGetValue<string>(out var text) => text.Trim().Length > 0 ? text : throw ApiRefusal.BadRequest(empty),
        _ => throw ApiRefusal.BadRequest(where + "Field \"text\" must be of type String"),
    };

    private static List<JsonArray> Rows(JsonObject markup, string field, string type) =>
        markup[field] is JsonArray rows && rows.All(row => row is JsonArray)
            ? [.. rows.Select(row => (JsonArray)row!)]
            : throw ApiRefusal.BadRequest($"field \"{field}\" of the {type} must be an Array of Arrays");
}
