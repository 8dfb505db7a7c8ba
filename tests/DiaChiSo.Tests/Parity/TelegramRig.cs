using System.Globalization;
using System.Net.Http.Json;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.Telegram.People;
using DiaChiSo.Tests.Channels;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>Telegram by webhook.</summary>
internal sealed class TelegramRig : Rig
{
    private readonly Dictionary<string, FakePerson> people = [];
    private readonly Dictionary<string, LivePlace> livePlaces = [];
    private FakeTelegram telegram = null!;
    private Repeater repeater = null!;

    public override string Channel => "telegram";

    public override IReadOnlyList<string> Settings =>
    [
        $"--Telegram:Token={telegram.Token}", $"--Telegram:ApiUrl={telegram.BaseUrl}",
        $"--Telegram:WebhookUrl={BotUrl}/telegram", $"--Telegram:WebhookSecret={BotUnderTest.WebhookSecret}",
    ];

    public override async Task Prepare(FakeTimeProvider time)
    {
        telegram = await FakeTelegram.Start(new FakeTelegramOptions { Clock = time, Flood = FloodLimits.None });
        repeater = await Repeater.Start(BotUrl, Times);
    }

    public override async Task Begin(ChannelStage stage)
    {
        using var http = new HttpClient();
        using var set = await http.PostAsJsonAsync($"{telegram.BaseUrl}/bot{telegram.Token}/setWebhook", new { url = $"{repeater.Url}/telegram", secret_token = BotUnderTest.WebhookSecret });
        set.EnsureSuccessStatusCode();
    }

    public override Task BeginWithWorkers(ChannelStage stage) => Task.CompletedTask;

    public override string ChatKeyOf(string who) => PersonOf(who).Id.ToString(CultureInfo.InvariantCulture);

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
                person.Start(arrived.Payload);
                break;
            case SharedPlace { Kind: PlaceKind.LiveStart } place:
                livePlaces[who] = person.ShareLivePlace(place.Point.Latitude, place.Point.Longitude, accuracy: place.AccuracyMetres);
                break;
            case SharedPlace { Kind: PlaceKind.LiveUpdate } place:
                livePlaces[who].Move(place.Point.Latitude, place.Point.Longitude, accuracy: place.AccuracyMetres);
                break;
            case SharedPlace place:
                person.SharePlace(place.Point.Latitude, place.Point.Longitude, place.AccuracyMetres);
                break;
            case SharedContact contact:
                person.SendContact(contact.Phone, contact.Name.Length > 0 ? contact.Name : "Tên", contact.IsOwn);
                break;
            case SentPhoto { FileKey: "lost" } photo:
                telegram.Script.Next(ScriptedAnswer.BadRequest("wrong file_id or the file is temporarily unavailable"), "getFile");
                person.SendPhoto(WrittenPhoto.Of("none"), photo.Caption);
                break;
            case SentPhoto photo:
                person.SendPhoto(WrittenPhoto.Of(photo.FileKey), photo.Caption);
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
        await Taken();
        return true;
    }

    public override async Task<bool> Choose(string who, string label, bool isOld)
    {
        var person = PersonOf(who);
        // Keys under the thumb belong to the newest page; while they are up no button of an older one is meant.
        if (!isOld && person.Chat.Keyboard.SelectMany(row => row).Any(key => key.Label == label))
        {
            person.Say(label);
        }
        else
        {
            var shown = person.Chat.Messages.Where(message => message.Buttons.Count > 0);
            var pressed = (isOld ? shown : shown.Reverse())
                .SelectMany(message => message.Buttons.SelectMany(row => row).Select(button => (message, button)))
                .FirstOrDefault(found => found.button.Action == "callback_data" && SaysLabel(found.button.Label, label));
            if (pressed.button is null)
            {
                throw new InvalidOperationException($"telegram: {who} is shown no «{label}», refused was {string.Join(", ", telegram.Refusals.Select(refused => $"{refused.Method} {refused.Refusal}"))}");
            }
            person.PressOn(pressed.message, pressed.button.Value);
        }
        await Taken();
        return true;
    }

    public override IReadOnlyList<string> TextsSeenBy(string who) => [.. PersonOf(who).Chat.Messages.Select(message => message.Text)];

    public override IReadOnlyList<string> ScreenOf(string who) => [.. PersonOf(who).Chat.Messages.Select(message => string.Join('\n',
    [
        message.File is { } file ? $"{message.Method}: {file.Name}" : message.Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"{message.Method}: {place.Latitude},{place.Longitude} {place.Title} | {place.Address}") : message.Method,
        .. message.Text.Length > 0 ? [Styled(message)] : Array.Empty<string>(),
        .. message.Buttons.SelectMany(row => row).Select(button => $"  [{button.Label} → {button.Action} {button.Value}]"),
        .. message.Keyboard?.SelectMany(row => row).Select(key => $"  {{{key.Label} → {key.Action}}}") ?? [],
        .. message.RemovesKeyboard ? ["  (keys go)"] : Array.Empty<string>(),
    ]))];

    private static string Styled(SeenMessage message)
    {
        var text = message.Text;
        foreach (var entity in message.Entities.OrderByDescending(entity => entity.Offset))
        {
            var sign = entity.Type == "bold" ? "**" : "`";
            text = text.Insert(entity.Offset + entity.Length, sign).Insert(entity.Offset, sign);
        }
        return text;
    }

    public override async ValueTask DisposeAsync()
    {
        await telegram.DisposeAsync();
        await repeater.DisposeAsync();
    }

    private Task Taken() => telegram.WaitUntilAllUpdatesAreTaken(TimeSpan.FromMinutes(2));

    private FakePerson PersonOf(string who)
    {
        if (!people.TryGetValue(who, out var person))
        {
            people[who] = person = telegram.Someone(who);
            person.OpenQuietly();
        }
        return person;
    }

    /// <summary>"2. Đội 5, xã …" is the button of "Đội 5, xã Tủa Chùa".</summary>
    private static bool SaysLabel(string button, string label)
    {
        var bare = System.Text.RegularExpressions.Regex.Replace(button, @"^\d+\. ", "");
        return bare == label || (bare.EndsWith('…') && label.StartsWith(bare[..^1], StringComparison.Ordinal));
    }
}
