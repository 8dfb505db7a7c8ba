using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Methods;

namespace DiaChiSo.Fakes.Telegram.People;

public partial class Speaker
{
    /// <summary>A photo in two sizes, the larger last. Both have the given bytes, as the fake can't scale.</summary>
    public int SendPhoto(byte[] bytes, string? caption = null, string? albumId = null)
    {
        JsonArray sizes;
        lock (world.Gate)
        {
            var (width, height) = Picture.Size(bytes) ?? (1280, 960);
            sizes = new JsonArray(
                SendFiles.PhotoSize(world.Files.Add("photo", "photo.jpg", bytes, 90, Math.Max(1, 90 * height / width))),
                SendFiles.PhotoSize(world.Files.Add("photo", "photo.jpg", bytes, width, height)));
        }

        var fields = new JsonObject();
        if (albumId is not null)
        {
            fields["media_group_id"] = albumId;
        }

        fields["photo"] = sizes;
        return Send(WithCaption(fields, caption));
    }

    /// <summary>Several photos as one album: one update each, with the same media_group_id, the caption on the first.</summary>
    public void SendAlbum(IReadOnlyList<byte[]> photos, string? caption = null)
    {
        var album = world.NewQueryId();
        for (var i = 0; i < photos.Count; i++)
        {
            SendPhoto(photos[i], i == 0 ? caption : null, album);
        }
    }

    public int SendDocument(byte[] bytes, string name, string? caption = null)
    {
        lock (world.Gate)
        {
            return Send(WithCaption(new JsonObject { ["document"] = SendFiles.Wire(world.Files.Add("document", name, bytes)) }, caption));
        }
    }

    public int SendSticker(string emoji = "👍")
    {
        lock (world.Gate)
        {
            var file = world.Files.Add("sticker", "sticker.webp", "RIFF....WEBP"u8.ToArray());
            return Send(new JsonObject
            {
                ["sticker"] = new JsonObject
                {
                    ["width"] = 512,
                    ["height"] = 512,
                    ["emoji"] = emoji,
                    ["is_animated"] = false,
                    ["is_video"] = false,
                    ["type"] = "regular",
                    ["file_id"] = file.FileId,
                    ["file_unique_id"] = file.UniqueId,
                    ["file_size"] = file.Bytes.Length,
                },
            });
        }
    }

    /// <param name="seconds">How long the person spoke.</param>
    public int SendVoice(int seconds = 3)
    {
        lock (world.Gate)
        {
            var file = world.Files.Add("voice", "voice.oga", "OggS"u8.ToArray());
            return Send(new JsonObject
            {
                ["voice"] = new JsonObject
                {
                    ["duration"] = seconds,
                    ["mime_type"] = "audio/ogg",
                    ["file_id"] = file.FileId,
                    ["file_unique_id"] = file.UniqueId,
                    ["file_size"] = file.Bytes.Length,
                },
            });
        }
    }

    /// <summary>A contact; the person's own when <paramref name="own"/>, as the request_contact key sends it.</summary>
    public int SendContact(string phoneNumber, string firstName, bool own = false)
    {
        var contact = new JsonObject { ["phone_number"] = phoneNumber, ["first_name"] = firstName };
        if (own)
        {
            contact["user_id"] = Id;
        }

        return Send(new JsonObject { ["contact"] = contact });
    }

    private static JsonObject WithCaption(JsonObject fields, string? caption)
    {
        if (caption is not null)
        {
            fields["caption"] = caption;
        }

        return fields;
    }
}
