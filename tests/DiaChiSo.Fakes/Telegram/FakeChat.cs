using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>One chat as the server keeps it.</summary>
internal sealed class FakeChat(long id, JsonObject wire)
{
    public long Id => id;

    public JsonObject Wire => wire;

    public string Type => (string)wire["type"]!;

    public bool IsPrivate => Type == "private";

    /// <summary>A private chat is opened by the person's first message; before it the bot gets 403.</summary>
    public bool Opened { get; set; }

    /// <summary>The person has blocked the bot, or the group has thrown it out.</summary>
    public bool Shut { get; set; }

    public int LastGroupMessageId { get; set; } = 3;

    /// <summary>Everything that was said, by anyone, in order.</summary>
    public List<StoredMessage> Messages { get; } = [];

    public List<SeenToast> Toasts { get; } = [];

    /// <summary>The kinds of "is typing…" that the chat saw, in order.</summary>
    public List<string> Actions { get; } = [];

    /// <summary>The reply keyboard under the input field now.</summary>
    public IReadOnlyList<IReadOnlyList<SeenButton>> ReplyKeyboard { get; set; } = [];

    /// <summary>Telegram's opaque number for (chat, bot); the same in all presses of one chat.</summary>
    public string Instance { get; } = (-4_512_345_678_000_000_000 - (id % 1_000_000_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public StoredMessage? Find(long messageId) => Messages.Find(message => message.Id == messageId && !message.Deleted);
}

/// <summary>A message, of the bot (then <see cref="Seen"/> is set) or of a person.</summary>
internal sealed class StoredMessage(int id, JsonObject wire, DateTimeOffset date)
{
    public int Id => id;

    public DateTimeOffset Date => date;

    /// <summary>As the API shows it, without <c>reply_to_message</c>'s own depth.</summary>
    public JsonObject Wire { get; set; } = wire;

    public SeenMessage? Seen { get; set; }

    public bool Deleted { get; set; }
}
