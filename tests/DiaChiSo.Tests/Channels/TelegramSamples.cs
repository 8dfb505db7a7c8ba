using System.Text.Json.Nodes;

namespace DiaChiSo.Tests.Channels;

/// <summary>The payloads under tests/data/telegram, and bytes that pass for pictures.</summary>
internal static class TelegramSamples
{
    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    public static JsonObject Json(string name) => (JsonObject)JsonNode.Parse(Text(name))!;

    /// <summary>The head of a PNG of this size, padded to a length.</summary>
    public static byte[] Png(int width = 512, int height = 512, int length = 64)
    {
        var bytes = new byte[length];
        byte[] head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        head.CopyTo(bytes, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <summary>Every field of a JSON value by path with its kind, so that two payloads can be compared by shape.</summary>
    public static IReadOnlyList<string> Shape(JsonNode? node, string path = "") => node switch
    {
        JsonObject fields => [.. fields.SelectMany(field => Shape(field.Value, $"{path}.{field.Key}")).Order(StringComparer.Ordinal)],
        JsonArray items => [.. items.SelectMany((item, index) => Shape(item, $"{path}[{index}]"))],
        _ => [$"{path}: {node?.GetValueKind()}"],
    };

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "tests", "data", "telegram");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        throw new DirectoryNotFoundException("tests/data/telegram is not above the test program.");
    }
}
