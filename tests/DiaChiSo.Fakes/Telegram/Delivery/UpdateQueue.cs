using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Delivery;

/// <summary>One update that the bot has not taken yet. Updates of one <see cref="Lane"/> are delivered to a webhook strictly in order.</summary>
internal sealed record PendingUpdate(int Id, string Lane, DateTimeOffset ExpiresAt, JsonObject Wire);

/// <summary>
/// The bot's updates, for polling and webhook alike. Rules of reading are those of the official server's queue: an offset
/// far beyond the end (more than 10) or far before the beginning is no confirmation; everything is served from the head.
/// </summary>
internal sealed class UpdateQueue(World world, int firstId)
{
    private const int FarAhead = 10;
    private const int FarBehind = 100_000;

    /// <summary>Left out by default (Bot API, setWebhook, allowed_updates).</summary>
    private static readonly HashSet<string> OnlyOnRequest = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly List<PendingUpdate> pending = [];
    private int nextId = firstId;

    /// <summary>Null or empty = all but <see cref="OnlyOnRequest"/>. Stays until it is changed, also when the webhook is deleted.</summary>
    public IReadOnlyList<string>? Allowed { get; set; }

    public int Count
    {
        get
        {
            Expire();
            return pending.Count;
        }
    }

    /// <summary>Returns the update's id, or 0 when the bot did not ask for this type.</summary>
    public int Add(string type, string lane, DateTimeOffset expiresAt, JsonObject body)
    {
        if (Allowed is { Count: > 0 } ? !Allowed.Contains(type) : OnlyOnRequest.Contains(type))
        {
            return 0;
        }

        var id = nextId++;
        pending.Add(new PendingUpdate(id, lane, expiresAt, new JsonObject { ["update_id"] = id, [type] = body }));
        world.Changed();
        world.Webhook.Wake();
        return id;
    }

    public IReadOnlyList<PendingUpdate> Read(long offset, int limit)
    {
        Expire();
        var head = pending.Count == 0 ? nextId : pending[0].Id;
        if (offset < 0)
        {
            pending.RemoveRange(0, (int)Math.Max(0, pending.Count + offset));
        }
        else if (offset > 0 && offset <= nextId + FarAhead && offset >= head - FarBehind)
        {
            pending.RemoveAll(update => update.Id < offset);
        }

        if (pending.Count == 0)
        {
            world.Changed();
        }

        return [.. pending.Take(limit)];
    }

    public IReadOnlyList<string> Lanes()
    {
        Expire();
        return [.. pending.Select(update => update.Lane).Distinct()];
    }

    public PendingUpdate? First(string lane)
    {
        Expire();
        return pending.Find(update => update.Lane == lane);
    }

    public void Forget(int id)
    {
        pending.RemoveAll(update => update.Id == id);
        world.Changed();
    }

    public void Clear()
    {
        pending.Clear();
        world.Changed();
    }

    public void RestartIds(int at)
    {
        pending.Clear();
        nextId = at;
        world.Changed();
    }

    /// <exception cref="ApiRefusal">400: not a JSON array of strings.</exception>
    public static IReadOnlyList<string>? ReadAllowed(ApiArguments arguments) => arguments.Json("allowed_updates", "can't parse allowed updates list JSON object") switch
    {
        null => null,
        JsonArray list when list.All(item => item is JsonValue value && value.TryGetValue<string>(out _)) => [.. list.Select(item => (string)item!)],
        _ => throw ApiRefusal.BadRequest("field \"allowed_updates\" must be an Array of Strings"),
    };

    private void Expire() => pending.RemoveAll(update => update.ExpiresAt <= world.Now);
}
