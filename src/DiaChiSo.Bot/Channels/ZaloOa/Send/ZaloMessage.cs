using System.Text.Json.Nodes;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa.Send;

/// <summary>Messages as v3.0/oa/message/cs takes them.</summary>
internal static class ZaloMessage
{
    public static JsonObject OfText(string user, string text) => To(user, new JsonObject { ["text"] = text });

    /// <summary>
    /// With buttons. Their shape on v3 is not proved (no <c>template_type</c>, channels.md §2a), so the text says everything that they do.
    /// </summary>
    public static JsonObject OfChoices(string user, string text, IReadOnlyList<Choice> choices, ZaloButtons buttons) => To(user, new JsonObject
    {
        ["text"] = text,
        ["attachment"] = Attachment("template", new JsonObject { ["buttons"] = new JsonArray([.. choices.Select(choice => Button(choice, buttons))]) }),
    });

    public static JsonObject OfImage(string user, string text, string attachmentId) => To(user, new JsonObject
    {
        ["text"] = text,
        ["attachment"] = Attachment("template", new JsonObject
        {
            ["template_type"] = "media",
            ["elements"] = new JsonArray(new JsonObject { ["media_type"] = "image", ["attachment_id"] = attachmentId }),
        }),
    });

    public static JsonObject OfFile(string user, string token) => To(user, new JsonObject { ["attachment"] = Attachment("file", new JsonObject { ["token"] = token }) });

    private static JsonObject Button(Choice choice, ZaloButtons buttons) => choice.IsLink
        ? new JsonObject { ["title"] = Parts.Line(choice), ["type"] = "oa.open.url", ["payload"] = new JsonObject { ["url"] = choice.Data } }
        : new JsonObject { ["title"] = Parts.Line(choice), ["type"] = buttons == ZaloButtons.Show ? "oa.query.show" : "oa.query.hide", ["payload"] = Payload.Of(choice.Data) };

    private static JsonObject To(string user, JsonObject message) => new() { ["recipient"] = new JsonObject { ["user_id"] = user }, ["message"] = message };

    private static JsonObject Attachment(string type, JsonObject payload) => new() { ["type"] = type, ["payload"] = payload };
}
