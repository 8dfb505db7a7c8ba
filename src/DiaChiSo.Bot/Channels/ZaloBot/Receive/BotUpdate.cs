using System.Globalization;
using System.Text.Json;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>
/// What came, with its envelope taken off. Two shapes are about: the event itself (as observed) and <c>{"ok":true,"result":…}</c> around it
/// (as documented); a poll may give one event or several.
/// </summary>
internal readonly struct BotUpdate(JsonElement json)
{
    public static IEnumerable<BotUpdate> AllIn(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.EnumerateArray().SelectMany(AllIn),
        JsonValueKind.Object when body.TryGetProperty("event_name", out _) => [new BotUpdate(body)],
        JsonValueKind.Object when body.TryGetProperty("result", out var inside) => AllIn(inside),
        _ => [],
    };

    /// <summary>message.text.received …</summary>
    public string Name => Text("event_name") ?? "";

    public bool HasMessage => json.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object;

    public string? MessageId => Text("message", "message_id");
    public string? Sender => Text("message", "from", "id");
    public bool IsFromBot => Find("message", "from", "is_bot") is { ValueKind: JsonValueKind.True };
    public string? Chat => Text("message", "chat", "id");

    /// <summary>A group is a group, and so is whatever else is not a chat with the sender alone.</summary>
    public bool IsPrivate => Text("message", "chat", "chat_type") is { } type ? type.Equals("PRIVATE", StringComparison.OrdinalIgnoreCase) : Chat is not null && Chat == Sender;

    /// <summary>Milliseconds since 1970, as it stands there; null: no date.</summary>
    public long? Date => Find("message", "date") is { } date
        ? date.ValueKind == JsonValueKind.Number && date.TryGetInt64(out var number) ? number
            : date.ValueKind == JsonValueKind.String && long.TryParse(date.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null
        : null;

    /// <summary>The bytes as they came, for a message without an id.</summary>
    public string Raw => json.GetRawText();

    /// <summary>A text or a number on this path, as text; null: nothing there, or something else.</summary>
    public string? Text(params ReadOnlySpan<string> path) => Find(path) is { } found
        ? found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            _ => null,
        }
        : null;

    private JsonElement? Find(params ReadOnlySpan<string> path)
    {
        var here = json;
        foreach (var name in path)
        {
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
            {
                return null;
            }
        }
        return here;
    }
}
