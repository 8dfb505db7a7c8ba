using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>answerCallbackQuery and answerInlineQuery.</summary>
internal static partial class Answers
{
    private const string TooOld = "query is too old and response timeout expired or query ID is invalid";
    private static readonly TimeSpan InlineLifetime = TimeSpan.FromSeconds(30);

    public static JsonNode CallbackQuery(World world, ApiArguments arguments)
    {
        var text = arguments.Raw("text");
        if (text.Length > 200)
        {
            throw ApiRefusal.BadRequest("MESSAGE_TOO_LONG");
        }

        var (id, query) = Open(world, arguments, "callback_query_id", "callback", world.Options.CallbackLifetime);
        query.Answered = true;
        query.Chat!.Toasts.Add(new SeenToast(id, text, arguments.Flag("show_alert")));
        return true;
    }

    public static JsonNode InlineQuery(World world, ApiArguments arguments)
    {
        var results = arguments.Json("results", "can't parse results JSON object") as JsonArray
            ?? throw ApiRefusal.BadRequest("expected an Array of inline query results");
        if (results.Count > 50)
        {
            throw ApiRefusal.BadRequest("RESULTS_TOO_MUCH");
        }

        var ids = results.Select(result => (result as JsonObject)?.String("id") ?? "").ToList();
        if (ids.Any(id => Encoding.UTF8.GetByteCount(id) is < 1 or > 64))
        {
            throw ApiRefusal.BadRequest("RESULT_ID_INVALID");
        }

        if (ids.Distinct().Count() < ids.Count)
        {
            throw ApiRefusal.BadRequest("RESULT_ID_DUPLICATE");
        }

        if (Encoding.UTF8.GetByteCount(arguments.Raw("next_offset")) > 64)
        {
            throw ApiRefusal.BadRequest("NEXT_OFFSET_INVALID");
        }

        foreach (var result in results.OfType<JsonObject>())
        {
            CheckArticle(result);
        }

        if (arguments.Json("button", "can't parse button JSON object") is JsonObject button)
        {
            CheckButton(button);
        }

        Open(world, arguments, "inline_query_id", "inline", InlineLifetime).Query.Answered = true;
        return true;
    }

    private static void CheckArticle(JsonObject result)
    {
        if (result.String("type") != "article")
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(result.String("title")))
        {
            throw ApiRefusal.BadRequest("ARTICLE_TITLE_EMPTY");
        }

        var content = result["input_message_content"] as JsonObject ?? throw ApiRefusal.BadRequest("can't parse inline query result: input_message_content is not specified");
        var isPlace = content.ContainsKey("latitude");
        if (!isPlace && (content.String("message_text") ?? "").Trim().Length is < 1 or > 4096)
        {
            throw ApiRefusal.BadRequest("MESSAGE_EMPTY");
        }

        if (content.ContainsKey("title") && isPlace && (string.IsNullOrWhiteSpace(content.String("title")) || string.IsNullOrWhiteSpace(content.String("address"))))
        {
            throw ApiRefusal.BadRequest("MEDIA_INVALID");
        }
    }

    private static void CheckButton(JsonObject button)
    {
        if (string.IsNullOrWhiteSpace(button.String("text")) || !(button.ContainsKey("web_app") ^ button.ContainsKey("start_parameter")))
        {
            throw ApiRefusal.BadRequest("can't parse InlineQueryResultsButton");
        }

        if (button.String("start_parameter") is { } parameter && !StartParameter().IsMatch(parameter))
        {
            throw ApiRefusal.BadRequest("START_PARAM_INVALID");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex StartParameter();

    private static (string Id, OpenQuery Query) Open(World world, ApiArguments arguments, string field, string kind, TimeSpan lifetime)
    {
        var id = arguments.Word(field);
        return world.Queries.TryGetValue(id, out var query) && query.Kind == kind && !query.Answered && world.Now <= query.AskedAt + lifetime
            ? (id, query)
            : throw ApiRefusal.BadRequest(TooOld);
    }
}
