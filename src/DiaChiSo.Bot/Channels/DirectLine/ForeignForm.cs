using System.Text.Json;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// An activity for a client that is not our own page. Such clients show suggested actions in one row, cut, and take them away with the next
/// message; so they are used for a few short choices only, and a long list is a hero card. Some clients draw no cards (Web Chat "minimal"): what
/// stands only in a card or behind a button is in the text as well, with the number that may be typed.
/// </summary>
internal static class ForeignForm
{
    private const int MostInARow = 6;
    private const int LongestInARow = 30;
    private const string HeroCard = "application/vnd.microsoft.card.hero";

    /// <param name="activity">As it was written.</param>
    /// <param name="host">Scheme and host under which the person reaches us; null: they cannot.</param>
    public static Activity Of(Activity activity, string? host) => activity.From?.Role == "bot" ? WithChoices(WithPlaceLink(WithPlaces(activity), host)) : activity;

    /// <summary>Web Chat cuts a picture to a strip that is twice as wide as high: a QR has to have its margins beside it to be seen whole.</summary>
    public static Attachment WithWidePicture(Attachment one) =>
        one is { ContentType: "image/png", ContentUrl: { } path } && path.StartsWith(PictureLinks.Path, StringComparison.Ordinal) ? one with { ContentUrl = path + PictureLinks.Wide } : one;

    // Whoever draws this cannot ask the phone where it is; our own page behind the link can.
    private static Activity WithPlaceLink(Activity activity, string? host)
    {
        if (host is null || activity.ChannelData is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty("asks", out var asks)
            || asks.EnumerateArray().FirstOrDefault(ask => ask.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String) is not { ValueKind: JsonValueKind.Object } place)
        {
            return activity;
        }
        var open = new CardAction("openUrl", place.GetProperty("label").GetString()!, ActivityJson.Element(host + place.GetProperty("path").GetString()));
        return activity with { SuggestedActions = new SuggestedActions([open, .. activity.SuggestedActions?.Actions ?? []]) };
    }

    private static Activity WithChoices(Activity activity)
    {
        if (activity.SuggestedActions?.Actions is not { } actions || actions.Count <= MostInARow && actions.All(action => action.Title.Length <= LongestInARow))
        {
            return activity;
        }
        var listed = actions.Where(IsNumbered).ToList();
        if (listed.Count == 0)
        {
            listed = [.. actions];
        }
        var inARow = actions.Except(listed).ToList();
        return activity with
        {
            Text = Joined(activity.Text, string.Join('\n', listed.Select(action => action.Type == "openUrl" ? $"{action.Title}: {action.Value}" : action.Title))),
            Attachments = [.. activity.Attachments ?? [], new Attachment(HeroCard, Content: ActivityJson.Element(new { buttons = listed }))],
            SuggestedActions = inARow.Count > 0 ? new SuggestedActions(inARow) : null,
        };
    }

    private static Activity WithPlaces(Activity activity)
    {
        var places = (activity.Entities ?? []).Select(WordsOf).Where(words => words.Length > 0 && activity.Text?.Contains(words, StringComparison.Ordinal) != true).ToList();
        return places.Count == 0 ? activity : activity with { Text = Joined(activity.Text, string.Join('\n', places)) };
    }

    private static string WordsOf(JsonElement entity) =>
        entity.ValueKind == JsonValueKind.Object && entity.TryGetProperty("description", out var words) && words.ValueKind == JsonValueKind.String ? words.GetString() ?? "" : "";

    private static bool IsNumbered(CardAction action) => action.Title.IndexOf(". ", StringComparison.Ordinal) is > 0 and <= 3 and var dot && action.Title.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Joined(string? text, string more) => string.IsNullOrEmpty(text) ? more : $"{text.TrimEnd()}\n{more}";
}
