using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

internal sealed class ReviewQueue(BotDb db, Policy policy, AdministrativeUnits units, WorkingTime time) : IReviewQueue
{
    public async Task<IReadOnlyList<WaitingRequest>> Waiting(long reviewerId, QueueFilter filter, DateTimeOffset now, int skip, int most, CancellationToken ct)
    {
        if (await Rows(reviewerId, filter.WaitsForCode, now, ct) is not { } rows)
        {
            return [];
        }
        var overdue = OverdueBy(now);
        rows = filter.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = filter.Commune is { } commune ? rows.Where(row => row.Commune == commune) : rows;
        rows = filter.IsOverdue ? rows.Where(row => row.SentAt <= overdue) : rows;
        var page = await rows.OrderByDescending(row => row.ClaimedBy == reviewerId).ThenBy(row => row.SentAt).ThenBy(row => row.Id).Skip(skip).Take(most).ToListAsync(ct);
        return [.. page.Select(row => new WaitingRequest(row.Number, row.Kind, PlaceOf(row), row.SentAt, row.ClaimedBy == reviewerId, !filter.WaitsForCode && row.SentAt <= overdue))];
    }

    public async Task<QueueCounts> Count(long reviewerId, DateTimeOffset now, CancellationToken ct)
    {
        var overdue = OverdueBy(now);
        var parts = new List<QueuePart>();
        foreach (var waitsForCode in (bool[])[false, true])
        {
            if (await Rows(reviewerId, waitsForCode, now, ct) is { } rows)
            {
                parts.AddRange(await Parts(rows.Where(row => row.SentAt > overdue), isOverdue: false, waitsForCode, ct));
                parts.AddRange(await Parts(rows.Where(row => row.SentAt <= overdue), isOverdue: true, waitsForCode, ct));
            }
        }
        return new(parts);
    }

    public async Task<IReadOnlyList<AlikeRequests>> Alike(long reviewerId, DateTimeOffset now, CancellationToken ct)
    {
        if (await Rows(reviewerId, waitsForCode: false, now, ct) is not { } rows)
        {
            return [];
        }
        var updates = await rows.Where(row => row.Kind == RequestKind.Update).OrderBy(row => row.SentAt).ThenBy(row => row.Id).Take(Limits.AlikeLookedThrough).ToListAsync(ct);
        var found = new List<(AlikeChange Change, AlikeRequest Request)>();
        foreach (var row in updates)
        {
            if (await AlikeChange.Of(db, row, reviewerId, ct) is { } alike)
            {
                found.Add((alike.Change, new AlikeRequest(row.Number, row.TargetCode!.Value, PlaceOf(row), row.Version, alike.AddressVersion)));
            }
        }
        return [.. found.GroupBy(one => one.Change).Where(group => group.Count() > 1).OrderByDescending(group => group.Count())
            .Select(group => new AlikeRequests(group.Key, [.. group.Select(one => one.Request).Take(Limits.AlikeAtOnce)], group.Count())).Take(Limits.AlikeGroups)];
    }

    public async Task<ReviewedRequest?> Find(long reviewerId, string number, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<Request>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number, ct) is not { } request
            || !await policy.May(reviewerId, Right.Review, now, request.Commune, ct))
        {
            return null;
        }
        var address = request.TargetCode is { } code ? await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, ct) : null;
        var isHeld = request.ClaimedBy is not null && request.ClaimedAt + Limits.ClaimHeld > now;
        var since = address is null || !RequestLifecycle.IsOpen(request.Status) ? null : await ChangedMeanwhile.Since(db, request, request.Body, address, ct);
        return new ReviewedRequest(
            request.Number, request.Kind, request.Status, request.Body, units[new UnitKey(UnitSystem.Since2025, request.Commune)],
            address?.ToPublic(units), address is null ? null : AddressAsItIs.Of(address), since?.Then, since?.Fields ?? [], await RivalsOf(reviewerId, request, now, ct),
            request.SentAt, request.Reason, request.Language,
            IsOwn: await FourEyes.IsOwn(db, request, reviewerId, ct),
            IsInMyHands: request.Status == RequestStatus.BeingVerified && request.ClaimedBy == reviewerId,
            IsInOtherHands: request.Status == RequestStatus.BeingVerified && request.ClaimedBy != reviewerId && isHeld,
            MayBeTakenBack: request.DecidedBy == reviewerId && request.DecidedAt + Limits.UndoWithin > now && new RequestLifecycle(request).Permits(RequestStep.TakeBack));
    }

    /// <summary>What was sent by then waits too long.</summary>
    private DateTimeOffset OverdueBy(DateTimeOffset now) => time.DaysBefore(now, Limits.AnswerWithinWorkingDays);

    private static async Task<IEnumerable<QueuePart>> Parts(IQueryable<Request> rows, bool isOverdue, bool waitsForCode, CancellationToken ct) =>
        (await rows.GroupBy(row => new { row.Kind, row.Commune }).Select(group => new { group.Key.Kind, group.Key.Commune, Count = group.Count() }).ToListAsync(ct))
            .Select(part => new QueuePart(part.Kind, part.Commune, isOverdue, waitsForCode, part.Count));

    private async Task<IReadOnlyList<RivalRequest>> RivalsOf(long reviewerId, Request request, DateTimeOffset now, CancellationToken ct)
    {
        if (request.TargetCode is not { } code || !RequestLifecycle.IsOpen(request.Status))
        {
            return [];
        }
        var others = await db.Set<Request>().AsNoTracking()
            .Where(row => row.TargetCode == code && row.Number != request.Number
                && (row.Status == RequestStatus.Sent || row.Status == RequestStatus.BeingVerified || row.Status == RequestStatus.MoreWanted))
            .OrderBy(row => row.SentAt).Take(Limits.QueueShown).ToListAsync(ct);
        var rivals = new List<RivalRequest>();
        foreach (var other in others)
        {
            var both = request.Body.Changed.Intersect(other.Body.Changed).ToList();
            if (both.Count > 0 && await policy.May(reviewerId, Right.Review, now, other.Commune, ct))
            {
                rivals.Add(new(other.Number, both, other.Body));
            }
        }
        return rivals;
    }

    private async Task<IQueryable<Request>?> Rows(long reviewerId, bool waitsForCode, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await policy.GrantsOf(reviewerId, Right.Review, now, ct);
        if (grants.Count == 0)
        {
            return null;
        }
        var heldTooLong = now - Limits.ClaimHeld;
        var rows = db.Set<Request>().AsNoTracking().Where(row => row.PersonId != reviewerId
            && !db.Set<Ownership>().Any(own => own.PersonId == reviewerId && own.EndedAt == null && own.Code == row.TargetCode));
        rows = waitsForCode
            ? rows.Where(row => row.Status == RequestStatus.WaitingForCode)
            : rows.Where(row => row.Status == RequestStatus.Sent || (row.Status == RequestStatus.BeingVerified && (row.ClaimedBy == reviewerId || row.ClaimedAt <= heldTooLong)));
        if (grants.Any(grant => grant.Area == "*"))
        {
            return rows;
        }
        var communes = grants.SelectMany(grant => grant.Area.Split(' ')).Distinct().ToList();
        return rows.Where(row => communes.Contains(row.Commune));
    }

    private string PlaceOf(Request row)
    {
        var detail = row.Body.Detail ?? row.Body.Seen?.Detail;
        var commune = units.Find(new UnitKey(UnitSystem.Since2025, row.Commune))?.InLine ?? row.Commune;
        return (detail?.Village ?? detail?.Street) is { } near ? $"{near}, {commune}" : commune;
    }
}
