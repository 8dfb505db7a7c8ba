using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// What a reviewer sees: a wall on purpose. Everything behind it is asked with the reviewer's name, and gives only the communes in which
/// the right holds now. It shows personal data; who names it in a constructor says so.
/// </summary>
public interface IReviewQueue
{
    /// <summary>What waits for this reviewer: in their own hands first, then the longest waiting. Own requests and those in other hands are left out.</summary>
    /// <param name="skip">So many are left out from the beginning: the pages before.</param>
    Task<IReadOnlyList<WaitingRequest>> Waiting(long reviewerId, QueueFilter filter, DateTimeOffset now, int skip, int most, CancellationToken ct);

    /// <summary>How many wait, and of which kind and commune; all of them, without a filter.</summary>
    Task<QueueCounts> Count(long reviewerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Waiting updates that one look may decide: alike, unconflicted, without anybody's data. The largest groups first.</summary>
    Task<IReadOnlyList<AlikeRequests>> Alike(long reviewerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>One request, whatever its status; null: none of this number in the reviewer's communes. Also one's own, marked so.</summary>
    Task<ReviewedRequest?> Find(long reviewerId, string number, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Which part of the queue is shown. Nothing set: everything that waits to be answered.</summary>
/// <param name="Commune">Code of a commune of today.</param>
/// <param name="IsOverdue">Only what waits longer than <see cref="Limits.AnswerWithinWorkingDays"/>.</param>
/// <param name="WaitsForCode">Instead: what was approved and waits for its code.</param>
public sealed record QueueFilter(RequestKind? Kind = null, string? Commune = null, bool IsOverdue = false, bool WaitsForCode = false)
{
    public static readonly QueueFilter None = new();
}

/// <summary>How many wait.</summary>
/// <param name="Parts">By kind, commune and age; what waits for a code is among them, marked so.</param>
public sealed record QueueCounts(IReadOnlyList<QueuePart> Parts)
{
    public int Of(QueueFilter filter) => Parts.Where(part =>
        part.WaitsForCode == filter.WaitsForCode
        && (filter.Kind is null || part.Kind == filter.Kind)
        && (filter.Commune is null || part.Commune == filter.Commune)
        && (!filter.IsOverdue || part.IsOverdue)).Sum(part => part.Count);
}

/// <summary>So many of one kind, one commune (code of today) and one age.</summary>
public sealed record QueuePart(RequestKind Kind, string Commune, bool IsOverdue, bool WaitsForCode, int Count);

/// <summary>One line of the queue.</summary>
/// <param name="Place">Village or street, and today's commune: "Thôn Háng Là, xã Sín Chải".</param>
/// <param name="IsOverdue">It waits longer than <see cref="Limits.AnswerWithinWorkingDays"/>.</param>
public sealed record WaitingRequest(string Number, RequestKind Kind, string Place, DateTimeOffset SentAt, bool IsInMyHands, bool IsOverdue);

/// <summary>A request as its reviewer sees it.</summary>
/// <param name="Target">For an update: the address as it is now; null when it is gone.</param>
/// <param name="Now">For an update: what the register has now, people and a home's name included.</param>
/// <param name="Then">For an update: the same as it was when the requester saw the address.</param>
/// <param name="Conflicts">For an update: wished fields that were changed since the requester saw the address.</param>
/// <param name="Rivals">For an update: other open requests that wish to change the same fields of the same address.</param>
/// <param name="Reason">What was answered last; with status Sent it is what more was wanted.</param>
/// <param name="Language">In which the requester is answered.</param>
/// <param name="IsInMyHands">This reviewer may decide it.</param>
/// <param name="IsInOtherHands">Another reviewer has it, and has not held it too long.</param>
/// <param name="MayBeTakenBack">This reviewer answered it minutes ago (<see cref="Limits.UndoWithin"/>).</param>
public sealed record ReviewedRequest(
    string Number, RequestKind Kind, RequestStatus Status, RequestBody Body, AdministrativeUnit Commune, PublicAddress? Target, RequestBody? Now, RequestBody? Then,
    IReadOnlyList<RequestField> Conflicts, IReadOnlyList<RivalRequest> Rivals, DateTimeOffset SentAt, string? Reason, string Language,
    bool IsOwn, bool IsInMyHands, bool IsInOtherHands, bool MayBeTakenBack)
{
    public override string ToString() => $"{Number} {Status}";
}

/// <summary>Another open request about the same address.</summary>
/// <param name="Fields">Those that both wish to change.</param>
public sealed record RivalRequest(string Number, IReadOnlyList<RequestField> Fields, RequestBody Body)
{
    public override string ToString() => Number;
}
