using System.Text.Json;
using DiaChiSo.Core.Register;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>From what is wished to what is written.</summary>
internal static class Wishes
{
    public static AddressChange ToNewAddress(this RequestBody body)
    {
        var detail = body.Detail!;
        return new AddressChange
        {
            Category = body.Category!,
            Name = body.Name,
            House = detail.House,
            Street = detail.Street,
            Village = detail.Village,
            Commune = detail.Commune,
            FormerCommune = detail.FormerCommune,
            Contact = body.Contact,
            Gate = body.Gate?.Point,
            Status = AddressStatus.NotYetConfirmed,
        };
    }

    /// <summary>Only what the requester changed: of the administrative part only the pieces that differ from what they saw.</summary>
    public static AddressChange ToChange(this RequestBody body)
    {
        var detail = body.Changes(RequestField.Detail) ? body.Detail : null;
        var seen = body.Seen?.Detail;
        return new AddressChange
        {
            Category = body.Changes(RequestField.Category) ? new(body.Category!) : null,
            Name = body.Changes(RequestField.Name) ? new(body.Name) : null,
            House = detail is not null && detail.House != seen?.House ? new(detail.House) : null,
            Street = detail is not null && detail.Street != seen?.Street ? new(detail.Street) : null,
            Village = detail is not null && detail.Village != seen?.Village ? new(detail.Village) : null,
            Commune = detail is not null && detail.Commune != seen?.Commune ? new(detail.Commune) : null,
            FormerCommune = detail is not null && detail.FormerCommune != seen?.FormerCommune ? new(detail.FormerCommune) : null,
            Contact = body.Changes(RequestField.Contact) ? new(body.Contact) : null,
            Gate = body.Changes(RequestField.Gate) ? new(body.Gate?.Point) : null,
        };
    }
}

/// <summary>
/// Which wished fields the register changed since the requester saw the address: read from the change rows, so that it holds for fields too
/// that the requester never sees.
/// </summary>
internal static class ChangedMeanwhile
{
    public static async Task<IReadOnlyList<RequestField>> Among(DbContext db, Request request, DigitalAddress address, CancellationToken ct)
    {
        if (request.BaseVersion is not { } seen || address.Version <= seen)
        {
            return [];
        }
        // Every change raises the version by one and leaves one row.
        var rows = await db.Set<RegisterChange>().AsNoTracking().Where(row => row.Code == address.Code)
            .OrderByDescending(row => row.Id).Take(address.Version - seen).ToListAsync(ct);
        var touched = rows.SelectMany(row => JsonSerializer.Deserialize<List<FieldChange>>(row.ChangedSealed)!).Select(change => change.Field).ToHashSet();
        var wish = request.Body.ToChange();
        return [.. Enum.GetValues<RequestField>().Where(field => WrittenBy(wish, field).Any(touched.Contains))];
    }

    private static IEnumerable<string> WrittenBy(AddressChange wish, RequestField field) => field switch
    {
        RequestField.Category when wish.Category is not null => [nameof(wish.Category)],
        RequestField.Name when wish.Name is not null => [nameof(wish.Name)],
        RequestField.Contact when wish.Contact is not null => [nameof(wish.Contact)],
        RequestField.Gate when wish.Gate is not null => [nameof(wish.Gate)],
        RequestField.Detail => Pieces(wish),
        _ => [],
    };

    private static IEnumerable<string> Pieces(AddressChange wish)
    {
        if (wish.House is not null) { yield return nameof(wish.House); }
        if (wish.Street is not null) { yield return nameof(wish.Street); }
        if (wish.Village is not null) { yield return nameof(wish.Village); }
        if (wish.Commune is not null) { yield return nameof(wish.Commune); }
        if (wish.FormerCommune is not null) { yield return nameof(wish.FormerCommune); }
    }
}
