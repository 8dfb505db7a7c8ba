using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Markup;

/// <summary>What a text or caption becomes: parsed, trimmed, within its length, with the entities that Telegram finds itself.</summary>
internal static partial class MessageText
{
    public const int LongestText = 4096;
    public const int LongestCaption = 1024;

    /// <exception cref="ApiRefusal">400: empty, too long after parsing, or markup that can't be parsed.</exception>
    public static FormattedText Text(ApiArguments arguments)
    {
        var parsed = Parse(arguments, "text", "entities");
        return parsed.Text.Length == 0 ? throw ApiRefusal.BadRequest("message text is empty")
            : parsed.Text.Length > LongestText ? throw ApiRefusal.BadRequest("message is too long")
            : parsed;
    }

    /// <exception cref="ApiRefusal">400: too long after parsing, or markup that can't be parsed.</exception>
    public static FormattedText Caption(ApiArguments arguments)
    {
        var parsed = Parse(arguments, "caption", "caption_entities");
        return parsed.Text.Length > LongestCaption ? throw ApiRefusal.BadRequest("message caption is too long") : parsed;
    }

    /// <summary>The commands, mentions, addresses and links that the server marks in everybody's text.</summary>
    public static IReadOnlyList<SeenEntity> Find(string text, IReadOnlyList<SeenEntity> already)
    {
        var found = Command().Matches(text).Select(match => new SeenEntity("bot_command", match.Index, match.Length))
            .Concat(Email().Matches(text).Select(match => new SeenEntity("email", match.Index, match.Length)))
            .Concat(Mention().Matches(text).Select(match => new SeenEntity("mention", match.Index, match.Length)))
            .Concat(Url().Matches(text).Select(match => new SeenEntity("url", match.Index, match.Length)));
        var all = already.ToList();
        foreach (var entity in found)
        {
            var blocked = all.Any(other => other.Type is "code" or "pre" or "text_link" or "email" or "url" or "mention" or "bot_command"
                && entity.Offset < other.Offset + other.Length && other.Offset < entity.Offset + entity.Length);
            if (!blocked)
            {
                all.Add(entity);
            }
        }

        return Sorted(all);
    }

    /// <summary>The server's order: by place, the longer first, and of two over the same letters the outer kind first.</summary>
    public static IReadOnlyList<SeenEntity> Sorted(IEnumerable<SeenEntity> entities) =>
        [.. entities.OrderBy(entity => entity.Offset).ThenByDescending(entity => entity.Length).ThenBy(entity => Rank(entity.Type))];

    /// <summary>Entities as <c>MessageEntity</c>; null when there are none (the field is left out then).</summary>
    public static JsonArray? Wire(IReadOnlyList<SeenEntity> entities) => entities.Count == 0 ? null : JsonText.ToArray(entities.Select(entity =>
    {
        var wire = new JsonObject { ["offset"] = entity.Offset, ["length"] = entity.Length, ["type"] = entity.Type };
        if (entity.Url is not null)
        {
            wire["url"] = entity.Url;
        }

        if (entity.Language is not null)
        {
            wire["language"] = entity.Language;
        }

        return (JsonNode)wire;
    }));

    private static int Rank(string type) => type switch
    {
        "blockquote" or "expandable_blockquote" => 0,
        "pre" => 10,
        "code" => 20,
        "bold" => 90,
        "italic" => 91,
        "underline" => 92,
        "strikethrough" => 93,
        "spoiler" => 94,
        _ => 50,
    };

    private static FormattedText Parse(ApiArguments arguments, string field, string entitiesField)
    {
        var raw = arguments.Raw(field).Replace("\r", "", StringComparison.Ordinal);
        var parsed = arguments.Word("parse_mode").ToLowerInvariant() switch
        {
            "" => new FormattedText(raw, Given(arguments, entitiesField, raw)),
            "html" => HtmlMarkup.Parse(raw),
            // The bot writes HTML only; a stand-in for the two Markdowns would be code without a user.
            _ => throw ApiRefusal.BadRequest("unsupported parse_mode"),
        };
        var trimmed = Trim(parsed);
        return trimmed with { Entities = Find(trimmed.Text, trimmed.Entities) };
    }

    private static List<SeenEntity> Given(ApiArguments arguments, string field, string text)
    {
        var list = arguments.Json(field, "can't parse entities JSON object") switch
        {
            null => [],
            JsonArray array => array,
            _ => throw ApiRefusal.BadRequest("can't parse entities: expected an Array of MessageEntity"),
        };
        var entities = new List<SeenEntity>();
        foreach (var item in list)
        {
            var entity = item as JsonObject ?? throw ApiRefusal.BadRequest("can't parse MessageEntity: Expected an Object");
            var offset = (int)(entity.Integer("offset") ?? -1);
            var length = (int)(entity.Integer("length") ?? -1);
            if (entity.String("type") is not { } type || offset < 0 || length < 1 || offset + length > text.Length)
            {
                throw ApiRefusal.BadRequest("can't parse MessageEntity: wrong type, offset or length");
            }

            entities.Add(new SeenEntity(type, offset, length, entity.String("url"), entity.String("language")));
        }

        return entities;
    }

    private static FormattedText Trim(FormattedText parsed)
    {
        var lead = parsed.Text.Length - parsed.Text.TrimStart().Length;
        var text = parsed.Text.Trim();
        var entities = parsed.Entities
            .Select(entity =>
            {
                var start = Math.Clamp(entity.Offset - lead, 0, text.Length);
                var end = Math.Clamp(entity.Offset + entity.Length - lead, 0, text.Length);
                return entity with { Offset = start, Length = end - start };
            })
            .Where(entity => entity.Length > 0);
        return new FormattedText(text, [.. entities]);
    }

    [GeneratedRegex(@"(?<![\w/<>.])/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![\w/@])")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)»]")]
    private static partial Regex Url();
}
