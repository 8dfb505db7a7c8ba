using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>A file that came in a multipart body.</summary>
internal sealed record Upload(string Name, byte[] Bytes);

/// <summary>
/// The arguments of one call. The real server makes text of every argument, whether it came in the query, a form or JSON
/// (nested JSON stays JSON text), and reads numbers and objects from that text; so does this one.
/// </summary>
internal sealed class ApiArguments(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, Upload> uploads)
{
    private static readonly HashSet<string> Nested =
    [
        "reply_markup", "entities", "caption_entities", "reply_parameters", "link_preview_options", "media", "commands", "scope",
        "allowed_updates", "results", "button",
    ];

    private static readonly HashSet<string> Numeric =
    [
        "chat_id", "message_id", "offset", "limit", "timeout", "latitude", "longitude", "horizontal_accuracy", "live_period",
        "heading", "reply_to_message_id", "proximity_alert_radius", "message_thread_id", "max_connections", "cache_time", "user_id",
    ];

    private static readonly HashSet<string> Flags =
    [
        "disable_notification", "protect_content", "drop_pending_updates", "show_alert", "is_personal",
        "disable_content_type_detection", "allow_paid_broadcast", "has_spoiler", "show_caption_above_media",
    ];

    public static ApiArguments FromJson(JsonObject body) => new(
        body.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => AsText(field.Value!)),
        new Dictionary<string, Upload>());

    public IReadOnlyDictionary<string, Upload> Uploads => uploads;

    /// <summary>The argument, trimmed; empty when it is missing.</summary>
    public string Word(string name) => Raw(name).Trim();

    /// <summary>The argument as it came; empty when it is missing.</summary>
    public string Raw(string name) => values.GetValueOrDefault(name, "");

    public bool Has(string name) => Raw(name).Length > 0;

    public bool Flag(string name) => Word(name) is "1" or "true" or "True" or "yes";

    /// <exception cref="ApiRefusal">400: it is there and is no integer. Stricter than the real server, which reads 0.</exception>
    public long? Integer(string name)
    {
        var word = Word(name);
        return word.Length == 0 ? null
            : long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw ApiRefusal.BadRequest($"can't parse {name}: an Integer is expected");
    }

    /// <exception cref="ApiRefusal">400: it is there and is no finite number.</exception>
    public double? Number(string name)
    {
        var word = Word(name);
        return word.Length == 0 ? null
            : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw ApiRefusal.BadRequest($"can't parse {name}: a Float is expected");
    }

    /// <exception cref="ApiRefusal">400 with <paramref name="complaint"/>: it is there and is no JSON.</exception>
    public JsonNode? Json(string name, string complaint)
    {
        if (!Has(name))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Raw(name));
        }
        catch (JsonException)
        {
            throw ApiRefusal.BadRequest(complaint);
        }
    }

    /// <summary>One JSON object with native types, for the journal and a schema.</summary>
    public JsonObject Normalised()
    {
        var all = new JsonObject();
        foreach (var (name, text) in values)
        {
            all[name] = name == "parse_mode" ? ParseModeSpelling(text)
                : Nested.Contains(name) ? Parsed(text)
                : Flags.Contains(name) ? Flag(name)
                : Numeric.Contains(name) && text.Length > 0 && text[0] != '@' ? Parsed(text)
                : text;
        }

        return all;
    }

    public static string ParseModeSpelling(string mode) => mode.ToLowerInvariant() switch
    {
        "html" => "HTML",
        "markdown" => "Markdown",
        "markdownv2" => "MarkdownV2",
        _ => mode,
    };

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string AsText(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString(JsonText.Readable);
}
