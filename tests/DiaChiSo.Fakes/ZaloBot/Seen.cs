using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>One message of the bot as the people of the chat see it.</summary>
/// <param name="Method">sendMessage or sendPhoto.</param>
/// <param name="Text">Text or caption; empty: a picture without words.</param>
/// <param name="Photo">The picture's bytes, as the platform's server fetched them from the bot's address.</param>
/// <param name="PhotoUrl">Where they were fetched.</param>
public sealed record SeenBotMessage(string Method, string Text, byte[]? Photo, string? PhotoUrl, DateTimeOffset At);

/// <summary>One call of the bot.</summary>
/// <param name="Method">As it stood in the address.</param>
/// <param name="Arguments">The body; null where it was none.</param>
/// <param name="Code">0: taken; otherwise the error_code; -1: cut off.</param>
public sealed record BotCall(string Method, JsonObject? Arguments, int Code, string Description, DateTimeOffset At);

/// <summary>One answer that is decided before the call comes.</summary>
public sealed record BotFault(int Code, string Description = "", int? RetryAfter = null, string? Html = null, bool DeliversFirst = false, bool Cuts = false)
{
    public static BotFault Unauthorized { get; } = new(401, "Unauthorized");
    public static BotFault BadRequest { get; } = new(400, "Bad request");
    public static BotFault Blocked { get; } = new(403, "Forbidden");
    public static BotFault ServerError { get; } = new(500, "Internal server error");

    /// <summary>A proxy's own page, no envelope.</summary>
    public static BotFault BadGateway { get; } = new(502, Html: "<html><title>502</title></html>");

    /// <summary>The message is delivered, then the connection breaks: the bot cannot know.</summary>
    public static BotFault CutAfterDelivery { get; } = new(0, DeliversFirst: true, Cuts: true);

    public static BotFault CutBeforeDelivery { get; } = new(0, Cuts: true);

    public static BotFault TooMany(int? retryAfter) => new(429, "Too many requests", retryAfter);

    /// <summary>Not documented; the words are a guess, as the bot's reading of them is.</summary>
    public static BotFault QuotaExceeded { get; } = new(429, "Monthly message quota exceeded");
}
