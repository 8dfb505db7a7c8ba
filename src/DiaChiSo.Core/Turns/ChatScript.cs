using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// A conversation as text: what a person typed into a terminal or wrote into a golden chat, and pages as they are read there. The form is told
/// in dialogs/README.md.
/// </summary>
public static partial class ChatScript
{
    /// <param name="line">Without the mark of the speaker.</param>
    /// <param name="seen">The pages that the person was shown, the newest last: <c>[Label]</c> presses the newest button of that label.</param>
    /// <returns>Null: a button that is nowhere, or a kind that there is not.</returns>
    public static Incoming? Read(string line, IReadOnlyList<Page> seen)
    {
        switch (line)
        {
            case ['[', .. var label, ']']:
                return seen.Reverse().SelectMany(page => page.Choices).FirstOrDefault(choice => choice.Label == label) is { IsLink: false } choice
                    ? new Pressed(choice.Data, "ticket") : null;
            case ['@', ..] when PlaceForm().Match(line) is { Success: true } place && Degrees(place.Groups[1]) is var latitude && Degrees(place.Groups[2]) is var longitude
                && GeoPoint.AreDegrees(latitude, longitude):
                return new SharedPlace(
                    new GeoPoint(latitude, longitude),
                    place.Groups[3].Success ? Degrees(place.Groups[3]) : null,
                    place.Groups[4].Value switch { "live" => PlaceKind.LiveStart, "moved" => PlaceKind.LiveUpdate, "venue" => PlaceKind.Venue, _ => PlaceKind.Pin });
            case ['!', .. var thing]:
                return OtherThan(thing.Split(' ', 2));
            case ['/', ..] when Commands.TryRead(line, out var command):
                return command;
            default:
                return new Said(line);
        }
    }

    private static double Degrees(Group written) => double.TryParse(written.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : double.NaN;

    private static Incoming? OtherThan(string[] words)
    {
        var rest = words.Length > 1 ? words[1] : null;
        return words[0] switch
        {
            "photo" => rest?.Split(' ', 2) is [var key, .. var caption] ? new SentPhoto(key, caption.FirstOrDefault()) : new SentPhoto("photo"),
            "contact" when rest?.Split(' ') is [var phone, .. var more] => new SharedContact(phone, "", more is ["own"]),
            "arrived" => new Arrived(rest),
            "departed" => new Departed(),
            var kind => Enum.TryParse<Thing>(kind, ignoreCase: true, out var what) && Enum.IsDefined(what) ? new SentThing(what) : null,
        };
    }

    /// <summary>A page as lines: the first one after <paramref name="mark"/>, the others set in by two spaces, all of them ended by \n.</summary>
    public static string Of(string mark, Page page)
    {
        var lines = new List<string>();
        foreach (var block in page.Blocks)
        {
            if (lines.Count > 0)
            {
                lines.Add("");
            }
            lines.AddRange(block switch
            {
                Picture picture => [$"![{picture.Alt}]({picture.Kind}:{picture.Argument})"],
                Pin pin => [string.Create(CultureInfo.InvariantCulture, $"![{pin.Alt}](place:{pin.Point.Latitude:0.00000},{pin.Point.Longitude:0.00000} {pin.Title})")],
                Document document => [$"![{document.Alt}](file:{document.Kind}:{document.Argument})"],
                _ => block.PlainText().Split('\n'),
            });
        }
        if (page.Choices.Count > 0)
        {
            lines.Add(string.Join(' ', page.Choices.Select(OfChoice)));
        }
        var written = new StringBuilder();
        for (var at = 0; at < lines.Count; at++)
        {
            written.Append(((at == 0 ? mark : "  ") + lines[at]).TrimEnd(' ')).Append('\n');
        }
        return written.ToString();
    }

    private static string OfChoice(Choice choice) => choice switch
    {
        { IsLink: true } => $"[{choice.Label} → {choice.Data}]",
        { Data: ['@', ..] } => $"[{choice.Label}]({choice.Data})",
        _ => $"[{choice.Label}]",
    };

    /// <summary>Where the conversation stands: <c>LookUp.AskingQuery</c>.</summary>
    public static string StateOf(Conversation conversation) =>
        conversation.Open() is { Stack.Count: > 0 } talk ? $"{talk.Top.Dialog}.{talk.Top.State}" : "nothing yet";

    [GeneratedRegex(@"^@(-?[\d.]+),(-?[\d.]+)(?: ±([\d.]+))?(?: (live|moved|venue))?$")]
    private static partial Regex PlaceForm();
}

/// <summary>What must not double, counted (design.md §4).</summary>
/// <param name="Requests">Handed in.</param>
/// <param name="Records">Of confirmation.</param>
/// <param name="RegisterChanges">The register's version.</param>
/// <param name="Mails">By Message-ID.</param>
public sealed record ChatCounts(int Requests, int Records, int RegisterChanges, int Mails)
{
    public static async Task<ChatCounts> In(BotDb db, CancellationToken ct) => new(
        await Rows(db, "Requests", "SELECT count(*) AS Value FROM Requests", ct),
        await Rows(db, "Confirmations", "SELECT count(*) AS Value FROM Confirmations", ct),
        await db.Set<RegisterChange>().CountAsync(change => change.By != "chats", ct),
        await db.Mails.CountAsync(ct));

    /// <summary>How many more since then.</summary>
    public ChatCounts Since(ChatCounts before) =>
        new(Requests - before.Requests, Records - before.Records, RegisterChanges - before.RegisterChanges, Mails - before.Mails);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"requests {Requests}, records {Records}, register v{RegisterChanges}, mails {Mails}");

    // A table that is not there yet has nothing in it.
    private static async Task<int> Rows(BotDb db, string table, string count, CancellationToken ct) =>
        db.Model.GetEntityTypes().Any(entity => entity.GetTableName() == table) ? await db.Database.SqlQueryRaw<int>(count).SingleAsync(ct) : 0;
}
