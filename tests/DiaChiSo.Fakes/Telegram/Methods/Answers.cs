using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>answerCallbackQuery and answerInlineQuery.</summary>
internal static class Answers
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

        Open(world, arguments, "inline_query_id", "inline", InlineLifetime).Query.Answered = true;
        return true;
    }

    private static (string Id, OpenQuery Query) Open(World world, ApiArguments arguments, string field, string kind, TimeSpan lifetime)
    {
        var id = arguments.Word(field);
        return world.Queries.TryGetValue(id, out var query) && query.Kind == kind && !query.Answered && world.Now <= query.AskedAt + lifetime
            ? (id, query)
            : throw ApiRefusal.BadRequest(TooOld);
    }
}
