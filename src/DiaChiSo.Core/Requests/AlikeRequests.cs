using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>One change that several requests wish in the same way: a kind of place, or a corrected village or street.</summary>
/// <param name="Field">Category or Detail.</param>
/// <param name="Piece">Of a detail: "Village" or "Street"; empty for a category.</param>
/// <param name="From">The category's key, the village or the street as it is; empty: none.</param>
/// <param name="To">As it is wished; empty: none.</param>
public sealed record AlikeChange(RequestField Field, string Piece, string From, string To)
{
    /// <summary>
    /// What the request wishes, where one look at many may decide it; null: it must be looked at by itself. Never a contact or a name (somebody's
    /// data), never a position (it is judged on its sketch), never what was changed since or what another request wishes otherwise, never one's own.
    /// </summary>
    internal static async Task<(AlikeChange Change, int AddressVersion)?> Of(BotDb db, Request request, long reviewerId, CancellationToken ct)
    {
        var body = request.Body;
        // A requester's answer to "more wanted" is words that somebody must read.
        if (request.Kind != RequestKind.Update || body.Note is not null || body.Changed is not [RequestField.Category or RequestField.Detail] || request.TargetCode is not { } code
            || await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, ct) is not { Status: not AddressStatus.Withdrawn } address
            || Wished(body, body.Changed[0], AddressAsItIs.Of(address)) is not { } change
            || (await ChangedMeanwhile.Among(db, request, body, address, ct)).Count > 0
            || await db.Set<Request>().AnyAsync(other => other.TargetCode == code && other.Number != request.Number
                && (other.Status == RequestStatus.Sent || other.Status == RequestStatus.BeingVerified || other.Status == RequestStatus.MoreWanted), ct)
            || await FourEyes.IsOwn(db, request, reviewerId, ct))
        {
            return null;
        }
        return (change, address.Version);
    }

    private static AlikeChange? Wished(RequestBody body, RequestField field, RequestBody now) => field switch
    {
        // A home that becomes an office would put its people's name on the plate: that is looked at.
        RequestField.Category when body.Category is { } to && now.Category is { } from && to != from && !(to.NameIsPublic && !from.NameIsPublic && now.Name is not null) =>
            new(field, "", from.Key, to.Key),
        RequestField.Detail => OnePiece(body.ToChange(), now.Detail!),
        _ => null,
    };

    private static AlikeChange? OnePiece(AddressChange change, AddressDetail now) => change switch
    {
        { House: null, Commune: null, FormerCommune: null, Street: null, Village: { } village } => new(RequestField.Detail, nameof(change.Village), now.Village ?? "", village.Value ?? ""),
        { House: null, Commune: null, FormerCommune: null, Village: null, Street: { } street } => new(RequestField.Detail, nameof(change.Street), now.Street ?? "", street.Value ?? ""),
        _ => null,
    };
}

/// <summary>One of several that are alike.</summary>
/// <param name="Place">Village or street, and commune; nobody's data.</param>
/// <param name="Version">Of the request as it was shown.</param>
/// <param name="AddressVersion">Of its address as it was shown.</param>
public sealed record AlikeRequest(string Number, AddressCode Code, string Place, int Version, int AddressVersion);

/// <summary>Requests that wish the same.</summary>
/// <param name="Requests">At most <see cref="Limits.AlikeAtOnce"/>, the longest waiting.</param>
/// <param name="Count">How many there are in all.</param>
public sealed record AlikeRequests(AlikeChange Change, IReadOnlyList<AlikeRequest> Requests, int Count);
