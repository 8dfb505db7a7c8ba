using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// A person's own requests: a wall on purpose (design.md §5). Whose they are stands in every question; somebody else's number and a number
/// that does not exist get the same answer.
/// </summary>
public interface IRequests
{
    /// <summary>Newest first, open ones before settled ones.</summary>
    Task<IReadOnlyList<OwnRequest>> Of(long personId, int most, CancellationToken ct);

    /// <summary>Null: none of this number is this person's.</summary>
    Task<OwnRequest?> Find(long personId, string number, CancellationToken ct);
}

/// <summary>A request as its requester sees it.</summary>
/// <param name="Reason">Why it was rejected, or what more is wanted; null: nothing was said.</param>
/// <param name="DuplicateOf">The address that it repeats, where it is an address.</param>
/// <param name="Kept">Of an update that was approved in part: the fields that stay as they were, for <paramref name="Reason"/>.</param>
/// <param name="MayWithdraw">Nobody has it in hand.</param>
public sealed record OwnRequest(
    string Number, RequestKind Kind, RequestStatus Status, RequestBody Body, string Commune, AddressCode? Target, int? BaseVersion,
    DateTimeOffset SentAt, string? Reason, AddressCode? DuplicateOf, AddressCode? IssuedCode, IReadOnlyList<RequestField> Kept, bool MayWithdraw)
{
    public override string ToString() => $"{Number} {Status}";
}

internal sealed class OwnRequests(BotDb db) : IRequests
{
    public async Task<IReadOnlyList<OwnRequest>> Of(long personId, int most, CancellationToken ct)
    {
        var rows = await db.Set<Request>().AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.Id).Take(most * 4).ToListAsync(ct);
        return [.. rows.OrderByDescending(row => RequestLifecycle.IsOpen(row.Status)).Take(most).Select(Seen)];
    }

    public async Task<OwnRequest?> Find(long personId, string number, CancellationToken ct) =>
        await db.Set<Request>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number && row.PersonId == personId, ct) is { } row ? Seen(row) : null;

    private static OwnRequest Seen(Request row) => new(
        row.Number, row.Kind, row.Status, row.Body, row.Commune, row.TargetCode, row.BaseVersion, row.SentAt, row.Reason,
        AddressCode.TryRead(row.DuplicateOf, out var original) ? original : null, row.IssuedCode, row.KeptFields, new RequestLifecycle(row).Permits(RequestStep.Withdraw));
}
