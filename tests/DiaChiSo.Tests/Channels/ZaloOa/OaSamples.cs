using System.Text.Json.Nodes;
using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>The payloads under tests/data/zalo-oa.</summary>
internal static class OaSamples
{
    private static string Folder => Path.Combine(ChatFiles.Root, "tests", "data", "zalo-oa");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static JsonObject Json(string name) => (JsonObject)JsonNode.Parse(Text(name))!;

    /// <summary>The names of the events that there are samples of.</summary>
    public static IEnumerable<string> Events => Directory.GetFiles(Folder, "webhook-*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
