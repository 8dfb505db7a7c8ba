using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>One message of the bot as the people of the chat see it now (an edit replaces it by a newer value).</summary>
public sealed record SeenMessage
{
    public required long ChatId { get; init; }

    public required int Id { get; init; }

    /// <summary>The method that sent it, in the API's own spelling: <c>sendMessage</c>, <c>sendPhoto</c> …</summary>
    public required string Method { get; init; }

    /// <summary>Text or caption after parsing; empty when there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Text or caption as it was sent, markup and all.</summary>
    public string RawText { get; init; } = "";

    public IReadOnlyList<SeenEntity> Entities { get; init; } = [];

    public SeenFile? File { get; init; }

    public SeenPlace? Place { get; init; }

    /// <summary>Inline buttons, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<SeenButton>> Buttons { get; init; } = [];

    /// <summary>The reply keyboard that this message brought, row by row; null when it brought none.</summary>
    public IReadOnlyList<IReadOnlyList<SeenButton>>? Keyboard { get; init; }

    public bool RemovesKeyboard { get; init; }

    public int? ReplyToId { get; init; }

    public string? AlbumId { get; init; }

    public bool Silent { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public int Edits { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The message as the API gives it to the bot.</summary>
    public required JsonObject Wire { get; init; }

    /// <summary>The labels of the inline buttons, in reading order.</summary>
    public IReadOnlyList<string> Labels => [.. Buttons.SelectMany(row => row).Select(button => button.Label)];

    /// <summary>The inline button with this label or this callback data, or null.</summary>
    public SeenButton? Button(string labelOrData) => Buttons.SelectMany(row => row).FirstOrDefault(button =>
        button.Label == labelOrData || (button.Action == "callback_data" && button.Value == labelOrData));
}

/// <summary>A formatted run; offset and length in UTF-16 code units, as the API counts.</summary>
public sealed record SeenEntity(string Type, int Offset, int Length, string? Url = null, string? Language = null);

/// <summary><see cref="Action"/> is the API's field: callback_data, url, request_location, request_contact, or text for a plain reply key.</summary>
public sealed record SeenButton(string Label, string Action, string Value);

/// <summary>A file in a message. The fake never re-encodes: the bytes are those that were uploaded.</summary>
public sealed record SeenFile(string Kind, string FileId, string Name, byte[] Bytes);

/// <summary>WGS-84 degrees; accuracy in metres; live period in seconds. Title and address are set for a venue only.</summary>
public sealed record SeenPlace(double Latitude, double Longitude, double? Accuracy, int? LivePeriod, string? Title, string? Address);

/// <summary>The answer to a press: a short line over the chat, or an alert window; an empty text only stops the spinner.</summary>
public sealed record SeenToast(string QueryId, string Text, bool Alert);
