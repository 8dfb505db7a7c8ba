using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;
using DiaChiSo.Fakes.ZaloOa.People;

namespace DiaChiSo.Fakes.ZaloOa.Server;

/// <summary>
/// <c>v3.0/oa/message/cs</c>: everything about a message that Zalo is known to look at, and nothing let through that is not known (a field by
/// another name would be left out in silence by a live account, here it is refused).
/// </summary>
internal sealed class MessageCheck(OaWorld world)
{
    private const int LongestText = 2_000;
    private const int LongestTitle = 100;
    private const int LongestPayload = 1_000;
    private const int MostButtons = 5;

    /// <exception cref="OaRefusal">What Zalo would refuse.</exception>
    public (FakeOaPerson Person, SeenOaMessage Message) Read(JsonObject? body)
    {
        Fields(body ?? throw OaRefusal.Parameter("body is not JSON"), "recipient", "message");
        var recipient = ObjectOf(body, "recipient");
        Fields(recipient, "user_id");
        var person = world.People.GetValueOrDefault(recipient.String("user_id") ?? "") ?? throw OaRefusal.Parameter("user_id is invalid!");
        var message = ObjectOf(body, "message");
        Fields(message, "text", "attachment", "quote_message_id");

        var text = message.ContainsKey("text") ? message.String("text") ?? throw OaRefusal.Parameter("text is invalid") : "";
        if (text.Length > LongestText)
        {
            throw new OaRefusal(-210, "Parameter exceeds allowable limit");
        }
        var seen = new SeenOaMessage { Id = world.NewMessageId(), Text = text, SentAt = world.Now, Wire = body.Copy(), IsBilled = person.IsBilledAt(world.Now) };
        if (message["attachment"] is JsonObject attachment)
        {
            seen = OfAttachment(seen, attachment);
        }
        if (text.Length == 0 && (seen.Buttons.Count > 0 || seen.Image is null && seen.ImageUrl is null && seen.File is null))
        {
            throw OaRefusal.Parameter("text is empty");
        }
        if (text.Length > 0 && string.IsNullOrWhiteSpace(text))
        {
            throw OaRefusal.Parameter("text is empty");
        }
        person.CheckReach(world.Now);
        return (person, seen);
    }

    private SeenOaMessage OfAttachment(SeenOaMessage seen, JsonObject attachment)
    {
        Fields(attachment, "type", "payload");
        var payload = ObjectOf(attachment, "payload");
        switch (attachment.String("type"))
        {
            case "file":
                Fields(payload, "token");
                // Known from the documents by itself only.
                return seen.Text.Length > 0 ? throw OaRefusal.Parameter("a file has no text")
                    : seen with { File = world.Shelf.TakeFile(payload.String("token") ?? "") ?? throw OaRefusal.Parameter("token is invalid") };
            case "template" when payload.String("template_type") == "media":
                Fields(payload, "template_type", "elements");
                return OfMedia(seen, payload);
            case "template" when !payload.ContainsKey("template_type"):
                Fields(payload, "buttons");
                return seen with { Buttons = OfButtons(payload) };
            default:
                throw OaRefusal.Parameter("attachment type is not supported");
        }
    }

    private SeenOaMessage OfMedia(SeenOaMessage seen, JsonObject payload)
    {
        if (payload["elements"] is not JsonArray { Count: 1 } elements || elements[0] is not JsonObject media || media.String("media_type") != "image")
        {
            throw OaRefusal.Parameter("elements is invalid");
        }
        Fields(media, "media_type", "url", "attachment_id");
        return (media.String("attachment_id"), media.String("url")) switch
        {
            ({ } id, null) => seen with { AttachmentId = id, Image = world.Shelf.Image(id, world.Now) ?? throw OaRefusal.Parameter("attachment_id is invalid") },
            (null, { } url) when Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" => seen with { ImageUrl = url },
            _ => throw OaRefusal.Parameter("url or attachment_id is wanted, one of the two"),
        };
    }

    private static List<SeenOaButton> OfButtons(JsonObject payload)
    {
        if (payload["buttons"] is not JsonArray { Count: > 0 } buttons)
        {
            throw OaRefusal.Parameter("buttons is invalid");
        }
        return buttons.Count > MostButtons ? throw new OaRefusal(-210, "Parameter exceeds allowable limit") : [.. buttons.Select(button => OfButton(button as JsonObject ?? throw OaRefusal.Parameter("button is invalid")))];
    }

    private static SeenOaButton OfButton(JsonObject button)
    {
        Fields(button, "title", "type", "payload");
        var title = button.String("title");
        if (string.IsNullOrWhiteSpace(title))
        {
            throw OaRefusal.Parameter("title is empty");
        }
        var value = (button.String("type"), button["payload"]) switch
        {
            ("oa.query.show" or "oa.query.hide", JsonValue) => button.String("payload") is { Length: > 0 } words ? words : throw OaRefusal.Parameter("payload is invalid"),
            ("oa.open.url", JsonObject link) => Only(link, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? url : throw OaRefusal.Parameter("url is invalid"),
            ("oa.open.phone", JsonObject phone) => Only(phone, "phone_code") ?? throw OaRefusal.Parameter("phone_code is invalid"),
            _ => throw OaRefusal.Parameter("button type is not supported"),
        };
        return title.Length > LongestTitle || value.Length > LongestPayload
            ? throw new OaRefusal(-210, "Parameter exceeds allowable limit")
            : new SeenOaButton(title, button.String("type")!, value);
    }

    private static string? Only(JsonObject of, string field)
    {
        Fields(of, field);
        return of.String(field);
    }

    private static JsonObject ObjectOf(JsonObject of, string field) => of[field] as JsonObject ?? throw OaRefusal.Parameter($"{field} is invalid");

    private static void Fields(JsonObject of, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in of)
        {
            if (!known.Contains(name))
            {
                throw OaRefusal.Parameter($"{name} is not known");
            }
        }
    }
}
