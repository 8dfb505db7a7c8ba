using System.Collections.Concurrent;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Channels;

/// <summary>A group that addresses the bot gets one sentence, at most every <see cref="Limits.GroupSentenceEvery"/>. In memory: after a restart it may come once more.</summary>
internal sealed class GroupPace(TimeProvider time)
{
    private const int GroupsRemembered = 10_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> lastSaid = [];

    /// <summary>True where the sentence is due in this group; it counts as said from now on.</summary>
    public bool IsTimeAgain(string group)
    {
        var now = time.GetUtcNow();
        if (lastSaid.Count >= GroupsRemembered)
        {
            lastSaid.Clear();
        }
        if (lastSaid.TryGetValue(group, out var last) && now - last < Limits.GroupSentenceEvery)
        {
            return false;
        }
        lastSaid[group] = now;
        return true;
    }
}
