using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.BotFramework;

/// <summary>What a connector may refuse in a posted activity.</summary>
internal static class ActivityRules
{
    private static readonly HashSet<string> Actions = ["openUrl", "imBack", "postBack", "messageBack", "call", "signin"];

    public static string? FaultOf(JsonObject? activity, BotFrameworkChat chat, string? replyTo, FakeBotFramework fake) => activity switch
    {
        null => "no activity",
        _ when Text(activity["type"]) is not ("message" or "typing") => "type",
        _ when Text(activity["from"]?["id"]) != chat.BotId => "from is not the bot",
        _ when Text(activity["recipient"]?["id"]) != chat.PersonId => "recipient is not the person",
        _ when Text(activity["conversation"]?["id"]) != chat.Id => "conversation is another one than the address says",
        _ when Text(activity["replyToId"]) != replyTo => "replyToId is another one than the address says",
        _ when replyTo is not null && !chat.HasHeard(replyTo) => "replies to nothing that was said",
        _ when Text(activity["channelId"]) != chat.Channel => "channelId",
        _ when Text(activity["serviceUrl"]) is { } url && url != fake.ServiceUrl => "serviceUrl",
        _ when Text(activity["textFormat"]) is { } format && format is not ("plain" or "markdown" or "xml") => "textFormat",
        _ when Text(activity["type"]) == "message" && string.IsNullOrWhiteSpace(Text(activity["text"])) && activity["attachments"] is not JsonArray { Count: > 0 } => "empty",
        _ when Text(activity["text"])?.Length > 28_000 => "too long",
        _ when activity["suggestedActions"]?["actions"] is { } actions && FaultOfActions(actions) is { } fault => fault,
        _ => activity["attachments"]?.AsArray().Select(one => FaultOfAttachment(one!.AsObject(), fake)).FirstOrDefault(fault => fault is not null),
    };

    private static string? FaultOfAttachment(JsonObject attachment, FakeBotFramework fake) => Text(attachment["contentType"]) switch
    {
        null or "" => "attachment without contentType",
        "application/vnd.microsoft.card.hero" => attachment["content"] is JsonObject card ? card["buttons"] is { } buttons ? FaultOfActions(buttons) : null : "card without content",
        _ => Text(attachment["contentUrl"]) switch
        {
            null => "attachment without contentUrl",
            var url when url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal) || fake.ReachesLoopback => null,
            _ => "contentUrl that the channel cannot reach",
        },
    };

    private static string? FaultOfActions(JsonNode actions) => actions is not JsonArray { Count: > 0 } list ? "no actions"
        : list.Any(action => !Actions.Contains(Text(action?["type"]) ?? "")) ? "action type"
        : list.Any(action => string.IsNullOrWhiteSpace(Text(action?["title"]))) ? "action without title"
        : list.Any(action => action?["value"] is null) ? "action without value"
        : list.Any(action => Text(action?["type"]) == "openUrl" && !Uri.TryCreate(Text(action?["value"]), UriKind.Absolute, out _)) ? "link"
        : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
