using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>One chat of a person.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Day">The day it was last heard from, in Vietnam, as 22/11.</param>
/// <param name="IsThis">The one that is being talked in.</param>
public sealed record MyChat(long ConversationId, string Channel, string Day, bool IsThis);

/// <summary>What stands behind a code that was typed.</summary>
/// <param name="Channel">Of the chat that shows it.</param>
/// <param name="IsOwn">That chat is this person's already.</param>
public sealed record LinkCodeFound(string Channel, bool IsOwn);

/// <summary>The chats of a person, and the codes that join them.</summary>
public sealed class MyChats(BotDb db, Secrets secrets)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<MyChat>> Of(long personId, long here, CancellationToken ct)
    {
        var rows = await db.Conversations.AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.LastHeardAt).ThenByDescending(row => row.Id)
            .Select(row => new { row.Id, row.Channel, row.LastHeardAt }).ToListAsync(ct);
        return [.. rows.Select(row => new MyChat(row.Id, row.Channel, row.LastHeardAt.ToOffset(TimeSpan.FromHours(7)).ToString("d/M", System.Globalization.CultureInfo.InvariantCulture), row.Id == here))];
    }

    /// <summary>The chat behind a code that is still good; null: there is none.</summary>
    public async Task<LinkCodeFound?> Find(string code, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var hash = LinkCode.HashOf(secrets, code);
        return await db.Set<LinkCode>().AsNoTracking().Where(row => row.Hash == hash && row.UsedAt == null && row.Until > now)
            .Join(db.Conversations.AsNoTracking(), row => row.ConversationId, conversation => conversation.Id, (row, conversation) => new LinkCodeFound(conversation.Channel, conversation.PersonId == personId))
            .FirstOrDefaultAsync(ct);
    }
}
