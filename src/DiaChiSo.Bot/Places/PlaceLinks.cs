using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Places;

/// <summary>What a one-time address is good for at this moment.</summary>
public enum PlaceLinkState
{
    /// <summary>A place may be handed over.</summary>
    Open,

    /// <summary>A place was handed over.</summary>
    Used,

    /// <summary>Its time is over.</summary>
    Over,

    /// <summary>There is no such address, or there was one long ago.</summary>
    Unknown,
}

/// <summary>
/// One-time addresses under which a person hands over a position, for channels that bring none (channels.md §2b): 128 random bits, good once and
/// for <see cref="Limits.PlaceLinkValid"/>. The page behind them is <see cref="PositionPage"/>.
/// </summary>
public sealed class PlaceLinks(IServiceScopeFactory scopes, WriteGate gate, Inbox inbox, WebSettings web, TimeProvider time)
{
    /// <summary>vt: vị trí.</summary>
    public const string Path = "/vt/";

    // One server works on a data folder, so that looking and marking can be one step in here. The mark itself is written with the place, in one transaction.
    private readonly SemaphoreSlim handingOver = new(1, 1);

    /// <summary>
    /// A fresh absolute address for this conversation. It begins with <c>Web:PublicUrl</c>, or with <c>Web:Url</c> where that is not set: whether
    /// the person's phone can reach it is the caller's question.
    /// </summary>
    public async Task<string> LinkOf(long conversationId, CancellationToken ct)
    {
        var id = LinkId.New();
        using (await gate.Enter(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            db.Add(new PlaceLink { Hash = LinkId.HashOf(id), ConversationId = conversationId, Until = time.GetUtcNow() + Limits.PlaceLinkValid });
            await db.SaveChangesAsync(ct);
        }
        return web.LinkBase + Path + id;
    }

    internal async Task<(PlaceLinkState State, Conversation? Of)> Look(string id, CancellationToken ct)
    {
        if (id.Length != LinkId.Length)
        {
            return (PlaceLinkState.Unknown, null);
        }
        var hash = LinkId.HashOf(id);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var found = await db.Set<PlaceLink>().AsNoTracking().Where(row => row.Hash == hash)
            .Join(db.Conversations.AsNoTracking(), link => link.ConversationId, conversation => conversation.Id, (link, conversation) => new { link, conversation })
            .FirstOrDefaultAsync(ct);
        return found switch
        {
            null => (PlaceLinkState.Unknown, null),
            { link.UsedAt: not null } => (PlaceLinkState.Used, null),
            { link.Until: var until } when until <= time.GetUtcNow() => (PlaceLinkState.Over, null),
            _ => (PlaceLinkState.Open, found.conversation),
        };
    }

    /// <summary>
    /// Puts the place into the conversation's inbox, once. Returns what the address was before: only <see cref="PlaceLinkState.Open"/> handed it over.
    /// The other addresses of this conversation end with it: they belong to the same question (a page that was sent twice has two).
    /// </summary>
    internal async Task<PlaceLinkState> HandOver(string id, SharedPlace place, CancellationToken ct)
    {
        await handingOver.WaitAsync(ct);
        try
        {
            var (state, conversation) = await Look(id, ct);
            if (conversation is not null)
            {
                // Not the request's token from here on: a phone that hangs up early has still handed it over.
                await inbox.Accept(conversation.Channel, conversation.ChatKey, "vt " + LinkId.HashOf(id)[..32], place, conversation.Language, CancellationToken.None,
                    db => End(db, conversation.Id));
            }
            return state;
        }
        finally
        {
            handingOver.Release();
        }
    }

    private Task End(BotDb db, long conversationId)
    {
        var now = time.GetUtcNow();
        return db.Set<PlaceLink>().Where(row => row.ConversationId == conversationId && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now));
    }
}
