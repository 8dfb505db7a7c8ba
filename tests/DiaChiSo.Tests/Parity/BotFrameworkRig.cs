using System.Text.Json;
using DiaChiSo.Bot.Channels.Connector;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.BotFramework;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>A channel of the Azure Bot Service: <c>/api/messages</c>, with tokens and a strict connector.</summary>
internal sealed class BotFrameworkRig : Rig
{
    private readonly Dictionary<string, (BotFrameworkPerson Person, string ChatKey)> people = [];
    private FakeBotFramework framework = null!;
    private ChannelStage stage = null!;
    private int nextFile;

    public override string Channel => ConnectorLine.Channel;

    public override IReadOnlyList<string> Settings => [.. framework.Settings];

    public override async Task Prepare(FakeTimeProvider time)
    {
        framework = await FakeBotFramework.Start();
        (framework.Clock, framework.Times, framework.BotUrl, framework.ReachesLoopback) = (time, Times, new Uri(BotUrl), true);
    }

    public override Task Begin(ChannelStage stage)
    {
        this.stage = stage;
        return Task.CompletedTask;
    }

    public override string ChatKeyOf(string who) => Known(who).ChatKey;

    public override async Task<bool> Hand(string who, Incoming what)
    {
        var person = Known(who).Person;
        switch (what)
        {
            case Said said:
                await Taken(person.Say(said.Words));
                break;
            case Commanded command:
                await Taken(person.Say(command.Argument is null ? $"/{command.Name}" : $"/{command.Name} {command.Argument}"));
                break;
            case Arrived arrived:
                await Taken(person.Post(person.Activity("event", ("name", "start"), ("value", arrived.Payload ?? ""))));
                break;
            case SharedPlace { Kind: PlaceKind.LiveStart or PlaceKind.LiveUpdate }:
                Lacks.Add("live location");
                return false;
            case SharedPlace place:
                await Taken(person.SharePlace(place.Point.Latitude, place.Point.Longitude, place.AccuracyMetres));
                break;
            case SharedContact:
                Lacks.Add("contact card");
                return false;
            case SentPhoto photo:
                var file = $"photo-{++nextFile}.jpg";
                if (photo.FileKey != "lost")
                {
                    framework.Files[file] = WrittenPhoto.Of(photo.FileKey);
                }
                await Taken(person.SendFile(file, "image/jpeg", photo.Caption));
                break;
            case SentThing { What: Thing.Voice }:
                await Taken(person.SendFile("voice.ogg", "audio/ogg"));
                break;
            case SentThing:
                await Taken(person.SendFile("thing.bin", "application/octet-stream"));
                break;
            default:
                throw new NotSupportedException(what.GetType().Name);
        }
        return true;
    }

    public override async Task<bool> Choose(string who, string label, bool isOld)
    {
        var person = Known(who).Person;
        var buttons = person.Chat.Messages.SelectMany(BotFrameworkPerson.Buttons);
        var pressed = (isOld ? buttons : buttons.Reverse()).FirstOrDefault(button => button["text"]?.GetValue<string>() == label)
            ?? throw new InvalidOperationException($"{Channel}: {who} is shown no «{label}», refused was {string.Join(", ", framework.Refusals)}");
        await Taken(person.Post(person.Activity("message", ("text", label), ("value", pressed["value"]!.DeepClone()))));
        return true;
    }

    public override IReadOnlyList<string> TextsSeenBy(string who) => [.. Known(who).Person.Chat.Messages.Select(message => message["text"]?.GetValue<string>() ?? "")];

    public override IReadOnlyList<string> ScreenOf(string who) => [.. Known(who).Person.Chat.Messages.Select(message => ActivityScreen.Of(JsonSerializer.SerializeToElement(message)))];

    public override ValueTask DisposeAsync() => framework.DisposeAsync();

    private static async Task Taken(Task<HttpResponseMessage> posting)
    {
        using var answer = await posting;
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    // Somebody whom the bot has heard before: it knows where their chat is.
    private (BotFrameworkPerson Person, string ChatKey) Known(string who)
    {
        if (!people.TryGetValue(who, out var known))
        {
            var person = framework.Someone(who);
            var heard = person.Activity("message");
            var address = ChatAddress.Of(JsonSerializer.Deserialize<Activity>(heard.ToJsonString(), ActivityJson.Options)!, person.Chat.PersonId, isVouchedFor: true);
            var addresses = stage.Services.GetRequiredService<ChatAddresses>();
            known = (person, addresses.KeyOf(address));
            using var scope = stage.Services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            addresses.Keep(db, known.ChatKey, address).GetAwaiter().GetResult();
            db.SaveChanges();
            people[who] = known;
        }
        return known;
    }
}
