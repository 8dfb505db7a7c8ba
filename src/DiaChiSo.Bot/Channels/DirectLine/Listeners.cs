using DiaChiSo.Core.Store;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Who listens to a conversation right now: the open sockets of this process. They are only woken; what there is to hear they read from the log.</summary>
public sealed class Listeners
{
    /// <summary>Our own page in several tabs, and the sockets that a poor network left behind.</summary>
    public const int MostOfOwnPage = 4;

    /// <summary>As Direct Line: of another client the last socket counts.</summary>
    public const int MostOfOthers = 1;

    private readonly Lock guard = new();
    private readonly Dictionary<string, List<Listener>> byConversation = [];

    /// <param name="conversationId">Which.</param>
    /// <param name="most">As many at the same time; of more, the oldest is let go.</param>
    public Listener Add(string conversationId, int most)
    {
        var added = new Listener();
        lock (guard)
        {
            if (!byConversation.TryGetValue(conversationId, out var here))
            {
                byConversation[conversationId] = here = [];
            }
            here.Add(added);
            while (here.Count > most)
            {
                here[0].LetGo();
                here.RemoveAt(0);
            }
        }
        return added;
    }

    public void Remove(string conversationId, Listener listener)
    {
        lock (guard)
        {
            if (byConversation.TryGetValue(conversationId, out var here) && here.Remove(listener) && here.Count == 0)
            {
                byConversation.Remove(conversationId);
            }
        }
        listener.LetGo();
    }

    /// <summary>There is something new in the log.</summary>
    public void Wake(string conversationId) => Each(conversationId, listener => listener.Nudge.Set());

    /// <summary>The bot is at it; told to sockets only and kept nowhere, as by Direct Line.</summary>
    public void Typing(string conversationId) => Each(conversationId, listener =>
    {
        listener.IsTyping = true;
        listener.Nudge.Set();
    });

    private void Each(string conversationId, Action<Listener> tell)
    {
        lock (guard)
        {
            byConversation.GetValueOrDefault(conversationId)?.ForEach(tell);
        }
    }
}

/// <summary>One open socket.</summary>
public sealed class Listener
{
    private readonly CancellationTokenSource gone = new();

    public Nudge Nudge { get; } = new();

    public volatile bool IsTyping;

    /// <summary>Cancelled when another socket took its place.</summary>
    public CancellationToken Gone => gone.Token;

    public void LetGo() => gone.Cancel();
}
