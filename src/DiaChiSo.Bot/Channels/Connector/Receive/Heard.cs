using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>What an activity of a private conversation means.</summary>
/// <param name="PersonId">The channel's name of the person.</param>
/// <param name="Incoming">What they did.</param>
internal sealed record Heard(string PersonId, Incoming Incoming)
{
    /// <summary>Null for what needs no answer.</summary>
    /// <param name="activity">Checked.</param>
    /// <param name="isVouchedFor">By a token of the framework.</param>
    /// <exception cref="BadActivity">A field is missing or out of its range.</exception>
    public static Heard? Of(Activity activity, bool isVouchedFor)
    {
        var bot = activity.Recipient?.Id;
        return activity.Type switch
        {
            "conversationUpdate" when activity.MembersRemoved?.Any(member => member.Id == bot) == true => From(new Departed()),
            // Of the two updates that most channels send, the one about the bot itself says nothing of a person.
            "conversationUpdate" => activity.MembersAdded?.FirstOrDefault(member => member.Id is { Length: > 0 } id && id != bot)?.Id is { } person ? new Heard(person, new Arrived()) : null,
            "installationUpdate" or "contactRelationUpdate" => activity.Action switch
            {
                "add" => From(new Arrived()),
                "remove" => From(new Departed()),
                _ => null,
            },
            _ => ActivityReading.Read(activity, PhotoAtTheChannel(activity, isVouchedFor)) is { } incoming ? From(incoming) : null,
        };

        Heard From(Incoming incoming) => new(activity.From?.Id is { Length: > 0 } id ? id : throw new BadActivity("MissingProperty", "from.id is missing"), incoming);
    }

    /// <summary>In a group everybody reads along; a channel that does not say is taken by its word that it is none.</summary>
    public static bool IsInGroup(Activity activity) =>
        activity.Conversation is { IsGroup: true } || activity.Conversation?.ConversationType is { Length: > 0 } type && !type.Equals("personal", StringComparison.OrdinalIgnoreCase);

    public static bool NamesTheBot(Activity activity) => activity.Recipient?.Id is { Length: > 0 } bot && activity.Entities?.Any(entity =>
        entity.ValueKind == JsonValueKind.Object
        && entity.TryGetProperty("mentioned", out var mentioned) && mentioned.ValueKind == JsonValueKind.Object
        && mentioned.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() == bot) == true;

    /// <summary>The two addresses are of one server.</summary>
    public static bool IsAtTheChannel(string? contentUrl, string? serviceUrl) =>
        Uri.TryCreate(contentUrl, UriKind.Absolute, out var content) && Uri.TryCreate(serviceUrl, UriKind.Absolute, out var service)
        && BotFrameworkSettings.IsGuarded(content) && (content.Scheme, content.Authority) == (service.Scheme, service.Authority);

    // An address that anybody may name is not fetched; the channel's own server, which the token vouches for, is.
    private static ActivityPhoto? PhotoAtTheChannel(Activity activity, bool isVouchedFor) =>
        activity.Attachments is [{ ContentUrl: { Length: <= 2_000 } url } only] && only.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true
            && IsAtTheChannel(url, activity.ServiceUrl) ? new ActivityPhoto(ConnectorPhotos.KeyOf(url, isVouchedFor), null) { IsAtHand = true } : null;
}
