using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>A group: what the bot says there.</summary>
public sealed class FakeZaloGroup
{
    private readonly BotChatView view;

    internal FakeZaloGroup(BotWorld world)
    {
        Id = world.NewId("g0");
        lock (world.Gate)
        {
            world.Chats.Add(Id, new BotChat { IsOpen = true });
        }
        view = new BotChatView(world, Id);
    }

    public string Id { get; }

    public BotChatView Chat => view;
}

/// <summary>A person with Zalo on the phone. What they do becomes an event for the bot, in the forms that were seen or documented.</summary>
public sealed class FakeZaloPerson
{
    private readonly BotWorld world;
    private readonly BotDelivery delivery;
    private readonly string name;

    internal FakeZaloPerson(BotWorld world, BotDelivery delivery, string name)
    {
        (this.world, this.delivery, this.name) = (world, delivery, name);
        Id = world.NewId("6e");
        lock (world.Gate)
        {
            world.Chats.Add(Id, new BotChat());
        }
        Chat = new BotChatView(world, Id);
    }

    /// <summary>The person's id, and that of the private chat.</summary>
    public string Id { get; }

    public BotChatView Chat { get; }

    /// <summary>The chat is open from now on; the bot is not told.</summary>
    public void OpenQuietly()
    {
        lock (world.Gate)
        {
            world.Chats[Id].IsOpen = true;
        }
    }

    public void Say(string text) => Do("message.text.received", new JsonObject { ["text"] = text });

    /// <summary>Said in a group, naming the bot: only then the platform brings it.</summary>
    public void Say(string text, FakeZaloGroup group) => Do("message.text.received", new JsonObject { ["text"] = $"@{world.Options.BotName} {text}" }, group);

    /// <param name="field">photo_url as observed, photo as documented.</param>
    /// <returns>The address under which the photo lies.</returns>
    public string SendPhoto(byte[] bytes, string caption = "", string field = "photo_url")
    {
        var path = $"/photo/{world.NewId("f0")}.jpg";
        lock (world.Gate)
        {
            world.Photos[path] = (bytes, 0);
        }
        Do("message.image.received", new JsonObject { [field] = world.BaseUrl + path, ["caption"] = caption, ["message_type"] = "CHAT_PHOTO" });
        return world.BaseUrl + path;
    }

    public void SendSticker(FakeZaloGroup? group = null) => Do("message.sticker.received", new JsonObject { ["sticker"] = "0e078a2be6e20f4c5603", ["url"] = "https://sticker.example/s.png" }, group);

    public void SendVoice() => Do("message.voice.received", new JsonObject { ["voice_url"] = "https://voice.example/v.aac", ["message_type"] = "CHAT_VOICE" });

    /// <summary>A shared place, a file, a video, a link: the platform says only that something came.</summary>
    public void SendUnsupported(FakeZaloGroup? group = null) => Do("message.unsupported.received", [], group);

    /// <summary>How often the photo at this address was fetched.</summary>
    public int ReadsOf(string address)
    {
        lock (world.Gate)
        {
            return world.Photos[new Uri(address).AbsolutePath].Reads;
        }
    }

    private void Do(string happened, JsonObject content, FakeZaloGroup? group = null)
    {
        var message = new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = Id, ["display_name"] = name, ["is_bot"] = false },
            ["chat"] = new JsonObject { ["id"] = group?.Id ?? Id, ["chat_type"] = group is null ? "PRIVATE" : "GROUP" },
            ["message_id"] = world.NewId("2d"),
            ["date"] = world.Now.ToUnixTimeMilliseconds(),
        };
        foreach (var (field, value) in content)
        {
            message[field] = value?.DeepClone();
        }
        lock (world.Gate)
        {
            world.Chats[Id].IsOpen |= group is null;
        }
        delivery.Add(new JsonObject { ["event_name"] = happened, ["message"] = message });
    }
}

/// <summary>What a chat shows of the bot.</summary>
public sealed class BotChatView
{
    private readonly BotWorld world;
    private readonly string id;
    private int read;

    internal BotChatView(BotWorld world, string id) => (this.world, this.id) = (world, id);

    public IReadOnlyList<SeenBotMessage> Messages
    {
        get { lock (world.Gate) { return [.. world.Chats[id].Messages]; } }
    }

    /// <summary>How often "is typing" was shown.</summary>
    public int TimesTyping
    {
        get { lock (world.Gate) { return world.Chats[id].Actions.Count; } }
    }

    /// <summary>The next message that was not read by this method yet.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenBotMessage> Next(TimeSpan? within = null) => Next(_ => true, within);

    /// <summary>The next unread message that fits; those before it count as read.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenBotMessage> Next(Func<SeenBotMessage, bool> fits, TimeSpan? within = null) => world.WaitUntil(() =>
    {
        var all = Messages;
        for (var at = read; at < all.Count; at++)
        {
            if (fits(all[at]))
            {
                read = at + 1;
                return all[at];
            }
        }
        return null;
    }, "a message", within);
}
