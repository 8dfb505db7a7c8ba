using System.Text.Json;

namespace DiaChiSo.Tests.Parity;

/// <summary>An activity of the Bot Framework as lines: its words, what is attached, what may be pressed, and what only our own page reads.</summary>
internal static class ActivityScreen
{
    public static string Of(JsonElement activity)
    {
        var lines = new List<string> { Text(activity, "type") + (activity.TryGetProperty("textFormat", out var format) ? $", {format.GetString()}" : "") };
        if (Text(activity, "text") is { Length: > 0 } words)
        {
            lines.Add(words);
        }
        foreach (var attached in Items(activity, "attachments"))
        {
            lines.Add($"  {Text(attached, "contentType")}: {Text(attached, "name")} {Text(attached, "contentUrl")}".TrimEnd());
            if (attached.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object)
            {
                lines.AddRange(new[] { Text(content, "title"), Text(content, "text") }.Where(said => said.Length > 0).Select(said => $"    {said}"));
                lines.AddRange(Items(content, "buttons").Select(Button));
            }
        }
        lines.AddRange(Items(activity, "entities").Select(entity => $"  entity {entity.GetRawText()}"));
        if (activity.TryGetProperty("suggestedActions", out var suggested))
        {
            lines.AddRange(Items(suggested, "actions").Select(Button));
        }
        if (activity.TryGetProperty("channelData", out var data))
        {
            lines.Add($"  channelData {data.GetRawText()}");
        }
        return string.Join('\n', lines);
    }

    private static string Button(JsonElement action) =>
        $"  [{Text(action, "title")} → {Text(action, "type")} {(action.TryGetProperty("value", out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : "")}]";

    private static string Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static IEnumerable<JsonElement> Items(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
