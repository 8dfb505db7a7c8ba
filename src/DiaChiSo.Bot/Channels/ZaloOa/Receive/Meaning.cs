using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using TypedCommands = DiaChiSo.Core.Turns.Commands;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>An event with Zalo taken off.</summary>
/// <param name="ChatKey">The person's id for this account.</param>
/// <param name="IncomingKey">What the inbox knows it by.</param>
/// <param name="Incoming">What the person did.</param>
internal sealed record OaMessage(string ChatKey, string IncomingKey, Incoming Incoming);

/// <summary>What an event means. What a person sends always means something; what the account itself did, and what was only seen, means nothing.</summary>
internal sealed class Meaning(Understanding understanding)
{
    private const int LongestName = 100;

    /// <param name="heard">The event.</param>
    /// <param name="isKnown">The person was here before: following again is no arrival.</param>
    public OaMessage? Of(OaEvent heard, bool isKnown)
    {
        var (who, incoming) = heard.Name switch
        {
            "follow" => (heard.Follower, isKnown ? new CameBack() : new Arrived()),
            "unfollow" => (heard.Follower, new Departed()),
            "user_submit_info" => (heard.Sender, OfInfo(heard.Info)),
            // Their own messages (and not an echo of ours): user_send_text, user_send_location …
            { } name when name.StartsWith("user_send_", StringComparison.Ordinal) => (heard.Sender, OfMessage(name["user_send_".Length..], heard)),
            _ => (null, (Incoming?)null),
        };
        if (incoming is null || who is not { Length: > 0 and <= 64 })
        {
            return null;
        }
        // Only messages have an id of their own.
        var key = heard.MessageId is { Length: > 0 and <= 100 } id ? id : $"{heard.Name} {who} {heard.Timestamp}";
        return new OaMessage(who, key, incoming);
    }

    private Incoming OfMessage(string kind, OaEvent heard) => kind switch
    {
        "text" => OfText(heard.Text ?? ""),
        "location" => OfLocation(heard),
        "image" => OfImages(heard),
        "link" => OfLink(heard),
        "file" => OfFile(heard),
        "sticker" or "gif" => new SentThing(Thing.Sticker),
        "audio" or "voice" => new SentThing(Thing.Voice),
        "video" => new SentThing(Thing.Video),
        // A kind that came after this release, or a business card: somebody sent it and waits.
        _ => new SentThing(Thing.Other),
    };

    private static Incoming OfText(string text) =>
        Payload.Read(text) is { } data ? new Pressed(data)
        : text.StartsWith('/') && TypedCommands.TryRead(text, out var command) ? command.Name == "start" ? new Arrived(command.Argument) : command
        : new Said(text);

    private static Incoming OfLocation(OaEvent heard)
    {
        var coordinates = heard.Attachments.Select(attachment => OaEvent.Part(OaEvent.Payload(attachment), "coordinates")).FirstOrDefault(part => part.ValueKind == JsonValueKind.Object);
        return Degrees(coordinates, "latitude") is { } latitude && Degrees(coordinates, "longitude") is { } longitude && GeoPoint.AreDegrees(latitude, longitude)
            ? new SharedPlace(new GeoPoint(latitude, longitude), null, heard.Text is { Length: > 0 } ? PlaceKind.Venue : PlaceKind.Pin, heard.Text is { Length: > 0 } name ? Short(name) : null)
            : new SentThing(Thing.Other);
    }

    // Strings with a point, whatever the phone's language.
    private static double? Degrees(JsonElement coordinates, string name) =>
        double.TryParse(OaEvent.Words(coordinates, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;

    private static Incoming OfImages(OaEvent heard) => heard.Attachments switch
    {
        [var one] when OaEvent.Words(OaEvent.Payload(one), "url") is { Length: > 0 } url => new SentPhoto(url, heard.Text is { Length: > 0 } caption ? caption : null),
        [_, _, ..] => new SentThing(Thing.Album),
        _ => new SentThing(Thing.Other),
    };

    // "Send as a file": a picture all the same.
    private static Incoming OfFile(OaEvent heard) =>
        heard.Attachments is [var file] && OaEvent.Payload(file) is var payload
        && OaEvent.Words(payload, "type")?.ToLowerInvariant() is "jpg" or "jpeg" or "png" or "webp" && OaEvent.Words(payload, "url") is { Length: > 0 } url
            ? new SentPhoto(url)
            : new SentThing(Thing.Document);

    // A map's link holds a place, and a plate's a code; both are read from the link itself, nothing is opened.
    private Incoming OfLink(OaEvent heard)
    {
        var url = heard.Attachments is [var link, ..] ? OaEvent.Words(OaEvent.Payload(link), "url") : null;
        foreach (var words in new[] { heard.Text, url })
        {
            if (words is { Length: > 0 } && understanding.Read(words).Kind is UnderstoodKind.Place or UnderstoodKind.Code or UnderstoodKind.PlusCode or UnderstoodKind.Vpostcode)
            {
                return new Said(words);
            }
        }
        // Words with a link among them are words.
        return heard.Text is { Length: > 0 } text && text.Any(char.IsWhiteSpace) ? new Said(text) : new SentThing(Thing.Link);
    }

    private static Incoming OfInfo(JsonElement info) => OaEvent.Words(info, "phone") is { Length: > 0 and <= 30 } phone
        // Zalo gives it by its form's own field, and in the international way without the plus.
        ? new SharedContact(phone.StartsWith("84", StringComparison.Ordinal) && phone.Length >= 11 ? "+" + phone : phone, Short(OaEvent.Words(info, "name") ?? ""), IsOwn: true)
        : new SentThing(Thing.Other);

    private static string Short(string words) => words.Length <= LongestName ? words : words[..LongestName];
}
