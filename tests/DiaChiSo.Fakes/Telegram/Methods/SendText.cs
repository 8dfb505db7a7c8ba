using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>sendMessage and sendChatAction.</summary>
internal static class SendText
{
    private static readonly HashSet<string> Actions =
    [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ];

    public static JsonNode Message(World world, ApiArguments arguments)
    {
        var text = MessageText.Text(arguments);
        var fields = new JsonObject { ["text"] = text.Text };
        if (MessageText.Wire(text.Entities) is { } entities)
        {
            fields["entities"] = entities;
        }

        return Sending.Send(world, arguments, new Content("sendMessage", fields) { Text = text, RawText = arguments.Raw("text") });
    }

    public static JsonNode ChatAction(World world, ApiArguments arguments)
    {
        var action = arguments.Word("action");
        if (!Actions.Contains(action))
        {
            throw ApiRefusal.BadRequest("wrong parameter action in request");
        }

        Sending.OpenChat(world, arguments).Actions.Add(action);
        return true;
    }
}
