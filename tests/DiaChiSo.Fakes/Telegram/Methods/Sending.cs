using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>What a message is made of, beside who, where and when.</summary>
internal sealed record Content(string Method, JsonObject Fields)
{
    public FormattedText Text { get; init; } = new("", []);

    public string RawText { get; init; } = "";

    public StoredFile? File { get; init; }

    public SeenPlace? Place { get; init; }

    public string? AlbumId { get; init; }
}

/// <summary>What every send* method has in common: the chat, the keyboard, the reply, the flood limit, the message.</summary>
internal static class Sending
{
    /// <exception cref="ApiRefusal">400 no such chat; 403 the bot may not write there.</exception>
    public static FakeChat OpenChat(World world, ApiArguments arguments)
    {
        var word = arguments.Word("chat_id");
        if (word.Length == 0)
        {
            throw ApiRefusal.BadRequest("chat_id is empty");
        }

        if (!long.TryParse(word, out var id) || !world.Chats.TryGetValue(id, out var chat))
        {
            throw ApiRefusal.BadRequest("chat not found");
        }

        return chat switch
        {
            { Opened: false } => throw ApiRefusal.Forbidden("bot can't initiate conversation with a user"),
            { Shut: true, IsPrivate: true } => throw ApiRefusal.Forbidden("bot was blocked by the user"),
            { Shut: true } => throw ApiRefusal.Forbidden("bot was kicked from the supergroup chat"),
            _ => chat,
        };
    }

    /// <summary>All checks that come after those of the content, then the message itself.</summary>
    public static JsonObject Send(World world, ApiArguments arguments, Content content)
    {
        var known = long.TryParse(arguments.Word("chat_id"), out var id) ? world.Chats.GetValueOrDefault(id) : null;
        var markup = Keyboards.Read(arguments, known);
        var chat = OpenChat(world, arguments);
        var replyTo = ReplyTarget(arguments, chat);
        Flood(world, chat);
        return Put(world, arguments, chat, content, markup, replyTo).Wire.Copy();
    }

    public static void Flood(World world, FakeChat chat)
    {
        if (world.Flood.Refuse(chat) is { } seconds)
        {
            throw ApiRefusal.TooMany(seconds);
        }
    }

    public static StoredMessage Put(World world, ApiArguments arguments, FakeChat chat, Content content, CheckedMarkup markup, StoredMessage? replyTo)
    {
        var now = world.Now;
        var wire = new JsonObject
        {
            ["message_id"] = world.NextMessageId(chat),
            ["from"] = world.BotUser,
            ["chat"] = chat.Wire.DeepClone(),
            ["date"] = now.ToUnixTimeSeconds(),
        };
        if (replyTo is not null)
        {
            wire["reply_to_message"] = WithoutReply(replyTo.Wire);
        }

        if (content.AlbumId is not null)
        {
            wire["media_group_id"] = content.AlbumId;
        }

        foreach (var (field, value) in content.Fields)
        {
            wire[field] = value?.DeepClone();
        }

        if (markup.Wire is not null)
        {
            wire["reply_markup"] = markup.Wire.DeepClone();
        }

        var message = new StoredMessage((int)wire["message_id"]!, wire, now);
        message.Seen = new SeenMessage
        {
            ChatId = chat.Id,
            Id = message.Id,
            Method = content.Method,
            Text = content.Text.Text,
            RawText = content.RawText,
            Entities = content.Text.Entities,
            File = content.File is { } file ? new SeenFile(file.Kind, file.FileId, file.Name, file.Bytes) : null,
            Place = content.Place,
            Buttons = markup.Kind == "inline" ? markup.Buttons : [],
            Keyboard = markup.Kind == "keyboard" ? markup.Buttons : null,
            RemovesKeyboard = markup.Kind == "remove",
            ReplyToId = replyTo?.Id,
            AlbumId = content.AlbumId,
            Silent = arguments.Flag("disable_notification"),
            SentAt = now,
            Wire = wire,
        };
        chat.ReplyKeyboard = markup.Kind switch { "keyboard" => markup.Buttons, "remove" => [], _ => chat.ReplyKeyboard };
        chat.Messages.Add(message);
        return message;
    }

    /// <summary>A message inside another one has no reply of its own.</summary>
    public static JsonObject WithoutReply(JsonObject wire)
    {
        var copy = wire.Copy();
        copy.Remove("reply_to_message");
        return copy;
    }

    public static StoredMessage? ReplyTarget(ApiArguments arguments, FakeChat chat)
    {
        var parameters = arguments.Json("reply_parameters", "can't parse reply parameters JSON object") switch
        {
            null => null,
            JsonObject given => given,
            _ => throw ApiRefusal.BadRequest("object expected as reply parameters"),
        };
        var id = parameters?.Integer("message_id") ?? arguments.Integer("reply_to_message_id");
        var optional = parameters?.True("allow_sending_without_reply") ?? arguments.Flag("allow_sending_without_reply");
        return id is null ? null
            : chat.Find(id.Value) ?? (optional ? null : throw ApiRefusal.BadRequest("message to be replied not found"));
    }
}
