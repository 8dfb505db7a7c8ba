using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// What a reviewer sees: a wall on purpose. Everything behind it is asked with the reviewer's name, and gives only the communes in which
/// the right holds now. It shows personal data; who names it in a constructor says so.
/// </summary>
public interface IReviewQueue
{
    /// <summary>What waits for this reviewer: in their own hands first, then the longest waiting. Own requests and those in other hands are left out.</summary>
    Task<IReadOnlyList<WaitingRequest>> Waiting(long reviewerId, DateTimeOffset now, int most, CancellationToken ct);

    /// <summary>How many wait, also beyond <c>most</c>.</summary>
    Task<int> Count(long reviewerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>One request, whatever its status; null: none of this number in the reviewer's communes. Also one's own, marked so.</summary>
    Task<ReviewedRequest?> Find(long reviewerId, string number, DateTimeOffset now, CancellationToken ct);
}

/// <summary>One line of the queue.</summary>
/// <param name="Place">Village or street, and today's commune: "Thôn Háng Là, xã Sín Chải".</param>
public sealed record WaitingRequest(string Number, RequestKind Kind, string Place, DateTimeOffset SentAt, bool IsInMyHands);

/// <summary>A request as its reviewer sees it.</summary>
/// <param name="Target">For an update: the address as it is now; null when it is gone.</param>
/// <param name="Now">For an update: what the register has now, people and a home's name included.</param>
/// <param name="Conflicts">For an update: wished fields that were changed since the requester saw the address.</param>
/// <param name="Reason">What was answered last; with status Sent it is what more was wanted.</param>
/// <param name="Language">In which the requester is answered.</param>
/// <param name="IsInMyHands">This reviewer may decide it.</param>
/// <param name="IsInOtherHands">Another reviewer has it, and has not held it too long.</param>
public sealed record ReviewedRequest(
    string Number, RequestKind Kind, RequestStatus Status, RequestBody Body, AdministrativeUnit Commune, PublicAddress? Target, RequestBody? Now,
    IReadOnlyList<RequestField> Conflicts, DateTimeOffset SentAt, string? Reason, string Language, bool IsOwn, bool IsInMyHands, bool IsInOtherHands)
{
    public override string ToString() => $"{Number} {Status}";
}

internal sealed class ReviewQueue(BotDb db, Policy policy, AdministrativeUnits units) : IReviewQueue
{
    public async Task<IReadOnlyList<WaitingRequest>> Waiting(long reviewerId, DateTimeOffset now, int most, CancellationToken ct)
    {
        if (await WaitingRows(reviewerId, now, ct) is not { } waiting)
        {
            return [];
        }
        var rows = await waiting.OrderByDescending(row => row.ClaimedBy == reviewerId).ThenBy(row => row.SentAt).ThenBy(row => row.Id).Take(most).ToListAsync(ct);
        return [.. rows.Select(row => new WaitingRequest(row.Number, row.Kind, PlaceOf(row), row.SentAt, row.ClaimedBy == reviewerId))];
    }

    public async Task<int> Count(long reviewerId, DateTimeOffset now, CancellationToken ct) =>
        await WaitingRows(reviewerId, now, ct) is { } waiting ? await waiting.CountAsync(ct) : 0;

    public async Task<ReviewedRequest?> Find(long reviewerId, string number, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<Request>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number, ct) is not { } request
            || !await policy.May(reviewerId, Right.Review, now, request.Commune, ct))
        {
            return null;
        }
        var address = request.TargetCode is { } code ? await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, ct) : null;
        var isHeld = request.ClaimedBy is not null && request.ClaimedAt + Limits.ClaimHeld > now;
        return new ReviewedRequest(
            request.Number, request.Kind, request.Status, request.Body, units[new UnitKey(UnitSystem.Since2025, request.Commune)],
            address?.ToPublic(units), address is null ? null : AsItIs(address),
            address is null || !RequestLifecycle.IsOpen(request.Status) ? [] : await ChangedMeanwhile.Among(db, request, address, ct),
            request.SentAt, request.Reason, request.Language,
            IsOwn: request.PersonId == reviewerId,
            IsInMyHands: request.Status == RequestStatus.BeingVerified && request.ClaimedBy == reviewerId,
            IsInOtherHands: request.Status == RequestStatus.BeingVerified && request.ClaimedBy != reviewerId && isHeld);
    }

    private async Task<IQueryable<Request>?> WaitingRows(long reviewerId, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await policy.GrantsOf(reviewerId, Right.Review, now, ct);
        if (grants.Count == 0)
        {
            return null;
        }
        var heldTooLong = now - Limits.ClaimHeld;
        var rows = db.Set<Request>().AsNoTracking().Where(row => row.PersonId != reviewerId
            && (row.Status == RequestStatus.Sent
                || (row.Status == RequestStatus.BeingVerified && (row.ClaimedBy == reviewerId || row.ClaimedAt <= heldTooLong))));
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

    private static RequestBody AsItIs(DigitalAddress address)
    {
        var kept = PrivatePart.Of(address);
        return new RequestBody
        {
            Category = AddressCategory.Of(address.Category),
            Name = address.PublicName ?? kept.HomeName,
            Detail = new AddressDetail(address.House, address.Street, address.Village, UnitKey.Parse(address.Commune),
                address.FormerCommune is null ? null : UnitKey.Parse(address.FormerCommune)),
            Contact = kept.Contact,
            Gate = address.Gate is { } gate ? new GateFix(gate, null) : null,
        };
    }
}
