using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using TypedCommands = DiaChiSo.Core.Turns.Commands;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>An update of a private chat with Zalo taken off.</summary>
/// <param name="ChatKey">The chat's id.</param>
/// <param name="IncomingKey">What the inbox knows it by.</param>
/// <param name="Incoming">What the person did.</param>
internal sealed record BotMessage(string ChatKey, string IncomingKey, Incoming Incoming);

/// <summary>
/// What an update of a private chat means (channels.md §2b). Whatever a person sends means something; most of it Zalo brings without its
/// content ("unsupported": a shared place, a file, a video, a link), and then it is the app that is named, not the person.
/// </summary>
internal sealed partial class Meaning(ILogger<Meaning> log)
{
    private const int LongestId = 64;
    private const int OddNamesRemembered = 50;

    /// <summary>Several things sent at once come as so many unsupported updates; within this time one sentence answers them.</summary>
    private const long BurstMilliseconds = 10_000;

    private static readonly string[] TextPaths = ["text", "link", "url", "href"];

    private readonly ConcurrentDictionary<string, bool> oddNames = [];

    /// <summary>Null: nothing for a conversation (a group, another bot, nobody to answer).</summary>
    public BotMessage? Of(BotUpdate update)
    {
        if (!update.HasMessage || update is not { Chat: { Length: > 0 and <= LongestId } chat, Sender: not null, IsFromBot: false, IsPrivate: true })
        {
            // An unsupported message may come without any content at all (observed): then nobody knows who sent it, and nobody can be answered.
            Remark(update, update.HasMessage ? "not of a private chat" : "without a message");
            return null;
        }
        return IncomingOf(update) is { } incoming ? new BotMessage(chat, KeyOf(update, chat, incoming), incoming) : null;
    }

    private Incoming IncomingOf(BotUpdate update)
    {
        switch (update.Name)
        {
            case "message.text.received":
                return OfText(update.Text("message", "text"));
            case "message.image.received":
                return (update.Text("message", "photo_url") ?? update.Text("message", "photo")) is { Length: > 0 } photo
                    ? new SentPhoto(photo, update.Text("message", "caption") is { Length: > 0 } caption ? caption : null)
                    : new SentThing(Thing.Unseen);
            case "message.sticker.received":
                return new SentThing(Thing.Sticker);
            case "message.voice.received":
                return new SentThing(Thing.Voice);
            case "message.unsupported.received":
                return new SentThing(Thing.Unseen);
            // Undocumented: taken if they come, and said once to the operator.
            case "message.location.received":
                Remark(update, "undocumented");
                return PlaceIn(update) is { } place ? new SharedPlace(place) : new SentThing(Thing.Unseen);
            case "message.link.received":
                Remark(update, "undocumented");
                return LinkIn(update) is { } link ? new Said(link) : new SentThing(Thing.Link);
            default:
                Remark(update, "unknown");
                return new SentThing(Thing.Unseen);
        }
    }

    private static Incoming OfText(string? text) =>
        string.IsNullOrWhiteSpace(text) ? new SentThing(Thing.Unseen)
        : text.StartsWith('/') && TypedCommands.TryRead(text, out var command) ? command.Name == "start" ? new Arrived(command.Argument) : command
        : new Said(text);

    // By message_id, as the platform counts (channels.md §2b); with the chat, because nobody says that an id is used only once.
    private static string KeyOf(BotUpdate update, string chat, Incoming incoming) => update switch
    {
        { Date: { } date } when incoming is SentThing { What: Thing.Unseen } => string.Create(CultureInfo.InvariantCulture, $"{chat} unseen {date / BurstMilliseconds}"),
        { MessageId: { Length: > 0 and <= LongestId } id } => $"{chat} {id}",
        // With a date in it the same bytes are the same message; without one they may be a second "1", which must not be lost.
        { Date: not null } => $"{chat} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(update.Raw)).AsSpan(0, 16))}",
        _ => $"{chat} {Guid.NewGuid():N}",
    };

    private static GeoPoint? PlaceIn(BotUpdate update)
    {
        foreach (ReadOnlySpan<string> at in (string[][])[["message"], ["message", "location"], ["message", "payload", "coordinates"], ["message", "coordinates"]])
        {
            if (Degrees(update.Text([.. at, "latitude"])) is >= -90 and <= 90 and var latitude && Degrees(update.Text([.. at, "longitude"])) is >= -180 and <= 180 and var longitude)
            {
                return new GeoPoint(latitude, longitude);
            }
        }
        return null;

        static double? Degrees(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;
    }

    private static string? LinkIn(BotUpdate update) =>
        TextPaths.Select(name => update.Text("message", name)).FirstOrDefault(words => !string.IsNullOrWhiteSpace(words));

    // Once for each name: what the platform really sends is not all documented. Of the message itself nothing is said.
    private void Remark(BotUpdate update, string what)
    {
        var name = update.Name is { Length: > 0 and <= 64 } given && given.All(letter => char.IsAsciiLetterLower(letter) || letter is '.' or '_') ? given : "(odd)";
        if (oddNames.Count < OddNamesRemembered && oddNames.TryAdd($"{name} {what}", true))
        {
            LogOdd(name, what);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The Zalo Bot Platform brought {Name}: {What} (said once)")]
    private partial void LogOdd(string name, string what);
}
