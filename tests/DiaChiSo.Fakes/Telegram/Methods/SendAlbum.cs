using System.Globalization;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>sendMediaGroup: 2 to 10 photos, or 2 to 10 documents. An album carries no keyboard; the server drops one in silence.</summary>
internal static class SendAlbum
{
    public static JsonNode MediaGroup(World world, ApiArguments arguments)
    {
        var media = arguments.Json("media", "can't parse media JSON object") as JsonArray
            ?? throw ApiRefusal.BadRequest("expected an Array of InputMedia");
        if (media.Count < 2)
        {
            throw ApiRefusal.BadRequest("too few messages to send as an album");
        }

        if (media.Count > 10)
        {
            throw ApiRefusal.BadRequest("too many messages to send as an album");
        }

        var albumId = world.Random.NextInt64(10_000_000_000_000_000, 20_000_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        var items = media.Select(item => Item(world, arguments, albumId, item as JsonObject)).ToList();
        if (items.Select(item => item.File!.Kind).Distinct().Count() > 1)
        {
            throw ApiRefusal.BadRequest("document can't be mixed with other media types");
        }

        var chat = Sending.OpenChat(world, arguments);
        var replyTo = Sending.ReplyTarget(arguments, chat);
        Sending.Flood(world, chat);
        return JsonText.ToArray(items.Select(item => Sending.Put(world, arguments, chat, item, CheckedMarkup.None, replyTo).Wire.DeepClone()));
    }

    private static Content Item(World world, ApiArguments arguments, string albumId, JsonObject? item)
    {
        var kind = item?.String("type");
        if (item is null || kind is not ("photo" or "document"))
        {
            throw ApiRefusal.BadRequest("can't parse InputMedia: type must be photo or document");
        }

        var file = SendFiles.Resolve(world, arguments, kind, kind, item.String("media") ?? "");
        var caption = MessageText.Caption(ApiArguments.FromJson(item.Copy()));
        var fields = new JsonObject { [kind] = SendFiles.Wire(file) };
        SendFiles.AddCaption(fields, caption);
        return new Content("sendMediaGroup", fields) { Text = caption, RawText = item.String("caption") ?? "", File = file, AlbumId = albumId };
    }
}
