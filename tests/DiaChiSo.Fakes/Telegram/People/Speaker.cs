using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Markup;
using DiaChiSo.Fakes.Telegram.Methods;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.People;

/// <summary>A person in one chat: what can be said and done there. What the chat shows is in <see cref="Chat"/>. Files and contacts: Speaker.Files.cs.</summary>
public partial class Speaker
{
    private readonly World world;
    private readonly FakeChat chat;

    internal Speaker(World world, FakeChat chat, JsonObject user)
    {
        (this.world, this.chat, User) = (world, chat, user);
        Chat = new ChatView(world, chat);
    }

    internal JsonObject User { get; }

    /// <summary>The person's id; that of the private chat too.</summary>
    public long Id => (long)User["id"]!;

    /// <summary>What is on the screen.</summary>
    public ChatView Chat { get; }

    /// <summary>Types a text. Commands, mentions, links and addresses in it are marked as Telegram marks them. Returns the message id.</summary>
    public int Say(string text, int? replyTo = null)
    {
        var fields = new JsonObject { ["text"] = text };
        if (MessageText.Wire(MessageText.Find(text, [])) is { } entities)
        {
            fields["entities"] = entities;
        }

        return Send(fields, replyTo);
    }

    /// <summary>The chat was opened some time ago, by another device or before the bot began to listen: it hears nothing of it now.</summary>
    public void OpenQuietly()
    {
        lock (world.Gate)
        {
            chat.Opened = true;
        }
    }

    /// <summary>Opens the bot, with the parameter of a deep link or without.</summary>
    public int Start(string? payload = null) => Say(payload is null ? "/start" : $"/start {payload}");

    /// <summary>Changes what was said before; the bot gets an edited_message.</summary>
    public void EditMessage(int messageId, string text) => Edit(messageId, wire =>
    {
        wire["text"] = text;
        wire.Remove("entities");
        if (MessageText.Wire(MessageText.Find(text, [])) is { } entities)
        {
            wire["entities"] = entities;
        }
    });

    /// <summary>
    /// Presses the newest button with this label or callback data: inline buttons first, then the reply keyboard (which
    /// says its label). Returns the query id, or the message id of what the reply key said.
    /// </summary>
    /// <exception cref="InvalidOperationException">No such button on the screen, or one that sends nothing to the bot.</exception>
    public string Press(string labelOrData)
    {
        lock (world.Gate)
        {
            var shown = chat.Messages.LastOrDefault(message => !message.Deleted && message.Seen?.Button(labelOrData) is not null);
            if (shown is not null)
            {
                return PressOn(shown, shown.Seen!.Button(labelOrData)!);
            }

            var key = chat.ReplyKeyboard.SelectMany(row => row).FirstOrDefault(button => button.Label == labelOrData)
                ?? throw new InvalidOperationException($"There is no button \"{labelOrData}\" on the screen.");
            return key.Action == "text"
                ? Say(key.Label).ToString(System.Globalization.CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"The key \"{labelOrData}\" is {key.Action}: share it by SharePlace or SendContact.");
        }
    }

    /// <summary>Presses a button of this very message, also one that was edited away or deleted since (a phone that was not up to date).</summary>
    public string PressOn(SeenMessage message, string labelOrData)
    {
        lock (world.Gate)
        {
            var stored = chat.Messages.First(each => each.Id == message.Id);
            return PressOn(stored, message.Button(labelOrData) ?? throw new InvalidOperationException($"The message has no button \"{labelOrData}\"."));
        }
    }

    /// <summary>Sends callback data that the bot never offered, as a changed client can, on the newest message of the bot.</summary>
    public string Forge(string data, int? onMessage = null)
    {
        lock (world.Gate)
        {
            var stored = chat.Messages.Last(message => message.Seen is not null && (onMessage is null || message.Id == onMessage));
            return PressOn(stored, new SeenButton("", "callback_data", data));
        }
    }

    /// <summary>WGS-84 degrees; accuracy in metres, when the phone knows it. A forwarded place is somebody else's position.</summary>
    public int SharePlace(double latitude, double longitude, double? accuracy = null, int? replyTo = null, FakePerson? forwardedFrom = null)
    {
        var fields = new JsonObject { ["location"] = SendPlaces.Wire(new SeenPlace(latitude, longitude, accuracy, null, null, null)) };
        if (forwardedFrom is not null)
        {
            fields["forward_origin"] = new JsonObject
            {
                ["type"] = "user",
                ["sender_user"] = forwardedFrom.User.DeepClone(),
                ["date"] = world.Now.AddHours(-1).ToUnixTimeSeconds(),
            };
        }

        return Send(fields, replyTo);
    }

    /// <summary>Picks a place from Telegram's list: the message carries both a venue and a location.</summary>
    public int ShareVenue(double latitude, double longitude, string title, string address)
    {
        var location = SendPlaces.Wire(new SeenPlace(latitude, longitude, null, null, null, null));
        return Send(new JsonObject
        {
            ["location"] = location,
            ["venue"] = new JsonObject { ["location"] = location.DeepClone(), ["title"] = title, ["address"] = address },
        });
    }

    /// <summary>Starts to share a live position for some seconds; accuracy in metres, when the phone knows it.</summary>
    public LivePlace ShareLivePlace(double latitude, double longitude, int seconds = 900, double? accuracy = null) => new(
        this,
        Send(new JsonObject { ["location"] = SendPlaces.Wire(new SeenPlace(latitude, longitude, accuracy, seconds, null, null)) }),
        seconds);

    /// <summary>Types the bot's name and a question into any chat. Returns the query's id.</summary>
    public string AskInline(string question)
    {
        lock (world.Gate)
        {
            var id = world.NewQueryId();
            world.Queries[id] = new OpenQuery("inline", null, world.Now);
            var body = new JsonObject { ["id"] = id, ["from"] = User.DeepClone(), ["chat_type"] = "sender", ["query"] = question, ["offset"] = "" };
            world.Updates.Add("inline_query", $"inline:{Id}", world.Now.AddSeconds(30), body);
            return id;
        }
    }

    /// <summary>Any message, made of the given fields of <c>Message</c>: for kinds that have no method here (poll, dice, video …).</summary>
    public int SendRaw(string fieldsJson) => Send(JsonText.Object(fieldsJson));

    internal void Edit(int messageId, Action<JsonObject> change)
    {
        lock (world.Gate)
        {
            var message = chat.Find(messageId) ?? throw new InvalidOperationException("There is no such message.");
            message.Wire = message.Wire.Copy();
            change(message.Wire);
            message.Wire["edit_date"] = world.Now.ToUnixTimeSeconds();
            IncomingMessages.Enqueue(world, chat, "edited_message", message.Wire);
        }
    }

    private int Send(JsonObject fields, int? replyTo = null)
    {
        lock (world.Gate)
        {
            return IncomingMessages.Send(world, chat, User, fields, replyTo);
        }
    }

    private string PressOn(StoredMessage message, SeenButton button)
    {
        if (button.Action != "callback_data")
        {
            throw new InvalidOperationException($"The button \"{button.Label}\" is {button.Action}: the bot hears nothing of it.");
        }

        var id = world.NewQueryId();
        world.Queries[id] = new OpenQuery("callback", chat, world.Now);
        var about = message.Deleted
            ? new JsonObject { ["message_id"] = message.Id, ["chat"] = chat.Wire.DeepClone(), ["date"] = 0 }
            : message.Wire.Copy();
        var body = new JsonObject
        {
            ["id"] = id,
            ["from"] = User.DeepClone(),
            ["message"] = about,
            ["chat_instance"] = chat.Instance,
            ["data"] = button.Value,
        };
        world.Updates.Add("callback_query", $"callback:{Id}", world.Now.AddSeconds(150), body);
        return id;
    }
}
