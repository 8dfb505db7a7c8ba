using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>One answer that is decided before the request comes.</summary>
public sealed class ScriptedAnswer
{
    private ScriptedAnswer(ApiRefusal? refusal, bool cuts = false, bool deliversFirst = false, string? html = null)
    {
        Refusal = refusal;
        Cuts = cuts;
        DeliversFirst = deliversFirst;
        Html = html;
    }

    internal ApiRefusal? Refusal { get; }

    internal bool Cuts { get; }

    internal bool DeliversFirst { get; }

    internal string? Html { get; }

    /// <summary>429 with <c>parameters.retry_after</c>, in seconds.</summary>
    public static ScriptedAnswer TooManyRequests(int retryAfter) => new(ApiRefusal.TooMany(retryAfter));

    /// <summary>500 in Telegram's envelope.</summary>
    public static ScriptedAnswer ServerError { get; } = new(new ApiRefusal(500, "Internal Server Error"));

    /// <summary>502 from a proxy in front of Telegram: HTML, no envelope.</summary>
    public static ScriptedAnswer BadGateway { get; } =
        new(new ApiRefusal(502, "Bad Gateway"), html: "<html><head><title>502 Bad Gateway</title></head></html>");

    /// <summary>403: the person has blocked the bot.</summary>
    public static ScriptedAnswer Blocked { get; } = new(ApiRefusal.Forbidden("bot was blocked by the user"));

    /// <summary>403: the account no longer exists.</summary>
    public static ScriptedAnswer Deactivated { get; } = new(ApiRefusal.Forbidden("user is deactivated"));

    /// <summary>400 with these words after "Bad Request: ".</summary>
    public static ScriptedAnswer BadRequest(string words) => new(ApiRefusal.BadRequest(words));

    /// <summary>The message is delivered and shown, then the connection breaks: the bot cannot know.</summary>
    public static ScriptedAnswer CutAfterDelivery { get; } = new(null, cuts: true, deliversFirst: true);

    /// <summary>The connection breaks and nothing was delivered.</summary>
    public static ScriptedAnswer CutBeforeDelivery { get; } = new(null, cuts: true);
}

/// <summary>Answers in waiting. Each is used once.</summary>
public sealed class AnswerScript
{
    /// <summary>In place of a method's name: the download of a file.</summary>
    public const string Download = "(download)";

    private readonly Lock gate = new();
    private readonly List<(string? Method, ScriptedAnswer Answer)> waiting = [];

    /// <summary>The next <paramref name="times"/> calls of <paramref name="method"/> get this answer; null = of any method but getUpdates.</summary>
    public void Next(ScriptedAnswer answer, string? method = null, int times = 1)
    {
        lock (gate)
        {
            waiting.AddRange(Enumerable.Repeat((method, answer), times));
        }
    }

    /// <summary>Forgets what was not used.</summary>
    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }

    internal ScriptedAnswer? Take(string method)
    {
        lock (gate)
        {
            var index = waiting.FindIndex(entry => entry.Method is null
                ? method != "getUpdates"
                : entry.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                return null;
            }

            var answer = waiting[index].Answer;
            waiting.RemoveAt(index);
            return answer;
        }
    }
}
