using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>The platform's methods, with the limits of its page; what the page does not name is refused.</summary>
internal sealed class BotMethods(BotWorld world)
{
    private const int LongestText = 2_000;

    public async Task<JsonNode?> Call(string method, JsonObject arguments) => method switch
    {
        "getMe" => GetMe(arguments),
        "getWebhookInfo" => GetWebhookInfo(arguments),
        "sendMessage" => SendMessage(arguments),
        "sendPhoto" => await SendPhoto(arguments),
        "sendChatAction" => SendChatAction(arguments),
        // Stickers and voices are documented too; no test of ours needs them, so a bot that begins to send them is noticed.
        _ => throw new BotRefusal(404, "Not found"),
    };

    internal static void Only(JsonObject arguments, params string[] known)
    {
        if (arguments.FirstOrDefault(field => !known.Contains(field.Key)).Key is { } odd)
        {
            throw new BotRefusal(400, $"Bad request: unknown field {odd}");
        }
    }

    internal static string Text(JsonObject arguments, string name, int least, int most) =>
        arguments[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { } text && text.Length >= least && text.Length <= most
            ? text : throw new BotRefusal(400, $"Bad request: {name}");

    private JsonObject GetMe(JsonObject arguments)
    {
        Only(arguments);
        return new JsonObject { ["id"] = world.Options.Token.Split(':')[0], ["account_name"] = world.Options.BotName, ["account_type"] = "BASIC", ["can_join_groups"] = true };
    }

    private JsonObject GetWebhookInfo(JsonObject arguments)
    {
        Only(arguments);
        return new JsonObject { ["url"] = world.Webhook?.Url ?? "", ["updated_at"] = world.Now.ToUnixTimeMilliseconds() };
    }

    private JsonObject SendMessage(JsonObject arguments)
    {
        Only(arguments, "chat_id", "text", "parse_mode", "text_styles");
        var text = Text(arguments, "text", 1, LongestText);
        if (arguments["parse_mode"] is { } mode && mode.GetValue<string>() is not ("markdown" or "html"))
        {
            throw new BotRefusal(400, "Bad request: parse_mode");
        }
        return Show(arguments, new SeenBotMessage("sendMessage", text, null, null, world.Now));
    }

    private async Task<JsonObject> SendPhoto(JsonObject arguments)
    {
        Only(arguments, "chat_id", "photo", "caption");
        var url = Text(arguments, "photo", 1, 2_000);
        var caption = arguments.ContainsKey("caption") ? Text(arguments, "caption", 1, LongestText) : "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new BotRefusal(400, "Bad request: photo is no public address");
        }
        return Show(arguments, new SeenBotMessage("sendPhoto", caption, await Fetch(address), url, world.Now));
    }

    private async Task<byte[]> Fetch(Uri address)
    {
        try
        {
            using var response = await world.Http.GetAsync(address);
            return response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.Ordinal) == true
                ? await response.Content.ReadAsByteArrayAsync()
                : throw new BotRefusal(400, "Bad request: photo cannot be fetched");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            throw new BotRefusal(400, "Bad request: photo cannot be fetched");
        }
    }

    private JsonNode? SendChatAction(JsonObject arguments)
    {
        Only(arguments, "chat_id", "action");
        if (Text(arguments, "action", 1, 20) != "typing")
        {
            throw new BotRefusal(400, "Bad request: action");
        }
        lock (world.Gate)
        {
            Chat(arguments).Actions.Add("typing");
        }
        world.Changed();
        return null;
    }

    private JsonObject Show(JsonObject arguments, SeenBotMessage message)
    {
        lock (world.Gate)
        {
            var chat = Chat(arguments);
            if (world.MessagesSent >= world.Options.MonthlyMessages)
            {
                throw new BotRefusal(BotFault.QuotaExceeded.Code, BotFault.QuotaExceeded.Description);
            }
            world.MessagesSent++;
            chat.Messages.Add(message);
        }
        world.Changed();
        return new JsonObject { ["message_id"] = world.NewId("b0"), ["date"] = world.Now.ToUnixTimeMilliseconds() };
    }

    // Under the lock. The person must have written first.
    private BotChat Chat(JsonObject arguments) =>
        world.Chats.TryGetValue(Text(arguments, "chat_id", 1, 64), out var chat) && chat.IsOpen ? chat : throw new BotRefusal(400, "Bad request: chat not found");
}
