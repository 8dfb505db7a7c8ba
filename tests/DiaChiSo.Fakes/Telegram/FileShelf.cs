using System.Buffers.Binary;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>One file of this bot. <see cref="UniqueId"/> names the content and can't be used to send or download.</summary>
internal sealed record StoredFile(string Kind, string FileId, string UniqueId, string Name, string Path, byte[] Bytes, int Width = 0, int Height = 0);

/// <summary>Files by the ids that this fake gave out: an id from elsewhere is refused, as one of another bot would be.</summary>
internal sealed class FileShelf(Random random)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private readonly Dictionary<string, StoredFile> byId = [];
    private readonly Dictionary<string, StoredFile> byPath = [];

    public StoredFile? ById(string fileId) => byId.GetValueOrDefault(fileId);

    public StoredFile? ByPath(string path) => byPath.GetValueOrDefault(path);

    /// <param name="kind">The API's field: photo, document, sticker, voice.</param>
    /// <param name="name">File name; its extension is kept in the path.</param>
    /// <param name="bytes">The content, kept as it is.</param>
    /// <param name="width">Pixels, pictures only.</param>
    /// <param name="height">Pixels, pictures only.</param>
    public StoredFile Add(string kind, string name, byte[] bytes, int width = 0, int height = 0)
    {
        var (prefix, folder, extension) = kind switch
        {
            "photo" => ("AgACAgUAAxk", "photos", ".jpg"),
            "sticker" => ("CAACAgUAAxk", "stickers", ".webp"),
            "voice" => ("AwACAgUAAxk", "voice", ".oga"),
            _ => ("BQACAgUAAxk", "documents", Path.GetExtension(name)),
        };
        var file = new StoredFile(kind, prefix + Letters(48), "AQAD" + Letters(12), name, $"{folder}/file_{byId.Count}{extension}", bytes, width, height);
        byId.Add(file.FileId, file);
        byPath.Add(file.Path, file);
        return file;
    }

    private string Letters(int count) => new(random.GetItems<char>(Alphabet, count));
}

/// <summary>Width and height from the first bytes of PNG, JPEG, GIF, BMP and WebP (the size of the last is not read).</summary>
internal static class Picture
{
    /// <returns>Null when the bytes are no picture.</returns>
    public static (int Width, int Height)? Size(byte[] bytes) => bytes switch
    {
        [0x89, 0x50, 0x4E, 0x47, ..] when bytes.Length >= 24 =>
            (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))),
        [0xFF, 0xD8, 0xFF, ..] => Jpeg(bytes),
        [0x47, 0x49, 0x46, 0x38, ..] when bytes.Length >= 10 =>
            (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8))),
        [0x42, 0x4D, ..] when bytes.Length >= 26 =>
            (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(18)), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(22)))),
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => (512, 512),
        _ => null,
    };

    /// <exception cref="ApiRefusal">400: no picture, or of a shape that Telegram refuses as a photo.</exception>
    public static (int Width, int Height) CheckPhoto(byte[] bytes)
    {
        var (width, height) = Size(bytes) ?? throw ApiRefusal.BadRequest("IMAGE_PROCESS_FAILED");
        return width < 1 || height < 1 || width + height > 10_000 || Math.Max(width, height) > 20 * Math.Min(width, height)
            ? throw ApiRefusal.BadRequest("PHOTO_INVALID_DIMENSIONS")
            : (width, height);
    }

    private static (int Width, int Height)? Jpeg(byte[] bytes)
    {
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 5)));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
        }

        return null;
    }
}
