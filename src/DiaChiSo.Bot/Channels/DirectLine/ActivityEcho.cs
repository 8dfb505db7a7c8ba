using System.Text.Json;
using DiaChiSo.Core;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// The person's own activity as every client of the conversation gets it back: by its <c>clientActivityID</c> a client knows that it was
/// taken. Only what a client needs to draw it again after a reload.
/// </summary>
public static class ActivityEcho
{
    private const int LongestClientId = 100;

    /// <param name="heard">As the client sent it; an address that it names is not passed on.</param>
    /// <param name="uploaded">What it uploaded beside it, at our own addresses.</param>
    /// <param name="userId">Who said it.</param>
    public static Activity Of(Activity heard, IReadOnlyList<Attachment> uploaded, string userId) => new()
    {
        Type = "message",
        From = new Account(userId, Role: "user"),
        Text = Drawn(heard.Text),
        TextFormat = "plain",
        Entities = heard.Entities?.Where(IsPlace).Take(1).ToList() is { Count: > 0 } places ? places : null,
        Attachments = (heard.Attachments ?? []).Take(10).Select(one => new Attachment(Cut(one.ContentType), Name: Cut(one.Name)))
            .Concat(uploaded).ToList() is { Count: > 0 } sent ? sent : null,
        ChannelData = ChannelDataOf(heard),
    };

    /// <summary>What the client calls this activity, to recognise it when it comes again; null when it has no name.</summary>
    public static string? ClientIdOf(Activity heard) =>
        heard.ChannelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("clientActivityID", out var id)
        && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= LongestClientId } text ? text : null;

    private static JsonElement? ChannelDataOf(Activity heard)
    {
        var displayText = heard.ChannelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("messageBack", out var back)
            && back.ValueKind == JsonValueKind.Object && back.TryGetProperty("displayText", out var shown) && shown.ValueKind == JsonValueKind.String
            ? Drawn(shown.GetString()) : null;
        return ActivityJson.Element(new { clientActivityID = ClientIdOf(heard), messageBack = displayText is null ? null : new { displayText } });
    }

    // Law 91/2025, domain.md §3: a citizen id is never kept or repeated, also not to the one who typed it.
    private static string? Drawn(string? words)
    {
        var cut = words is { Length: > Limits.WordsHeard } ? words[..Limits.WordsHeard] : words;
        return cut is not null && Understanding.HoldsNationalId(cut)
            ? string.Concat(cut.Select(letter => char.IsDigit(letter) ? '•' : letter))
            : cut;
    }

    private static bool IsPlace(JsonElement entity) =>
        entity.ValueKind == JsonValueKind.Object && entity.TryGetProperty("geo", out _) && entity.GetRawText().Length < 1_000;

    private static string? Cut(string? text) => text is { Length: > 100 } ? text[..100] : text;
}
