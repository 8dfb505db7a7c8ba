using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>The browser: Direct Line, as our own page speaks it.</summary>
internal sealed class WebRig : Rig
{
    private readonly HttpClient http = new();
    private ChannelStage stage = null!;
    private int nextId;

    public override string Channel => Chatlog.Channel;

    public override IReadOnlyList<string> Settings => ["--Web:MessagesPerMinute=1000000", "--Web:TokensPerMinute=1000000"];

    public override Task Prepare(FakeTimeProvider time) => Task.CompletedTask;

    public override Task Begin(ChannelStage stage)
    {
        this.stage = stage;
        return Task.CompletedTask;
    }

    public override string ChatKeyOf(string who) => $"w-parity-{who}";

    public override async Task<bool> Hand(string who, Incoming what)
    {
        switch (what)
        {
            case Said said:
                await Post(who, new { type = "message", text = said.Words });
                break;
            case Commanded command:
                await Post(who, new { type = "message", text = command.Argument is null ? $"/{command.Name}" : $"/{command.Name} {command.Argument}" });
                break;
            case Arrived arrived:
                await Post(who, new { type = "event", name = "start", value = arrived.Payload ?? "" });
                break;
            case SharedPlace { Kind: PlaceKind.LiveStart or PlaceKind.LiveUpdate }:
                Lacks.Add("live location");
                return false;
            case SharedPlace place:
                await Post(who, new
                {
                    type = "message",
                    entities = new[] { new { type = "Place", geo = new { type = "GeoCoordinates", latitude = place.Point.Latitude, longitude = place.Point.Longitude, accuracy = place.AccuracyMetres } } },
                });
                break;
            case SharedContact:
                Lacks.Add("contact card");
                return false;
            case SentPhoto { FileKey: "lost" }:
                Lacks.Add("photo that gets lost");
                return false;
            case SentPhoto photo:
                await Post(who, new
                {
                    type = "message",
                    text = photo.Caption,
                    attachments = new[] { new { contentType = "image/jpeg", contentUrl = "data:image/jpeg;base64," + Convert.ToBase64String(WrittenPhoto.Of(photo.FileKey)) } },
                });
                break;
            case SentThing { What: Thing.Voice }:
                await Post(who, new { type = "message", attachments = new[] { new { contentType = "audio/ogg", contentUrl = "data:audio/ogg;base64,AAAA" } } });
                break;
            case SentThing:
                await Post(who, new { type = "message", attachments = new[] { new { contentType = "application/octet-stream", contentUrl = "data:application/octet-stream;base64,AAAA" } } });
                break;
            default:
                throw new NotSupportedException(what.GetType().Name);
        }
        return true;
    }

    public override async Task<bool> Choose(string who, string label, bool isOld)
    {
        var buttons = Said(who).SelectMany(activity => Buttons(activity)).Where(button => button.GetProperty("type").GetString() == "messageBack");
        var pressed = (isOld ? buttons : buttons.Reverse()).First(button => button.GetProperty("text").GetString() == label);
        await Post(who, new { type = "message", text = label, value = pressed.GetProperty("value") });
        return true;
    }

    public override IReadOnlyList<string> TextsSeenBy(string who) => [.. Said(who).Select(activity => activity.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "")];

    public override IReadOnlyList<string> ScreenOf(string who) => [.. Said(who).Select(ActivityScreen.Of)];

    public override ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Post(string who, object activity)
    {
        var whole = JsonSerializer.SerializeToNode(activity)!.AsObject();
        whole["from"] = JsonSerializer.SerializeToNode(new { id = "web" });
        whole["locale"] = "vi-VN";
        whole["channelData"] = JsonSerializer.SerializeToNode(new { clientActivityID = $"c{++nextId}" });
        for (var time = 0; time < Times; time++)
        {
            using var request = Request(HttpMethod.Post, who, "activities");
            request.Content = JsonContent.Create(whole);
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }
    }

    // As a client reads it, from the beginning.
    private List<JsonElement> Said(string who)
    {
        var said = new List<JsonElement>();
        for (var watermark = "0"; ;)
        {
            using var request = Request(HttpMethod.Get, who, $"activities?watermark={watermark}");
            using var answer = http.Send(request).EnsureSuccessStatusCode();
            using var set = JsonDocument.Parse(answer.Content.ReadAsStream());
            var some = set.RootElement.GetProperty("activities").EnumerateArray().Select(activity => activity.Clone()).ToList();
            if (some.Count == 0)
            {
                return [.. said.Where(activity => activity.GetProperty("from").TryGetProperty("role", out var role) && role.GetString() == "bot")];
            }
            said.AddRange(some);
            watermark = set.RootElement.GetProperty("watermark").GetString()!;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string who, string path)
    {
        var request = new HttpRequestMessage(method, $"{BotUrl}/v3/directline/conversations/{ChatKeyOf(who)}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stage.Services.GetRequiredService<Tokens>().Make(new Admission(ChatKeyOf(who), "web", default)));
        return request;
    }

    private static IEnumerable<JsonElement> Buttons(JsonElement activity)
    {
        if (activity.TryGetProperty("attachments", out var attachments))
        {
            foreach (var card in attachments.EnumerateArray())
            {
                if (card.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object && content.TryGetProperty("buttons", out var buttons))
                {
                    foreach (var button in buttons.EnumerateArray())
                    {
                        yield return button;
                    }
                }
            }
        }
        if (activity.TryGetProperty("suggestedActions", out var suggested))
        {
            foreach (var action in suggested.GetProperty("actions").EnumerateArray())
            {
                yield return action;
            }
        }
    }
}
