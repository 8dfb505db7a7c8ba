using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.Connector.Send;

/// <summary>
/// Callers that wait for the answer in their response (<c>deliveryMode: expectReplies</c>): what is sent to their chat meanwhile goes to them. What
/// comes later goes the normal way.
/// </summary>
internal sealed class ExpectedReplies(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Callers give up after some 15 seconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);

    private readonly Lock guard = new();
    private readonly Dictionary<string, List<Waiting>> byChat = [];
    private readonly TimeProvider time = clock;

    public Waiting Open(string chatKey)
    {
        var waiting = new Waiting(this, chatKey);
        lock (guard)
        {
            if (!byChat.TryGetValue(chatKey, out var here))
            {
                byChat[chatKey] = here = [];
            }
            here.Add(waiting);
        }
        return waiting;
    }

    /// <summary>False: nobody waits.</summary>
    public bool Give(string chatKey, IReadOnlyList<Activity> activities)
    {
        lock (guard)
        {
            if (byChat.GetValueOrDefault(chatKey) is not [var first, ..])
            {
                return false;
            }
            first.Given.AddRange(activities);
            return true;
        }
    }

    /// <summary>One caller. From its end on nothing is given to it any more.</summary>
    internal sealed class Waiting(ExpectedReplies replies, string chatKey) : IDisposable
    {
        internal List<Activity> Given { get; } = [];

        /// <summary>Waits until the turn is over and all of it was given, or its patience is at an end.</summary>
        public async Task<IReadOnlyList<Activity>> Gather(string incomingKey)
        {
            var until = replies.time.GetUtcNow() + Patience;
            while (replies.time.GetUtcNow() < until && !await replies.IsOver(chatKey, incomingKey))
            {
                await Task.Delay(LookEvery, replies.time);
            }
            Dispose();
            return Given;
        }

        public void Dispose()
        {
            lock (replies.guard)
            {
                if (replies.byChat.TryGetValue(chatKey, out var here) && here.Remove(this) && here.Count == 0)
                {
                    replies.byChat.Remove(chatKey);
                }
            }
        }
    }

    private async Task<bool> IsOver(string chatKey, string incomingKey)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        return !await db.Inbox.AnyAsync(row => row.Channel == ConnectorLine.Channel && row.IncomingKey == incomingKey && row.Status == RowStatus.Pending)
            && !await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending
                && db.Conversations.Any(chat => chat.Id == row.ConversationId && chat.Channel == ConnectorLine.Channel && chat.ChatKey == chatKey));
    }
}
