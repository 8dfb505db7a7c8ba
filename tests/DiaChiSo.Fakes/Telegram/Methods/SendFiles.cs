using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>sendPhoto, sendDocument, getFile: by upload or by a file_id that this bot was given before.</summary>
internal static class SendFiles
{
    public const int LargestPhoto = 10 * 1024 * 1024;
    public const int LargestUpload = 50 * 1024 * 1024;
    public const int LargestDownload = 20 * 1024 * 1024;

    public static JsonNode Photo(World world, ApiArguments arguments) => One(world, arguments, "sendPhoto", "photo");

    public static JsonNode Document(World world, ApiArguments arguments) => One(world, arguments, "sendDocument", "document");

    public static JsonNode GetFile(World world, ApiArguments arguments)
    {
        var file = world.Files.ById(arguments.Word("file_id")) ?? throw ApiRefusal.BadRequest("wrong file_id or the file is temporarily unavailable");
        return file.Bytes.Length > LargestDownload
            ? throw ApiRefusal.BadRequest("file is too big")
            : new JsonObject
            {
                ["file_id"] = file.FileId,
                ["file_unique_id"] = file.UniqueId,
                ["file_size"] = file.Bytes.Length,
                ["file_path"] = file.Path,
            };
    }

    /// <summary>The file that an argument or an album item names.</summary>
    /// <exception cref="ApiRefusal">400 or 413.</exception>
    public static StoredFile Resolve(World world, ApiArguments arguments, string kind, string field, string reference)
    {
        var upload = reference.StartsWith("attach://", StringComparison.Ordinal)
            ? arguments.Uploads.GetValueOrDefault(reference["attach://".Length..])
            : reference.Length == 0 ? arguments.Uploads.GetValueOrDefault(field) : null;
        if (upload is not null)
        {
            return Store(world, kind, upload);
        }

        if (reference.Length == 0 || reference.StartsWith("attach://", StringComparison.Ordinal))
        {
            throw ApiRefusal.BadRequest($"there is no {kind} in the request");
        }

        if (reference.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || reference.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            // Nothing here may fetch from a network.
            throw ApiRefusal.BadRequest("failed to get HTTP URL content");
        }

        var file = world.Files.ById(reference) ?? throw ApiRefusal.BadRequest("wrong file identifier/HTTP URL specified");
        return file.Kind == kind ? file : throw ApiRefusal.BadRequest($"can't use file of type {Title(file.Kind)} as {Title(kind)}");
    }

    /// <summary>The field of the message that carries the file.</summary>
    public static JsonNode Wire(StoredFile file) => file.Kind switch
    {
        "photo" => new JsonArray(PhotoSize(file)),
        _ => new JsonObject
        {
            ["file_name"] = file.Name,
            ["mime_type"] = MimeType(file.Name),
            ["file_id"] = file.FileId,
            ["file_unique_id"] = file.UniqueId,
            ["file_size"] = file.Bytes.Length,
        },
    };

    public static JsonObject PhotoSize(StoredFile file) => new()
    {
        ["file_id"] = file.FileId,
        ["file_unique_id"] = file.UniqueId,
        ["file_size"] = file.Bytes.Length,
        ["width"] = file.Width,
        ["height"] = file.Height,
    };

    public static string MimeType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" => "application/pdf",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".csv" => "text/csv",
        ".txt" => "text/plain",
        ".zip" => "application/zip",
        _ => "application/octet-stream",
    };

    private static JsonNode One(World world, ApiArguments arguments, string method, string kind)
    {
        var file = Resolve(world, arguments, kind, kind, arguments.Word(kind));
        var caption = MessageText.Caption(arguments);
        var fields = new JsonObject { [kind] = Wire(file) };
        AddCaption(fields, caption);
        return Sending.Send(world, arguments, new Content(method, fields) { Text = caption, RawText = arguments.Raw("caption"), File = file });
    }

    public static void AddCaption(JsonObject fields, FormattedText caption)
    {
        if (caption.Text.Length > 0)
        {
            fields["caption"] = caption.Text;
        }

        if (MessageText.Wire(caption.Entities) is { } entities)
        {
            fields["caption_entities"] = entities;
        }
    }

    private static StoredFile Store(World world, string kind, Upload upload)
    {
        if (upload.Bytes.Length == 0)
        {
            throw ApiRefusal.BadRequest("file must be non-empty");
        }

        if (upload.Bytes.Length > LargestUpload)
        {
            throw new ApiRefusal(413, "Request Entity Too Large");
        }

        if (kind != "photo")
        {
            return world.Files.Add(kind, upload.Name, upload.Bytes);
        }

        if (upload.Bytes.Length > LargestPhoto)
        {
            throw ApiRefusal.BadRequest($"file of size {upload.Bytes.Length} bytes is too big for a photo; the maximum size is {LargestPhoto} bytes");
        }

        var (width, height) = Picture.CheckPhoto(upload.Bytes);
        return world.Files.Add(kind, upload.Name, upload.Bytes, width, height);
    }

    private static string Title(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
