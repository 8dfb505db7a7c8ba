using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Store;

/// <summary>
/// How long each table is kept, in one place (Law 91/2025/QH15: no longer than the purpose needs). Every table of the model stands here, in
/// <see cref="Rules"/> or in <see cref="Kept"/>; a test sees to it. Where a rule names no law its period is this project's choice, and the operator's to change.
/// </summary>
public static class Retention
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>What goes, after how long, and why.</summary>
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        Delete<InboxRow>("handled messages", Limits.InboxKept, "a repeated message must be known again; its words are gone as soon as it is handled",
            (db, before) => db.Inbox.Where(row => row.Status != RowStatus.Pending && row.ReceivedAt < before).OrderBy(row => row.Id)),
        Delete<OutboxRow>("messages that were sent", Limits.SentKept, "the operator may have to see what was not sent; the words are gone as soon as it is",
            (db, before) => db.Outbox.Where(row => row.Status != RowStatus.Pending && row.CreatedAt < before).OrderBy(row => row.Id)),
        Delete<MailRow>("mails that were sent", Limits.SentKept, "the operator may have to see what was not sent; the words are gone as soon as it is",
            (db, before) => db.Mails.Where(row => row.Status != RowStatus.Pending && row.CreatedAt < before).OrderBy(row => row.Id)),
        Delete<DraftRow>("half-filled forms", Limits.DraftsKept, "who stops may go on after days (domain.md §7); after that nobody does",
            (db, before) => db.Drafts.Where(row => row.SavedAt < before).OrderBy(row => row.Id)),
        Delete<Door>("doors that were shut", Limits.ClosedDoorsKept, "until then an old button says that the matter is settled",
            (db, before) => db.Doors.Where(row => row.ClosedAt != null && row.ClosedAt < before).OrderBy(row => row.Id)),
        Delete<WebActivity>("what was said on our own page", Limits.WebActivitiesKept, "a browser reads the talk again; no other server keeps it",
            (db, before) => db.WebActivities.Where(row => row.At < before && db.WebActivities.Any(newer => newer.ChatKey == row.ChatKey && newer.Sequence > row.Sequence)).OrderBy(row => row.Id)),
        // The newest row of a conversation keeps its number, so that a browser's old watermark stays right; its words go.
        Empty<WebActivity>("the last that was said there", Limits.WebActivitiesKept, "as above; only the number is still needed",
            (db, before) => db.WebActivities.Where(row => row.At < before && row.Key != WebActivity.Emptied).OrderBy(row => row.Id),
            (row, _) => (row.Body, row.Key) = ("", WebActivity.Emptied)),
        Delete<LinkCode>("codes that join two chats", TimeSpan.Zero, "good for ten minutes, and of no use after", (db, before) => db.Set<LinkCode>().Where(row => row.Until < before).OrderBy(row => row.Hash)),
        Delete<SpokenTry>("wrong codes, and letters of invites", Day, "the limit counts an hour", (db, before) => db.Set<SpokenTry>().Where(row => row.At < before).OrderBy(row => row.Id)),
        Delete<ProofTry>("wrong proofs of an address", Day, "the limit counts an hour", (db, before) => db.Set<ProofTry>().Where(row => row.At < before).OrderBy(row => row.Id)),
        Delete<EmailCode>("codes that went to an e-mail", Day, "the limits count a day; the row holds hashes only", (db, before) => db.Set<EmailCode>().Where(row => row.SentAt < before).OrderBy(row => row.Id)),
        Delete<MediaLink>("addresses of pictures", TimeSpan.Zero, "good for ten minutes, and of no use after", (db, before) => db.Set<MediaLink>().Where(row => row.Until < before).OrderBy(row => row.Hash)),
        Delete<PlaceLink>("one-time pages for a position", Limits.PlaceLinkRemembered, "who opens it again is told what became of it", (db, before) => db.Set<PlaceLink>().Where(row => row.Until < before).OrderBy(row => row.Hash)),
        Empty<Request>("what a settled request held of a person and a place", TimeSpan.FromDays(180), "the answer can be asked about for half a year; what was approved stands in the register. Number, kind, code and outcome stay",
            (db, before) => db.Set<Request>().Where(row => row.EmptiedAt == null && row.SentAt < before && (row.DecidedAt == null || row.DecidedAt < before)
                && (row.Status == RequestStatus.Rejected || row.Status == RequestStatus.Duplicate || row.Status == RequestStatus.Withdrawn
                    || (row.Status == RequestStatus.Approved && (row.Kind == RequestKind.Update || row.IssuedCode != null)))).OrderBy(row => row.Id),
            (row, now) => row.Empty(now)),
        Delete<Announcement>("that somebody was told of what is overdue", Limits.AnnouncementsKept, "once a day is enough; after a month nobody asks",
            (db, before) => db.Set<Announcement>().Where(row => row.Day < before.DayInVietnam()).OrderBy(row => row.Id)),
        Delete<TicketWord>("what was said on a ticket that ended", Limits.TicketsKept, "somebody may come back to it; then it has served",
            (db, before) => db.Set<TicketWord>().Where(row => db.Set<Ticket>().Any(ticket => ticket.Id == row.TicketId && ticket.ClosedAt != null && ticket.ClosedAt < before)).OrderBy(row => row.Id)),
        Delete<Ticket>("tickets that ended", Limits.TicketsKept, "as long as what was said on them",
            (db, before) => db.Set<Ticket>().Where(row => row.ClosedAt != null && row.ClosedAt < before && !db.Set<TicketWord>().Any(word => word.TicketId == row.Id)).OrderBy(row => row.Id)),
        Delete<Invite>("invites", Year, "who gave a right to whom, and by which of them; the row holds hashes only, and the right is a row of its own",
            (db, before) => db.Set<Invite>().Where(row => row.Until < before).OrderBy(row => row.Id)),
        Delete<Nomination>("nominations that were decided", Year, "name and phone of somebody who was named: until the yearly report is written, no longer",
            (db, before) => db.Set<Nomination>().Where(row => (row.Status == NominationStatus.Granted || row.Status == NominationStatus.Declined) && row.StatusAt < before).OrderBy(row => row.Id)),
        Delete<DataRequest>("data requests that are settled", 2 * Year, "that the law's deadlines were kept must be provable (Law 91/2025/QH15, domain.md §6)",
            (db, before) => db.Set<DataRequest>().Where(row => row.SettledAt != null && row.SettledAt < before).OrderBy(row => row.Id)),
        Delete<Ownership>("ownerships that ended", 2 * Year, "who could see a record, and when, may be asked later",
            (db, before) => db.Set<Ownership>().Where(row => row.EndedAt != null && row.EndedAt < before).OrderBy(row => row.Id)),
        Delete<Consent>("consents that were taken back", 2 * Year, "a consent must be provable as long as what rested on it may be questioned (Law 91/2025/QH15)",
            (db, before) => db.Set<Consent>().Where(row => row.WithdrawnAt != null && row.WithdrawnAt < before).OrderBy(row => row.Id)),
        Delete<ConsentText>("words that no consent rests on", Year, "kept as long as somebody's consent needs them", (db, before) =>
            db.Set<ConsentText>().Where(row => row.FirstReadAt < before && !db.Set<Consent>().Any(consent => consent.Version == row.Version)).OrderBy(row => row.Version)),
    ];

    /// <summary>What stays, and why.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Kept = new Dictionary<Type, string>
    {
        [typeof(Conversation)] = "a chat is known by its row; what is half-filled in it goes with the consent, by /xoadulieu, and never leaves the chat",
        [typeof(Person)] = "a number; the e-mail in it goes by /xoadulieu, and the audit needs to say that somebody was somebody",
        [typeof(TimerRow)] = "each row goes when it rings",
        [typeof(ChannelNote)] = "one row for each matter of a channel (tokens, counts, where a chat is reached), written over and over",
        [typeof(RoleGrant)] = "who held which right, where and when: every decision rests on it",
        [typeof(DigitalAddress)] = "the register is the office's record, and the bot only its desk",
        [typeof(RegisterChange)] = "what changed an address is part of the office's record",
        [typeof(RegisterImport)] = "which hand-over brought what; needed to take it back",
        [typeof(RegisterExport)] = "which export had what, so that nothing is handed over twice; it holds no person",
        [typeof(ExportItem)] = "as above: a number, a code, a date",
        [typeof(Confirmation)] = "the minutes of a visit are the office's record: two signed copies lie on paper (the plan, step 5)",
        [typeof(AuditRow)] = "who did or saw what must be answerable (design.md §5); no words of anybody are in it, and nobody may change it",
        [typeof(Sequence)] = "running numbers",
    };

    private static RetentionRule Delete<T>(string rows, TimeSpan after, string why, Func<BotDb, DateTimeOffset, IQueryable<T>> old) where T : class =>
        new RetentionRule<T>(rows, after, why, old, null);

    private static RetentionRule Empty<T>(string rows, TimeSpan after, string why, Func<BotDb, DateTimeOffset, IQueryable<T>> old, Action<T, DateTimeOffset> empty) where T : class =>
        new RetentionRule<T>(rows, after, why, old, empty);
}

/// <summary>One line of the table.</summary>
/// <param name="Table">The entity.</param>
/// <param name="Rows">Which of its rows.</param>
/// <param name="After">How long they are kept from the time that the rule looks at.</param>
/// <param name="Why">The reason, with the paragraph where there is one.</param>
public abstract record RetentionRule(Type Table, string Rows, TimeSpan After, string Why)
{
    /// <summary>Deletes or empties some. Returns how many; fewer than <paramref name="most"/>: there are no more.</summary>
    public abstract Task<int> Apply(BotDb db, DateTimeOffset now, int most);
}

internal sealed record RetentionRule<T>(string Rows, TimeSpan After, string Why, Func<BotDb, DateTimeOffset, IQueryable<T>> Old, Action<T, DateTimeOffset>? Empty)
    : RetentionRule(typeof(T), Rows, After, Why) where T : class
{
    public override async Task<int> Apply(BotDb db, DateTimeOffset now, int most)
    {
        var old = Old(db, now - After).Take(most);
        if (Empty is null)
        {
            return await old.ExecuteDeleteAsync();
        }
        var rows = await old.ToListAsync();
        rows.ForEach(row => Empty(row, now));
        await db.SaveChangesAsync();
        return rows.Count;
    }
}
