using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.BotFramework;

/// <summary>A person on a channel of the Bot Framework; what they do reaches the bot's <c>/api/messages</c> with a token of the framework.</summary>
public sealed class BotFrameworkPerson(FakeBotFramework framework, string name, BotFrameworkChat chat)
{
    private static readonly HttpClient Http = new();

    public string Name => name;

    public BotFrameworkChat Chat => chat;

    /// <summary>The newest choices, on buttons of either kind.</summary>
    public IReadOnlyList<JsonObject> Offered => chat.Messages.Reverse().Select(Buttons).FirstOrDefault(buttons => buttons.Count > 0) ?? [];

    public string Last => chat.Messages.LastOrDefault()?["text"]?.GetValue<string>() ?? "";

    /// <summary>The conversation begins, as channels tell it: once about the bot, once about the person.</summary>
    public async Task Join()
    {
        await Post(Activity("conversationUpdate", ("membersAdded", new JsonArray(new JsonObject { ["id"] = chat.BotId }))));
        await Post(Activity("conversationUpdate", ("membersAdded", new JsonArray(new JsonObject { ["id"] = chat.PersonId }))));
    }

    public Task<HttpResponseMessage> Say(string text) => Post(Activity("message", ("text", text)));

    /// <summary>Presses the newest button of this label (with or without its number).</summary>
    public Task<HttpResponseMessage> Press(string label)
    {
        var button = Offered.FirstOrDefault(one => one["title"]!.GetValue<string>() is var title && (title == label || title.EndsWith(". " + label, StringComparison.Ordinal)))
            ?? throw new InvalidOperationException($"no button «{label}» after: {Last}");
        return Post(Activity("message", ("text", button["text"]?.DeepClone() ?? button["title"]!.DeepClone()), ("value", button["value"]!.DeepClone())));
    }

    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    /// <param name="accuracy">Metres; null: the phone does not say.</param>
    public Task<HttpResponseMessage> SharePlace(double latitude, double longitude, double? accuracy = null) => Post(Activity("message", ("entities", new JsonArray(new JsonObject
    {
        ["type"] = "Place",
        ["geo"] = new JsonObject { ["type"] = "GeoCoordinates", ["latitude"] = latitude, ["longitude"] = longitude, ["accuracy"] = accuracy },
    }))));

    /// <summary>A file that lies at the channel's server.</summary>
    public Task<HttpResponseMessage> SendFile(string file, string contentType, string? caption = null) => SendLink(framework.ServiceUrl + "files/" + file, contentType, caption);

    public Task<HttpResponseMessage> SendLink(string contentUrl, string contentType, string? caption = null) =>
        Post(Activity("message", ("text", caption), ("attachments", new JsonArray(new JsonObject { ["contentType"] = contentType, ["contentUrl"] = contentUrl, ["name"] = "x" }))));

    public JsonObject Activity(string type, params (string Name, JsonNode? Value)[] more)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = chat.NewId(),
            ["channelId"] = chat.Channel,
            ["serviceUrl"] = framework.ServiceUrl,
            ["from"] = new JsonObject { ["id"] = chat.PersonId, ["name"] = name, ["role"] = "user" },
            ["recipient"] = new JsonObject { ["id"] = chat.BotId, ["role"] = "bot" },
            ["conversation"] = new JsonObject { ["id"] = chat.Id },
            ["locale"] = "vi-VN",
        };
        foreach (var (key, value) in more)
        {
            activity[key] = value;
        }
        return activity;
    }

    /// <summary>The claims of a good token.</summary>
    public JsonObject Claims()
    {
        var now = framework.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject { ["iss"] = "https://api.botframework.com", ["aud"] = framework.AppId, ["serviceurl"] = framework.ServiceUrl, ["nbf"] = now - 60, ["exp"] = now + 3600 };
    }

    public async Task<HttpResponseMessage> Post(JsonObject activity)
    {
        HttpResponseMessage answer;
        var times = 0;
        do
        {
            answer = await Post(activity, framework.Keys[0].Token(Claims()));
        }
        while (++times < framework.Times);
        return answer;
    }


    /// <param name="activity">Whatever.</param>
    /// <param name="token">Null: none.</param>
    public async Task<HttpResponseMessage> Post(JsonObject activity, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(framework.BotUrl!, "/api/messages")) { Content = JsonContent.Create(activity) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request);
    }

    /// <summary>The buttons of a message that answer, on its cards and below it.</summary>
    public static IReadOnlyList<JsonObject> Buttons(JsonObject message) =>
    [
        .. (message["attachments"]?.AsArray() ?? []).SelectMany(one => one?["content"]?["buttons"]?.AsArray() ?? []).Where(button => button?["type"]?.GetValue<string>() != "openUrl").Select(button => button!.AsObject()),
        .. (message["suggestedActions"]?["actions"]?.AsArray() ?? []).Where(button => button?["type"]?.GetValue<string>() != "openUrl").Select(button => button!.AsObject()),
    ];
}
