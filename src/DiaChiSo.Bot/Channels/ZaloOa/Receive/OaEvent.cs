using System.Globalization;
using System.Text.Json;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>One event as Zalo brings it. Ids and times are strings there, beyond 2⁵³; a number in their place is taken as well.</summary>
internal readonly struct OaEvent(JsonElement body)
{
    /// <summary>Null: no event, as the ping when the address is saved.</summary>
    public string? Name => Words(body, "event_name");

    public string? AppId => Words(body, "app_id");

    /// <summary>As it stands there: the signature is over these very letters.</summary>
    public string? Timestamp => Words(body, "timestamp");

    /// <summary>When it happened, by Zalo's clock (UTC).</summary>
    public DateTimeOffset? At => long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and < 253_402_300_799_999
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : null;

    public string? Sender => Words(Part(body, "sender"), "id");
    public string? Recipient => Words(Part(body, "recipient"), "id");
    public string? Follower => Words(Part(body, "follower"), "id");
    public string? OaId => Words(body, "oa_id");

    public string? MessageId => Words(Part(body, "message"), "msg_id");
    public string? Text => Words(Part(body, "message"), "text");
    public JsonElement Info => Part(body, "info");

    /// <summary>What hangs on the message.</summary>
    public IReadOnlyList<JsonElement> Attachments => Part(Part(body, "message"), "attachments") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    public static JsonElement Payload(JsonElement attachment) => Part(attachment, "payload");

    public static JsonElement Part(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : default;

    public static string? Words(JsonElement of, string name) => Part(of, name) switch
    {
        { ValueKind: JsonValueKind.String } words => words.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
