using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>What a client's activity means to the bot.</summary>
public static class ActivityReading
{
    private const int LongestButtonData = 64;

    /// <summary>Null for what needs no answer: typing, receipts, events that are not ours.</summary>
    /// <param name="activity">As the client sent it.</param>
    /// <param name="photo">The photo that was found in it.</param>
    /// <exception cref="BadActivity">A field is missing or out of its range.</exception>
    internal static Incoming? Read(Activity activity, ActivityPhoto? photo = null) => activity.Type switch
    {
        "message" => ReadMessage(activity, photo),
        // A conversation begins when the client starts it; another "somebody joined" of the same person is a return.
        "conversationUpdate" => activity.MembersAdded is { Count: > 0 } ? new Arrived() : null,
        "event" when activity.Name == "start" => new Arrived(StringOf(activity.Value) is { Length: > 0 and <= 64 } payload ? payload : null),
        "endOfConversation" => new Departed(),
        null or "" => throw new BadActivity("MissingProperty", "type is missing"),
        _ => null,
    };

    private static Incoming ReadMessage(Activity activity, ActivityPhoto? photo)
    {
        if (ButtonData(activity.Value) is { } data)
        {
            return new Pressed(data);
        }
        if (activity.Entities?.Select(PlaceOf).FirstOrDefault(place => place is not null) is { } shared)
        {
            return shared;
        }
        if (activity.Attachments is { Count: > 0 } attachments)
        {
            return ReadAttachments(attachments, activity.Text, photo);
        }
        var words = activity.Text ?? StringOf(activity.Value);
        return string.IsNullOrWhiteSpace(words)
            ? activity.Value is null ? throw new BadActivity("MissingProperty", "text, value, attachments or a Place is missing") : new SentThing(Thing.Other)
            : new Said(words);
    }

    /// <summary>
    /// The data of one of our buttons: <c>{"choice":"t12.0"}</c>, or the same as a bare string, or as JSON in a string (clients and channels that
    /// flatten values).
    /// </summary>
    private static string? ButtonData(JsonElement? value)
    {
        if (StringOf(value) is ['{', .., '}'] packed && packed.Length <= 2 * LongestButtonData)
        {
            value = Unpacked(packed);
        }
        var data = value is { ValueKind: JsonValueKind.Object } held && held.TryGetProperty("choice", out var choice)
            ? StringOf(choice)
            : StringOf(value) is { } bare && Stamp.TryParse(bare, out _) ? bare : null;
        return data is { Length: > 0 and <= LongestButtonData } && data.All(char.IsAscii) ? data : null;
    }

    private static JsonElement? Unpacked(string packed)
    {
        try
        {
            return JsonElement.Parse(packed);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // schema.org: Place with geo GeoCoordinates. The accuracy (metres) is ours; schema.org has no word for it.
    private static SharedPlace? PlaceOf(JsonElement entity)
    {
        if (entity.ValueKind != JsonValueKind.Object
            || !entity.TryGetProperty("type", out var type) || StringOf(type) is not ("Place" or "https://schema.org/Place")
            || !entity.TryGetProperty("geo", out var geo) || geo.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        if (NumberOf(geo, "latitude") is not { } latitude || NumberOf(geo, "longitude") is not { } longitude
            || latitude is not (>= -90 and <= 90) || longitude is not (>= -180 and <= 180))
        {
            throw new BadActivity("BadArgument", "a Place needs a latitude within 90 and a longitude within 180 degrees");
        }
        var accuracy = NumberOf(geo, "accuracy") is > 0 and < 100_000 and var metres ? metres : (double?)null;
        return new SharedPlace(new GeoPoint(latitude, longitude), accuracy);
    }

    private static Incoming ReadAttachments(IReadOnlyList<Attachment> attachments, string? caption, ActivityPhoto? photo)
    {
        if (attachments.Count > 1)
        {
            return new SentThing(Thing.Album);
        }
        var type = attachments[0].ContentType ?? "";
        return type switch
        {
            _ when photo is { IsAtHand: true } => new SentPhoto(photo.Key, caption),
            // Too large, no base64; or an address that a client names, and nothing is fetched from there.
            _ when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) =>
                new SentPhoto("", caption) { Sight = new PhotoSight(photo is null ? PhotoHolds.NotLookedAt : PhotoHolds.NotReadable) },
            _ when type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) => new SentThing(Thing.Voice),
            _ when type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) => new SentThing(Thing.Video),
            _ => new SentThing(Thing.Document),
        };
    }

    private static string? StringOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } held ? held.GetString() : null;

    private static double? NumberOf(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>An activity that cannot be taken; the code is Direct Line's. The message names the field and never its content.</summary>
public sealed class BadActivity(string code, string message) : Exception(message)
{
    public string Code => code;
}
