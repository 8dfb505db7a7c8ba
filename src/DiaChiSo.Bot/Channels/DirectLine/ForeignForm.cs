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

    public static Activity Of(Activity activity) => activity.From?.Role == "bot" ? WithChoices(WithPlaces(activity)) : activity;

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

    private static string Joined(string? text, string more) => string.IsNullOrEmpty(text) ? more : $"{text}\n\n{more}";
}
