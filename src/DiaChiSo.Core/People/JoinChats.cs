using System.Reflection;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>
/// This chat's person and the one who showed the code are one from now on: what belongs to this chat's follows to the other's (drafts, requests,
/// rights, consents, doors), and what is half-filled there can be taken up here. The emptied row stays, with whom it was joined to.
/// </summary>
/// <param name="Code">As <see cref="SpokenCode.TryRead"/> gives it.</param>
/// <param name="Answer">Told whether it was done; false: the code is not good any more.</param>
public sealed record JoinChats(string Code, Action<bool> Answer) : Effect
{
    private bool isDone;

    public override bool IsSubmission => isDone;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var hash = LinkCode.HashOf(scope.Get<Secrets>(), Code);
        if (await db.Set<LinkCode>().FirstOrDefaultAsync(row => row.Hash == hash && row.UsedAt == null && row.Until > scope.Now, ct) is not { } code || code.PersonId == scope.Turn.PersonId)
        {
            Answer(false);
            return;
        }
        code.UsedAt = scope.Now;
        var (from, into) = (await PersonOf(db, scope.Turn.PersonId, ct), await PersonOf(db, code.PersonId, ct));
        foreach (var conversation in await db.Conversations.Where(row => row.PersonId == from.Id).ToListAsync(ct))
        {
            conversation.PersonId = into.Id;
        }
        if (into.EmailVerifiedAt is null)
        {
            (into.Email, into.EmailHash, into.EmailVerifiedAt) = (from.Email, from.EmailHash, from.EmailVerifiedAt);
        }
        (from.Email, from.EmailHash, from.EmailVerifiedAt, from.JoinedTo, from.JoinedAt) = (null, null, null, into.Id, scope.Now);
        await db.SaveChangesAsync(ct);
        await MoveRows(db, from.Id, into.Id, ct);
        await OpenForms.TakeAlong(scope, into.Id, ct);
        scope.Write(AuditAct.ChatsJoined);
        db.Inbox.Add(InnerMail.To(code.ConversationId, $"joined {hash[..16]}", new Noticed("LinkChats", "notice-joined", new Dictionary<string, string>()), scope.Now));
        isDone = true;
        Answer(true);
    }

    private static async Task<Person> PersonOf(BotDb db, long id, CancellationToken ct) =>
        await db.People.FindAsync([id], ct) ?? throw new InvalidOperationException("a person who has a chat is not there");

    // By the mark, not by a list: a table that comes later follows by itself.
    private static async Task MoveRows(BotDb db, long from, long into, CancellationToken ct)
    {
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType != typeof(Conversation)))
        {
            foreach (var column in entity.GetProperties().Where(property => property.PropertyInfo?.GetCustomAttribute<OfPersonAttribute>() is { Follows: true }))
            {
                // Names of our own model; the values are parameters.
                var update = $"UPDATE \"{entity.GetTableName()}\" SET \"{column.GetColumnName()}\" = {{0}} WHERE \"{column.GetColumnName()}\" = {{1}}";
                await db.Database.ExecuteSqlRawAsync(update, [into, from], ct);
            }
        }
    }
}

/// <summary>
/// Takes a chat off: it is a stranger's from now on and sees nothing of what was before, so that a lost phone tells nothing. What was half-filled
/// there stays with the person.
/// </summary>
/// <param name="ConversationId">One of this person's chats; this one too.</param>
public sealed record PartChat(long ConversationId) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var me = scope.Turn.PersonId;
        if (await db.Conversations.FirstOrDefaultAsync(row => row.Id == ConversationId && row.PersonId == me, ct) is not { } conversation)
        {
            return;
        }
        var stranger = new Person { FirstSeenAt = scope.Now };
        db.People.Add(stranger);
        await db.SaveChangesAsync(ct);
        conversation.PersonId = stranger.Id;
        scope.Write(AuditAct.ChatTakenOff);
        if (ConversationId == scope.Turn.ConversationId)
        {
            // The talk of this very turn is the engine's.
            scope.ForgetTalk();
            return;
        }
        await OpenForms.Keep(db, scope.Get<Catalogue>(), conversation.Open().Stack, me, scope.Now, ct);
        conversation.Close(new Talk());
        conversation.Turn++;
        // What was on its way there is told here instead, or not at all.
        foreach (var page in await db.Outbox.Where(row => row.ConversationId == ConversationId && row.Status == RowStatus.Pending).ToListAsync(ct))
        {
            (page.Status, page.Body) = (RowStatus.Parked, "");
        }
        foreach (var news in await db.Inbox.Where(row => row.ConversationId == ConversationId && row.Status == RowStatus.Pending && row.Channel == InnerMail.Channel).ToListAsync(ct))
        {
            news.ConversationId = scope.Turn.ConversationId;
        }
    }
}
