using System.Globalization;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloOa.People;

/// <summary>Somebody with Zalo on the phone: what they do reaches the webhook as signed events, in the order in which they do it.</summary>
public sealed class FakeOaPerson
{
    private static readonly TimeSpan Free = TimeSpan.FromHours(48);
    private static readonly TimeSpan Reachable = TimeSpan.FromDays(7);

    private readonly OaWorld world;
    private readonly List<SeenOaMessage> messages = [];
    private int read;
    private bool follows;
    private bool blocks;
    private DateTimeOffset? lastActive;

    internal FakeOaPerson(OaWorld world, string name) => (this.world, Name, Id) = (world, name, world.NewUserId());

    public string Id { get; }

    public string Name { get; }

    /// <summary>Every message of the account, in order. A copy of this moment.</summary>
    public IReadOnlyList<SeenOaMessage> Messages
    {
        get { lock (world.Gate) { return [.. messages]; } }
    }

    public SeenOaMessage Last => Messages[^1];

    public void Follow()
    {
        lock (world.Gate)
        {
            (follows, blocks) = (true, false);
        }
        Happened(FollowEvent("follow"));
    }

    /// <summary>Follows, and nobody is told: a test that begins in the middle.</summary>
    public void FollowQuietly()
    {
        lock (world.Gate)
        {
            (follows, blocks, lastActive) = (true, false, world.Now);
        }
    }

    /// <summary>Leaves: what is sent is refused with -213 from now on.</summary>
    public void Unfollow()
    {
        lock (world.Gate)
        {
            (follows, lastActive) = (false, null);
        }
        world.Courier.Bring(Id, FollowEvent("unfollow"));
    }

    /// <summary>Blocks the account, of which nobody is told: -217 from now on, until they write or follow.</summary>
    public void Block()
    {
        lock (world.Gate)
        {
            blocks = true;
        }
    }

    /// <summary>Lets time pass for this person, without a clock: the last thing they did was so much earlier.</summary>
    public void WasSilentFor(TimeSpan time)
    {
        lock (world.Gate)
        {
            lastActive = world.Now - time;
        }
    }

    /// <returns>The message's id.</returns>
    public string Say(string text) => Sends("text", text, null);

    /// <summary>Taps a button of the newest message that has one of this label.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void Tap(string label) => TapOn(Messages.LastOrDefault(message => message.Labels.Contains(label)) ?? throw new InvalidOperationException("No message has this button."), label);

    /// <summary>Taps a button of a message, however old.</summary>
    public void TapOn(SeenOaMessage message, string label)
    {
        var button = message.Buttons.First(found => found.Title == label);
        if (button.Type.StartsWith("oa.query.", StringComparison.Ordinal))
        {
            Say(button.Value);
        }
    }

    /// <summary>Degrees; they travel as strings.</summary>
    public void ShareLocation(double latitude, double longitude, string? name = null) => Sends("location", name, Attachment("location", new JsonObject
    {
        ["coordinates"] = new JsonObject { ["latitude"] = latitude.ToString(CultureInfo.InvariantCulture), ["longitude"] = longitude.ToString(CultureInfo.InvariantCulture) },
    }));

    /// <summary>One picture with words under it.</summary>
    public void SendImageWith(string? caption, byte[] picture) => SendImagesAt(caption ?? "", PhotoLink(picture));

    /// <summary>A picture that Zalo does not have any more.</summary>
    public void SendLostImage(string? caption) => SendImagesAt(caption ?? "", $"{world.BaseUrl}/photo/lost.jpg");

    /// <summary>Its bytes lie at the fake's own photo host.</summary>
    public void SendImage(params byte[][] pictures) => SendImagesAt("", [.. pictures.Select(PhotoLink)]);

    public void SendImagesAt(string caption, params string[] links) => Sends("image", caption, [.. links.Select(link => One("image", new JsonObject { ["thumbnail"] = link, ["url"] = link }))]);

    public void SendSticker() => Sends("sticker", null, Attachment("sticker", new JsonObject { ["id"] = "21979", ["url"] = "https://sticker.example/e?eid=21979&size=130" }));

    public void SendLink(string url, string? text = null) => Sends("link", text ?? url, Attachment("link", new JsonObject { ["url"] = url, ["title"] = "", ["thumbnail"] = "", ["description"] = "" }));

    public void SendFile(string name, byte[]? bytes = null) => Sends("file", null, Attachment("file", new JsonObject
    {
        ["url"] = bytes is null ? "https://file.example/" + name : PhotoLink(bytes),
        ["name"] = name,
        ["size"] = (bytes?.Length ?? 20480).ToString(CultureInfo.InvariantCulture),
        ["type"] = Path.GetExtension(name).TrimStart('.'),
        ["checksum"] = "d41d8cd98f00b204e9800998ecf8427e",
    }));

    /// <summary>Another kind of message: audio, video, gif, business_card …</summary>
    public void SendOther(string kind) => Sends(kind, null, Attachment(kind, new JsonObject { ["url"] = "https://file.example/x" }));

    public void SubmitInfo(string name, string phone)
    {
        var body = Event("user_submit_info");
        body["info"] = new JsonObject { ["name"] = name, ["phone"] = phone, ["full_address"] = new JsonObject { ["user_city"] = "Tỉnh Điện Biên" } };
        Happened(body);
    }

    /// <summary>Reads what is there; the account is told, and it means nothing.</summary>
    public void Sees()
    {
        var body = Event("user_seen_message");
        (body["sender"], body["recipient"]) = (body["recipient"]!.DeepClone(), body["sender"]!.DeepClone());
        body["message"] = new JsonObject { ["msg_ids"] = new JsonArray(Messages.LastOrDefault()?.Id ?? "") };
        world.Courier.Bring(Id, body);
    }

    /// <summary>The next message that was not read by this method or <see cref="WaitForMessage"/> yet.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenOaMessage> NextMessage(TimeSpan? within = null) => WaitForMessage(_ => true, within);

    /// <summary>The next unread message for which <paramref name="matches"/> is true; those before it count as read.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenOaMessage> WaitForMessage(Func<SeenOaMessage, bool> matches, TimeSpan? within = null) => world.WaitUntil(() =>
    {
        var all = Messages;
        for (var at = read; at < all.Count; at++)
        {
            if (matches(all[at]))
            {
                read = at + 1;
                return all[at];
            }
        }
        return null;
    }, "a message", within);

    /// <summary>An event as Zalo writes it, without what only its kind has.</summary>
    internal JsonObject Event(string name) => new()
    {
        ["app_id"] = world.Options.AppId,
        ["sender"] = new JsonObject { ["id"] = Id },
        ["recipient"] = new JsonObject { ["id"] = world.Options.OaId },
        ["user_id_by_app"] = "5" + Id[1..],
        ["event_name"] = name,
        ["timestamp"] = Stamp(world.Now),
    };

    internal static string Stamp(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    internal void Show(SeenOaMessage message) => messages.Add(message);

    internal bool IsBilledAt(DateTimeOffset now) => lastActive is { } last && now - last > Free;

    /// <exception cref="OaRefusal">The account cannot reach this person now.</exception>
    internal void CheckReach(DateTimeOffset now)
    {
        if (blocks)
        {
            throw new OaRefusal(-217, "User has blocked the OA");
        }
        if (!follows && lastActive is null)
        {
            throw new OaRefusal(-213, "User has not followed OA");
        }
        if (now - lastActive > Reachable)
        {
            throw new OaRefusal(-230, "User has not interacted with the OA in the past 7 days");
        }
    }

    private JsonObject FollowEvent(string name) => new()
    {
        ["app_id"] = world.Options.AppId,
        ["oa_id"] = world.Options.OaId,
        ["follower"] = new JsonObject { ["id"] = Id },
        ["user_id_by_app"] = "5" + Id[1..],
        ["event_name"] = name,
        ["source"] = "oa_profile",
        ["timestamp"] = Stamp(world.Now),
    };

    private string Sends(string kind, string? text, JsonArray? attachments)
    {
        var message = new JsonObject { ["msg_id"] = world.NewMessageId() };
        if (text is not null)
        {
            message["text"] = text;
        }
        if (attachments is not null)
        {
            message["attachments"] = attachments;
        }
        var id = (string)message["msg_id"]!;
        var body = Event("user_send_" + kind);
        body["message"] = message;
        Happened(body);
        return id;
    }

    private void Happened(JsonObject body)
    {
        lock (world.Gate)
        {
            (lastActive, blocks) = (world.Now, false);
        }
        world.Courier.Bring(Id, body);
    }

    private string PhotoLink(byte[] bytes) => $"{world.BaseUrl}/photo/{world.Shelf.AddPhoto(bytes)}.jpg";

    private static JsonArray Attachment(string type, JsonObject payload) => [One(type, payload)];

    private static JsonObject One(string type, JsonObject payload) => new() { ["type"] = type, ["payload"] = payload };
}
