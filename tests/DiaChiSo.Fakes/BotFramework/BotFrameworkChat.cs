using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.BotFramework;

/// <summary>One conversation between a person and the bot, as the channel keeps it.</summary>
public sealed class BotFrameworkChat(string id, string channel, string personId)
{
    private readonly Lock guard = new();
    private readonly List<JsonObject> messages = [];
    private readonly HashSet<string> heard = [];

    public string Id => id;
    public string Channel => channel;
    public string PersonId => personId;
    public string BotId => "28:bot@" + channel;

    /// <summary>False: it is gone (404).</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The bot must show a token that this fake gave it.</summary>
    public bool WantsToken { get; set; } = true;

    /// <summary>What the bot posted, oldest first.</summary>
    public IReadOnlyList<JsonObject> Messages
    {
        get
        {
            lock (guard)
            {
                return [.. messages];
            }
        }
    }

    internal void Add(JsonObject activity)
    {
        lock (guard)
        {
            messages.Add(activity);
        }
    }

    /// <summary>The channel forgot what was said: replies to it are refused with 400.</summary>
    public void Forget()
    {
        lock (guard)
        {
            heard.Clear();
        }
    }

    internal string NewId()
    {
        lock (guard)
        {
            var fresh = $"{id}|{heard.Count + 1:D7}";
            heard.Add(fresh);
            return fresh;
        }
    }

    internal bool HasHeard(string activityId)
    {
        lock (guard)
        {
            return heard.Contains(activityId);
        }
    }
}
