using System.Text.Json;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;
using NJsonSchema;
using NJsonSchema.Validation;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>
/// Somebody else's word on a request: the JSON Schema of the Bot API (tests/data/telegram/bot-api.schema.json, made from the types of
/// <c>@gramio/types</c>). It knows fields, types and words of all methods, also of those that this fake leaves out; it knows no lengths.
/// </summary>
internal static class ApiJudge
{
    /// <summary>They take no arguments, so the schema has no word for them.</summary>
    private static readonly HashSet<string> WithoutArguments = ["getMe", "getWebhookInfo", "logOut", "close"];

    private static readonly Lazy<JsonSchema> Schema = new(Load);

    /// <summary>What does not fit, as "method: kind at path". No values: they may be somebody's words.</summary>
    public static IReadOnlyList<string> Misfits(IEnumerable<RecordedRequest> requests) => [.. requests.SelectMany(FaultsOf)];

    private static IEnumerable<string> FaultsOf(RecordedRequest request)
    {
        // No token of this bot, so no method of its API: answered with 401 or 404 before anything was read.
        if (request.Method.Length == 0)
        {
            return [];
        }
        var arguments = OnTheWire(request);
        if (WithoutArguments.Contains(request.Method))
        {
            return arguments.Count == 0 ? [] : [$"{request.Method}: takes no arguments"];
        }
        return Schema.Value.Definitions.TryGetValue($"{char.ToUpperInvariant(request.Method[0])}{request.Method[1..]}Params", out var allowed)
            ? allowed.Validate(arguments.ToJsonString()).Select(fault => $"{request.Method}: {InWords(fault)}")
            : [$"{request.Method}: no such method"];
    }

    // JSON is judged as it came, types and all; a form has only texts, so there the journal's reading of them is. The real server reads
    // parse_mode without case (Telegram.Bot writes "Html"), the schema does not.
    private static JsonObject OnTheWire(RecordedRequest request)
    {
        if (!request.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || request.Body.Length == 0)
        {
            return request.Arguments;
        }
        try
        {
            var body = JsonNode.Parse(request.Body) as JsonObject ?? [];
            SpellParseModes(body);
            return body;
        }
        catch (JsonException)
        {
            return request.Arguments;
        }
    }

    private static void SpellParseModes(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                if (fields.String("parse_mode") is { } mode)
                {
                    fields["parse_mode"] = ApiArguments.ParseModeSpelling(mode);
                }
                foreach (var (_, field) in fields)
                {
                    SpellParseModes(field);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    SpellParseModes(item);
                }
                break;
        }
    }

    // Of "none of these" the innermost fault says what is wrong.
    private static string InWords(ValidationError fault) => fault is ChildSchemaValidationError { Errors: { Count: > 0 } children }
        && children.Values.SelectMany(errors => errors).OrderByDescending(error => error.Path?.Length ?? 0).FirstOrDefault() is { } inner
        ? $"{fault.Kind} at {fault.Path} ({InWords(inner)})"
        : $"{fault.Kind} at {fault.Path}";

    private static JsonSchema Load()
    {
        using var file = typeof(ApiJudge).Assembly.GetManifestResourceStream("bot-api.schema.json") ?? throw new InvalidOperationException("the schema is not in this assembly");
        return JsonSchema.FromJsonAsync(file).GetAwaiter().GetResult();
    }
}
