using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// A Bot Framework activity (schema v3): the fields that this bot reads or writes. Unknown ones are ignored when read and never sent on,
/// so that nothing a client puts there is kept.
/// </summary>
public sealed record Activity
{
    public string? Type { get; init; }
    public string? Id { get; init; }
    public DateTimeOffset? Timestamp { get; init; }
    public string? ChannelId { get; init; }

    /// <summary>Where a channel of the Azure Bot Service is answered.</summary>
    public string? ServiceUrl { get; init; }

    public Account? From { get; init; }
    public Account? Recipient { get; init; }
    public ConversationAccount? Conversation { get; init; }
    public string? ReplyToId { get; init; }
    public string? Locale { get; init; }
    public string? Text { get; init; }
    public string? TextFormat { get; init; }
    public string? InputHint { get; init; }

    /// <summary><c>expectReplies</c>: the caller wants the answer in the response.</summary>
    public string? DeliveryMode { get; init; }

    /// <summary>For an installation: add or remove.</summary>
    public string? Action { get; init; }

    /// <summary>For an event: what happened.</summary>
    public string? Name { get; init; }

    public JsonElement? Value { get; init; }
    public IReadOnlyList<Attachment>? Attachments { get; init; }
    public IReadOnlyList<JsonElement>? Entities { get; init; }
    public IReadOnlyList<Account>? MembersAdded { get; init; }
    public IReadOnlyList<Account>? MembersRemoved { get; init; }
    public SuggestedActions? SuggestedActions { get; init; }
    public JsonElement? ChannelData { get; init; }
}

public sealed record Account(string? Id, string? Name = null, string? Role = null);

public sealed record ConversationAccount(string? Id, bool? IsGroup = null, string? ConversationType = null, string? TenantId = null);

/// <summary>Web Chat draws a person's own picture only where it has a thumbnail.</summary>
public sealed record Attachment(string? ContentType, string? ContentUrl = null, string? Name = null, JsonElement? Content = null, string? ThumbnailUrl = null);

public sealed record SuggestedActions(IReadOnlyList<CardAction> Actions);

/// <summary>A button. <c>messageBack</c> sends its value and its text; <c>openUrl</c> opens a page.</summary>
public sealed record CardAction(string Type, string Title, JsonElement Value, string? Text = null, string? DisplayText = null);

/// <summary>What came after a watermark (channels.md §3.1).</summary>
public sealed record ActivitySet(IReadOnlyList<Activity> Activities, string Watermark);

public static class ActivityJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // It is sent as application/json and read by a parser, never put into a page: Vietnamese letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);
}
