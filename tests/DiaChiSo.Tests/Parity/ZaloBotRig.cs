using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloBot;
using DiaChiSo.Tests.Channels.ZaloBot;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>The Zalo Bot Platform by webhook: everything is typed, and a position goes through the one-time page where the page offers one.</summary>
internal sealed class ZaloBotRig : Rig
{
    private readonly Dictionary<string, FakeZaloPerson> people = [];
    private readonly HttpClient http = new();
    private FakeZaloBot zalo = null!;
    private Repeater repeater = null!;
    private bool hasTypedAPlace;

    public override string Channel => "zalo-bot";

    public override IReadOnlyList<string> Settings =>
    [
        $"--ZaloBot:Token={zalo.Token}", $"--ZaloBot:ApiUrl={zalo.BaseUrl}", "--ZaloBot:PhotoHosts=127.0.0.1", "--ZaloBot:MonthlyMessages=0", "--ZaloBot:MostUsers=0",
        $"--ZaloBot:WebhookUrl={BotUrl}/zalo-bot", $"--ZaloBot:WebhookSecret={ZaloBotUnderTest.WebhookSecret}", "--Web:TokensPerMinute=1000000",
    ];

    public override async Task Prepare(FakeTimeProvider time)
    {
        zalo = await FakeZaloBot.Start(new FakeZaloBotOptions { Clock = time, MonthlyMessages = int.MaxValue, Patience = TimeSpan.FromMinutes(2) });
        repeater = await Repeater.Start(BotUrl, Times);
    }

    public override async Task Begin(ChannelStage stage)
    {
        using var set = await http.PostAsJsonAsync($"{zalo.BaseUrl}/bot{zalo.Token}/setWebhook", new { url = $"{repeater.Url}/zalo-bot", secret_token = ZaloBotUnderTest.WebhookSecret });
        set.EnsureSuccessStatusCode();
    }

    public override Task BeginWithWorkers(ChannelStage stage) => Task.CompletedTask;

    public override string ChatKeyOf(string who) => PersonOf(who).Id;

    public override async Task<bool> Hand(string who, Incoming what)
    {
        var person = PersonOf(who);
        hasTypedAPlace = false;
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
            case SharedPlace place:
                return await HandPlace(who, place);
            case SharedContact:
                Lacks.Add("contact card");
                return false;
            case SentPhoto { FileKey: "lost" } photo:
                zalo.Next(new BotFault(404), "(photo)");
                person.SendPhoto(WrittenPhoto.Of("none"), photo.Caption ?? "");
                break;
            case SentPhoto photo:
                person.SendPhoto(WrittenPhoto.Of(photo.FileKey), photo.Caption ?? "");
                break;
            case SentThing { What: Thing.Voice }:
                person.SendVoice();
                break;
            case SentThing:
                person.SendSticker();
                break;
            default:
                throw new NotSupportedException(what.GetType().Name);
        }
        await zalo.UntilAllAreTaken();
        return true;
    }

    public override async Task<bool> Choose(string who, string label, bool isOld)
    {
        if (isOld)
        {
            // Nothing typed is old: it is read against the page last shown.
            Lacks.Add("old button");
            return false;
        }
        string typed;
        try
        {
            typed = TypedFor(who, label);
        }
        catch (InvalidOperationException) when (hasTypedAPlace)
        {
            // Two numbers are words where words are an answer; only a place that is shared is always a place.
            Lacks.Add("place that nobody asked for");
            return false;
        }
        PersonOf(who).Say(typed);
        await zalo.UntilAllAreTaken();
        return true;
    }

    public override IReadOnlyList<string> TextsSeenBy(string who) => [.. PersonOf(who).Chat.Messages.Select(message => message.Text)];

    public override IReadOnlyList<string> ScreenOf(string who) =>
        [.. PersonOf(who).Chat.Messages.Select(message => $"{message.Method}{(message.PhotoUrl is { } url ? $": {url}" : "")}\n{message.Text}".TrimEnd('\n'))];

    public override async ValueTask DisposeAsync()
    {
        http.Dispose();
        await zalo.DisposeAsync();
        await repeater.DisposeAsync();
    }

    // Through the page as its script does, as often as everything comes; where nobody was asked for a place, its two numbers are typed.
    private async Task<bool> HandPlace(string who, SharedPlace place)
    {
        if (PlaceLinkSeenBy(who) is { } link && await Post(link, place) == "sent")
        {
            for (var time = 1; time < Times; time++)
            {
                await Post(link, place);
            }
            return true;
        }
        hasTypedAPlace = true;
        PersonOf(who).Say(string.Create(CultureInfo.InvariantCulture, $"{place.Point.Latitude}, {place.Point.Longitude}"));
        await zalo.UntilAllAreTaken();
        return true;
    }

    // sent, already, over, outside: what the page is told.
    private async Task<string> Post(string link, SharedPlace place)
    {
        using var answer = await http.PostAsJsonAsync(link, new { latitude = place.Point.Latitude, longitude = place.Point.Longitude, accuracy = place.AccuracyMetres });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()!;
    }

    private FakeZaloPerson PersonOf(string who)
    {
        if (!people.TryGetValue(who, out var person))
        {
            people[who] = person = zalo.Someone(who);
            person.OpenQuietly();
        }
        return person;
    }
}
