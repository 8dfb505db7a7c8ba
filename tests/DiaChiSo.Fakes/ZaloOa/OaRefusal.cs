namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>An <c>error</c> other than 0, with HTTP 200 as Zalo does it.</summary>
internal sealed class OaRefusal(int error, string words) : Exception(words)
{
    public int Error { get; } = error;

    public static OaRefusal Parameter(string words) => new(-201, words);
}

/// <summary>One answer that is decided before the call comes.</summary>
public sealed record OaAnswer
{
    /// <summary>The number in <c>error</c>; 0: as it would be.</summary>
    public int Error { get; private init; }

    public string Words { get; private init; } = "";

    /// <summary>Another HTTP status than 200, with a page of HTML; 0: none.</summary>
    public int Status { get; private init; }

    /// <summary>The connection breaks.</summary>
    public bool Cuts { get; private init; }

    /// <summary>What was asked is done first.</summary>
    public bool DoesItFirst { get; private init; }

    public static OaAnswer Refused(int error, string words = "made up by a test") => new() { Error = error, Words = words };

    public static OaAnswer Http(int status) => new() { Status = status };

    /// <summary>It is done, then the connection breaks: the bot cannot know.</summary>
    public static OaAnswer CutAfterwards { get; } = new() { Cuts = true, DoesItFirst = true };

    /// <summary>The connection breaks and nothing was done.</summary>
    public static OaAnswer CutBefore { get; } = new() { Cuts = true };
}

/// <summary>Answers in waiting. Each is used once.</summary>
public sealed class OaScript
{
    private readonly Lock gate = new();
    private readonly List<(string Call, Func<OaRequest, bool>? Only, OaAnswer Answer)> waiting = [];

    /// <param name="call">How the path ends: <c>message/cs</c>, <c>upload/image</c>, <c>upload/file</c>, <c>access_token</c>, <c>photo</c>.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="times">The next so many calls.</param>
    /// <param name="only">Only those calls.</param>
    public void Next(string call, OaAnswer answer, int times = 1, Func<OaRequest, bool>? only = null)
    {
        lock (gate)
        {
            waiting.AddRange(Enumerable.Repeat((call, only, answer), times));
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

    internal OaAnswer? Take(OaRequest request)
    {
        lock (gate)
        {
            var index = waiting.FindIndex(entry => request.Call.EndsWith(entry.Call, StringComparison.Ordinal) && entry.Only?.Invoke(request) != false);
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
