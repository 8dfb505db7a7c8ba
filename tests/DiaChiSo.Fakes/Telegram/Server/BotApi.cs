using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Delivery;
using DiaChiSo.Fakes.Telegram.Methods;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary><see cref="Description"/> is what the real server says beside a true of setWebhook and deleteWebhook.</summary>
internal sealed record BotAnswer(JsonNode? Result, string? Description = null);

/// <summary>The methods by name. Names are read without case, as by the real server.</summary>
internal sealed class BotApi
{
    private static readonly string[] Names =
    [
        "getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
        "sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "sendLocation", "sendVenue", "sendChatAction",
        "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage",
        "answerCallbackQuery", "answerInlineQuery", "getFile",
        "setMyCommands", "getMyCommands", "deleteMyCommands",
        "setMyName", "getMyName", "setMyDescription", "getMyDescription", "setMyShortDescription", "getMyShortDescription",
    ];

    private readonly World world;
    private readonly LongPoll poll;

    public BotApi(World world)
    {
        this.world = world;
        poll = new LongPoll(world);
        world.Webhook.Execute = RunWebhookAnswer;
    }

    /// <summary>The documented spelling, or the word itself when no method has it.</summary>
    public static string Spelling(string name) => Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <exception cref="ApiRefusal">Whatever the real server would refuse.</exception>
    public async Task<BotAnswer> Call(string method, ApiArguments arguments, CancellationToken ct)
    {
        switch (Spelling(method))
        {
            case "getUpdates":
                return new BotAnswer(await poll.Get(arguments, ct));
            case "setWebhook":
                return await world.Webhook.Set(arguments, poll);
            case "deleteWebhook":
                return await world.Webhook.Delete(arguments.Flag("drop_pending_updates"));
        }

        try
        {
            lock (world.Gate)
            {
                return new BotAnswer(CallLocked(Spelling(method), arguments));
            }
        }
        finally
        {
            world.Changed();
        }
    }

    private JsonNode? CallLocked(string method, ApiArguments arguments) => method switch
    {
        "getMe" => Me(),
        "getWebhookInfo" => world.Webhook.Info(),
        "sendMessage" => SendText.Message(world, arguments),
        "sendPhoto" => SendFiles.Photo(world, arguments),
        "sendDocument" => SendFiles.Document(world, arguments),
        "sendMediaGroup" => SendAlbum.MediaGroup(world, arguments),
        "sendLocation" => SendPlaces.Location(world, arguments),
        "sendVenue" => SendPlaces.Venue(world, arguments),
        "sendChatAction" => SendText.ChatAction(world, arguments),
        "editMessageText" => EditMessages.Text(world, arguments),
        "editMessageCaption" => EditMessages.Caption(world, arguments),
        "editMessageReplyMarkup" => EditMessages.ReplyMarkup(world, arguments),
        "deleteMessage" => EditMessages.Delete(world, arguments),
        "answerCallbackQuery" => Answers.CallbackQuery(world, arguments),
        "answerInlineQuery" => Answers.InlineQuery(world, arguments),
        "getFile" => SendFiles.GetFile(world, arguments),
        "setMyCommands" => ProfileMethods.SetCommands(world.Profile, arguments),
        "getMyCommands" => ProfileMethods.GetCommands(world.Profile, arguments),
        "deleteMyCommands" => ProfileMethods.DeleteCommands(world.Profile, arguments),
        _ => ProfileMethods.WordsAbout(world.Profile, method, arguments) ?? throw new ApiRefusal(404, "Not Found"),
    };

    private JsonObject Me()
    {
        var me = world.BotUser;
        me["can_join_groups"] = true;
        me["can_read_all_group_messages"] = !world.Options.GroupPrivacy;
        me["supports_inline_queries"] = true;
        me["can_connect_to_business"] = false;
        me["has_main_web_app"] = false;
        return me;
    }

    /// <summary>A method in the answer to a webhook: executed, never answered.</summary>
    private async Task RunWebhookAnswer(string method, ApiArguments arguments)
    {
        ApiRefusal? refusal = null;
        try
        {
            await Call(method, arguments, CancellationToken.None);
        }
        catch (ApiRefusal caught)
        {
            refusal = caught;
        }

        var body = arguments.Normalised();
        body.Remove("method");
        world.Journal.Add(number => new RecordedRequest
        {
            Number = number,
            At = world.Now,
            Verb = "WEBHOOK",
            Method = Spelling(method),
            ContentType = "",
            Body = [],
            Arguments = body,
            Status = refusal?.Code ?? 200,
            Refusal = refusal?.Description,
        });
        world.Changed();
    }
}
