using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Fakes.ZaloOa.People;
using DiaChiSo.Tests.Channels.ZaloOa;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// The Zalo Official Account by webhook: a choice is tapped where it is a button, and typed where there were too many. A pin says nothing of
/// how exactly somebody stood, so a position goes through the one-time page where the page offers one.
/// </summary>
internal sealed partial class ZaloOaRig : Rig
{
    private readonly Dictionary<string, FakeOaPerson> people = [];
    private readonly HttpClient http = new();
    private FakeZaloOa zalo = null!;
    private Repeater repeater = null!;

    public override string Channel => "zalo-oa";

    public override IReadOnlyList<string> Settings => [.. OaBot.SettingsFor(zalo), "--Web:TokensPerMinute=1000000"];

    public override async Task Prepare(FakeTimeProvider time)
    {
        zalo = await FakeZaloOa.Start(OaBot.Patient with { Clock = time, WebhookPatience = TimeSpan.FromMinutes(2), Patience = TimeSpan.FromMinutes(2) });
        repeater = await Repeater.Start(BotUrl, Times);
    }

    public override async Task Begin(ChannelStage stage)
    {
        var (access, refresh) = zalo.IssueTokens();
        var now = stage.Time.GetUtcNow();
        await stage.Services.GetRequiredService<TokenStore>().Keep(new TokenPair(access, refresh, now, now + zalo.Options.AccessLives), default);
        zalo.WebhookUrl = repeater.Url + "/zalo-oa/webhook";
    }

    public override string ChatKeyOf(string who) => PersonOf(who).Id;

    public override async Task<bool> Hand(string who, Incoming what)
    {
        var person = PersonOf(who);
        switch (what)
        {
            case Said said:
                person.Say(said.Words);
                break;
            case Commanded command:
                person.Say(command.Argument is null ? $"/{command.Name}" : $"/{command.Name} {command.Argument}");
                break;
            case Arrived arrived:
                person.Say(arrived.Payload is null ? "/start" : $"/start {arrived.Payload}");
                break;
            case SharedPlace { Kind: PlaceKind.LiveStart or PlaceKind.LiveUpdate }:
                Lacks.Add("live location");
                return false;
            case SharedPlace place when place.AccuracyMetres is not null && PlaceLinkSeenBy(who) is { } link && await Post(link, place) == "sent":
                for (var time = 1; time < Times; time++)
                {
                    await Post(link, place);
                }
                return true;
            case SharedPlace place:
                person.ShareLocation(place.Point.Latitude, place.Point.Longitude);
                break;
            case SharedContact { IsOwn: true } contact:
                person.SubmitInfo(contact.Name, contact.Phone);
                break;
            case SharedContact:
                Lacks.Add("somebody else's contact card");
                return false;
            case SentPhoto { FileKey: "lost" } photo:
                person.SendLostImage(photo.Caption);
                break;
            case SentPhoto photo:
                person.SendImageWith(photo.Caption, WrittenPhoto.Of(photo.FileKey));
                break;
            case SentThing { What: Thing.Voice }:
                person.SendOther("audio");
                break;
            case SentThing:
                person.SendSticker();
                break;
            default:
                throw new NotSupportedException(what.GetType().Name);
        }
        await zalo.WaitUntilAllEventsAreTaken();
        return true;
    }

    public override async Task<bool> Choose(string who, string label, bool isOld)
    {
        var person = PersonOf(who);
        var shown = person.Messages.SelectMany(message => message.Buttons.Select(button => (message, button)))
            .Where(found => found.button.Type.StartsWith("oa.query.", StringComparison.Ordinal) && Number().Replace(found.button.Title, "") == label).ToList();
        // A page of many choices has buttons for the first five only; the newest page is meant, on whichever way it offers this one.
        var newest = shown.Count > 0 && !isOld && !IsOffered(person.Last, label) ? null : (isOld ? shown.FirstOrDefault() : shown.LastOrDefault()).message;
        if (newest is not null)
        {
            person.TapOn(newest, newest.Labels.First(title => Number().Replace(title, "") == label));
        }
        else if (isOld)
        {
            throw new InvalidOperationException($"zalo-oa: {who} was shown no button «{label}»");
        }
        else
        {
            person.Say(TypedFor(who, label));
        }
        await zalo.WaitUntilAllEventsAreTaken();
        return true;
    }

    public override IReadOnlyList<string> TextsSeenBy(string who) => [.. PersonOf(who).Messages.Select(message => message.Text)];

    public override IReadOnlyList<string> ScreenOf(string who) => [.. PersonOf(who).Messages.Select(message => string.Join('\n',
    [
        message.Image is { Length: var bytes and > 0 } ? $"picture, {(bytes <= 1_000_000 ? "at most 1 MB" : "too large")}" : message.ImageUrl is { } url ? $"picture {url}" : message.File is { } file ? $"file {file.Name}" : "text",
        .. message.Text.Length > 0 ? [message.Text] : Array.Empty<string>(),
        .. message.Buttons.Select(button => $"  [{button.Title} → {button.Type} {button.Value}]"),
    ]))];

    public override async ValueTask DisposeAsync()
    {
        http.Dispose();
        await zalo.DisposeAsync();
        await repeater.DisposeAsync();
    }

    private static bool IsOffered(SeenOaMessage message, string label) =>
        message.Labels.Any(title => Number().Replace(title, "") == label) || !message.Text.Split('\n').Any(line => Number().Replace(line, "") == label);

    // sent, already, over, outside: what the page is told.
    private async Task<string> Post(string link, SharedPlace place)
    {
        using var answer = await http.PostAsJsonAsync(link, new { latitude = place.Point.Latitude, longitude = place.Point.Longitude, accuracy = place.AccuracyMetres });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()!;
    }

    private FakeOaPerson PersonOf(string who)
    {
        if (!people.TryGetValue(who, out var person))
        {
            people[who] = person = zalo.Someone(who);
            person.FollowQuietly();
        }
        return person;
    }

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Number();
}
