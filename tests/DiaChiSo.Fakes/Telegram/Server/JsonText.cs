using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>JSON as Telegram writes it: UTF-8 letters as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();

    public static JsonArray ToArray(IEnumerable<JsonNode?> items) => new([.. items]);

    /// <summary>A string field, or null when it is missing or of another type.</summary>
    public static string? String(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Integer(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static bool True(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
