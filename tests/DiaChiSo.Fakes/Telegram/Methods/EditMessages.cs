using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage.</summary>
internal static class EditMessages
{
    private static readonly TimeSpan Deletable = TimeSpan.FromHours(48);

    public static JsonNode Text(World world, ApiArguments arguments)
    {
        var text = MessageText.Text(arguments);
        return Edit(world, arguments, (message, wire) =>
        {
            if (!wire.ContainsKey("text"))
            {
                throw ApiRefusal.BadRequest("there is no text in the message to edit");
            }

            Put(wire, "text", text, "entities");
            return message with { Text = text.Text, RawText = arguments.Raw("text"), Entities = text.Entities };
        });
    }

    public static JsonNode Caption(World world, ApiArguments arguments)
    {
        var caption = MessageText.Caption(arguments);
        return Edit(world, arguments, (message, wire) =>
        {
            if (message.File is null)
            {
                throw ApiRefusal.BadRequest("there is no caption in the message to edit");
            }

            Put(wire, "caption", caption, "caption_entities");
            return message with { Text = caption.Text, RawText = arguments.Raw("caption"), Entities = caption.Entities };
        });
    }

    public static JsonNode ReplyMarkup(World world, ApiArguments arguments) => Edit(world, arguments, (message, _) => message);

    public static JsonNode Delete(World world, ApiArguments arguments)
    {
        var chat = Sending.OpenChat(world, arguments);
        var id = arguments.Integer("message_id") ?? throw ApiRefusal.BadRequest("message identifier is not specified");
        var message = chat.Find(id) ?? throw ApiRefusal.BadRequest("message to delete not found");
        if (world.Now > message.Date + Deletable || (message.Seen is null && !chat.IsPrivate))
        {
            throw ApiRefusal.BadRequest("message can't be deleted for everyone");
        }

        message.Deleted = true;
        message.Seen = message.Seen is null ? null : message.Seen with { Deleted = true };
        return true;
    }

    private static JsonNode Edit(World world, ApiArguments arguments, Func<SeenMessage, JsonObject, SeenMessage> change)
    {
        var markup = Keyboards.Read(arguments, null);
        var chat = Sending.OpenChat(world, arguments);
        var id = arguments.Integer("message_id") ?? throw ApiRefusal.BadRequest("message identifier is not specified");
        var message = chat.Find(id) ?? throw ApiRefusal.BadRequest("message to edit not found");
        if (message.Seen is not { Keyboard: null } before || markup.Kind is not ("inline" or "none"))
        {
            throw ApiRefusal.BadRequest("message can't be edited");
        }

        var wire = message.Wire.Copy();
        var after = change(before, wire);
        wire.Remove("reply_markup");
        if (markup.Wire is not null)
        {
            wire["reply_markup"] = markup.Wire.DeepClone();
        }

        if (SameContent(wire, message.Wire))
        {
            throw ApiRefusal.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        }

        wire["edit_date"] = world.Now.ToUnixTimeSeconds();
        message.Wire = wire;
        message.Seen = after with { Buttons = markup.Kind == "inline" ? markup.Buttons : [], Edits = before.Edits + 1, Wire = wire };
        return wire.DeepClone();
    }

    private static bool SameContent(JsonObject left, JsonObject right) =>
        new[] { "text", "entities", "caption", "caption_entities", "reply_markup" }.All(field => JsonNode.DeepEquals(left[field], right[field]));

    private static void Put(JsonObject wire, string field, FormattedText text, string entitiesField)
    {
        wire[field] = text.Text;
        wire.Remove(entitiesField);
        if (text.Text.Length == 0)
        {
            wire.Remove(field);
        }

        if (MessageText.Wire(text.Entities) is { } entities)
        {
            wire[entitiesField] = entities;
        }
    }
}
