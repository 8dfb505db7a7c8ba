using DiaChiSo.Core.Register;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// What the register changed since the requester saw the address: read from the change rows, so that it holds for fields too that the requester
/// never sees.
/// </summary>
/// <param name="Fields">Of the wished fields, those that were changed.</param>
/// <param name="Then">The address as it was when the requester saw it, people and a home's name included.</param>
internal sealed record ChangedMeanwhile(IReadOnlyList<RequestField> Fields, RequestBody Then)
{
    /// <summary>Of <paramref name="wished"/> (a body's <see cref="RequestBody.Changed"/> or some of it), the fields that were changed.</summary>
    public static async Task<IReadOnlyList<RequestField>> Among(DbContext db, Request request, RequestBody wished, DigitalAddress address, CancellationToken ct) =>
        (await Since(db, request, wished, address, ct)).Fields;

    public static async Task<ChangedMeanwhile> Since(DbContext db, Request request, RequestBody wished, DigitalAddress address, CancellationToken ct)
    {
        var now = AddressAsItIs.Of(address);
        if (request.BaseVersion is not { } seen || address.Version <= seen)
        {
            return new([], now);
        }
        // Every change raises the version by one and leaves one row.
        var rows = await db.Set<RegisterChange>().AsNoTracking().Where(row => row.Code == address.Code)
            .OrderByDescending(row => row.Id).Take(address.Version - seen).ToListAsync(ct);
        // Newest first: the newest "new" is what stands there, the oldest "old" what the requester saw. What was put back is no change.
        var changes = rows.SelectMany(row => row.Fields).GroupBy(change => change.Field)
            .Select(ofField => new FieldChange(ofField.Key, ofField.Last().Old, ofField.First().New)).Where(change => change.Old != change.New).ToDictionary(change => change.Field);
        var wish = wished.ToChange();
        return new([.. Enum.GetValues<RequestField>().Where(field => WrittenBy(wish, field).Any(changes.ContainsKey))], AddressAsItIs.Before(now, changes.Values));
    }

    /// <summary>The request's field to which a field of the register belongs; null: to none (a status).</summary>
    public static RequestField? FieldOf(string field) => field switch
    {
        nameof(AddressChange.Category) => RequestField.Category,
        nameof(AddressChange.Name) => RequestField.Name,
        nameof(AddressChange.Contact) => RequestField.Contact,
        nameof(AddressChange.Gate) => RequestField.Gate,
        nameof(AddressChange.House) or nameof(AddressChange.Street) or nameof(AddressChange.Village) or nameof(AddressChange.Commune) or nameof(AddressChange.FormerCommune) => RequestField.Detail,
        _ => null,
    };

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

    public override string ToString() => nameof(ChangedMeanwhile);
}
