using System.Globalization;
using System.Text.Json;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// A page as activities. Words go out as plain text: what a person typed can then be markup for no client. What plain text cannot say
/// (bold, code, "this page asks for a place") is beside it in <c>channelData</c>, for the own page.
/// </summary>
public sealed class ActivityWriting(PictureLinks pictures, WebSettings settings)
{
    public static readonly Account Bot = new("diachiso", "Địa chỉ số", "bot");

    /// <summary>Words, then the pictures and pins under them, are one activity; words that follow a picture begin another. Choices stand on the last.</summary>
    /// <param name="page">What is shown.</param>
    /// <param name="language">vi or en.</param>
    /// <param name="placePath">Where a client that cannot ask for a position itself may send its person: a path of this host, or null.</param>
    public IReadOnlyList<Activity> Write(Page page, string language, string? placePath = null)
    {
        var activities = new List<Activity>();
        var words = new List<Words>();
        var shown = new List<Block>();
        foreach (var block in page.Blocks)
        {
            if (block is Words more)
            {
                if (shown.Count > 0)
                {
                    Close();
                }
                words.Add(more);
            }
            else
            {
                shown.Add(block);
            }
        }
        if (words.Count > 0 || shown.Count > 0 || page.Choices.Count > 0)
        {
            Close();
        }
        if (activities.Count > 0)
        {
            activities[^1] = WithChoices(activities[^1], page, placePath);
        }
        return activities;

        void Close()
        {
            activities.Add(One(words, shown, language));
            words.Clear();
            shown.Clear();
        }
    }

    private Activity One(List<Words> words, List<Block> shown, string language)
    {
        var runs = new List<Run>();
        foreach (var paragraph in words)
        {
            if (runs.Count > 0)
            {
                runs.Add(new Run("\n\n"));
            }
            runs.AddRange(paragraph.Runs);
        }
        var pins = shown.OfType<Pin>().ToList();
        List<Attachment> attachments = [.. shown.Select(AttachmentOf)];
        return new Activity
        {
            Type = "message",
            From = Bot,
            Locale = language,
            Text = runs.Count > 0 ? string.Concat(runs.Select(run => run.Text)) : string.Join('\n', shown.Select(block => block.PlainText())),
            TextFormat = "plain",
            InputHint = "acceptingInput",
            Attachments = attachments.Count > 0 ? attachments : null,
            Entities = pins.Count > 0 ? [.. pins.Select(EntityOf)] : null,
            ChannelData = runs.Any(run => run.Style != RunStyle.Plain)
                ? ActivityJson.Element(new { runs = runs.Select(run => new { text = run.Text, style = StyleOf(run) }) })
                : null,
        };
    }

    private Attachment AttachmentOf(Block block) => block switch
    {
        Picture picture => new Attachment("image/png", pictures.PathOf(picture), picture.Alt),
        Document document => new Attachment("application/pdf", pictures.PathOf(document), document.Alt),
        // For clients that draw no Place: the same in a card, with a link that the person may open.
        Pin pin => new Attachment("application/vnd.microsoft.card.hero", Content: ActivityJson.Element(new
        {
            title = pin.Title,
            buttons = new[] { new CardAction("openUrl", "Bản đồ · Map", ActivityJson.Element(MapLinkOf(pin))) },
        })),
        _ => throw new InvalidOperationException($"{block.GetType().Name} cannot be shown"),
    };

    private JsonElement EntityOf(Pin pin) => ActivityJson.Element(new
    {
        type = "Place",
        name = pin.Title,
        description = pin.Alt,
        geo = new { type = "GeoCoordinates", latitude = pin.Point.Latitude, longitude = pin.Point.Longitude },
        hasMap = MapLinkOf(pin),
    });

    private string MapLinkOf(Pin pin) => settings.MapLinkOf(pin.Point);

    private static Activity WithChoices(Activity activity, Page page, string? placePath)
    {
        var asks = page.Choices.Where(choice => choice.Data.StartsWith('@'))
            .Select(choice => new { what = choice.Data[1..], label = choice.Label, path = choice.Data == "@place" ? placePath : null }).ToList();
        var actions = page.Choices.Where(choice => !choice.Data.StartsWith('@')).Select(ActionOf).ToList();
        return activity with
        {
            InputHint = "expectingInput",
            SuggestedActions = actions.Count > 0 ? new SuggestedActions(actions) : null,
            ChannelData = asks.Count == 0 ? activity.ChannelData
                : ActivityJson.Element(new { runs = activity.ChannelData is { } data ? data.GetProperty("runs") : (JsonElement?)null, asks }),
        };
    }

    // The text of a press is the label: a client that loses the value still says which one it was.
    private static CardAction ActionOf(Choice choice) => choice.IsLink
        ? new CardAction("openUrl", choice.Label, ActivityJson.Element(choice.Data))
        : new CardAction("messageBack", choice.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}. {choice.Label}") : choice.Label,
            ActivityJson.Element(new { choice = choice.Data }), choice.Label, choice.Label);

    private static string? StyleOf(Run run) => run.Style == RunStyle.Plain ? null : run.Style.ToString().ToLowerInvariant();
}
