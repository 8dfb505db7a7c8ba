using System.Globalization;
using System.Linq.Expressions;
using DiaChiSo.Core.Register.Search;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>The register's rows as the index takes them. What is never searched, the people, is not even read.</summary>
internal static class IndexedRows
{
    private static readonly Expression<Func<DigitalAddress, DigitalAddress>> Seen = row => new DigitalAddress
    {
        Code = row.Code,
        PublicName = row.PublicName,
        House = row.House,
        Street = row.Street,
        Village = row.Village,
        Commune = row.Commune,
        FormerCommune = row.FormerCommune,
        Latitude = row.Latitude,
        Longitude = row.Longitude,
        Status = row.Status,
    };

    /// <summary>Streams the whole register into a builder; withdrawn addresses are not searched.</summary>
    public static async Task<RegisterIndexBuilder> All(BotDb db, AdministrativeUnits units, CancellationToken ct)
    {
        var builder = new RegisterIndexBuilder(units.Indexed);
        await foreach (var row in db.Set<DigitalAddress>().AsNoTracking().Where(address => address.Status != AddressStatus.Withdrawn).Select(Seen).AsAsyncEnumerable().WithCancellation(ct))
        {
            builder.Add(Of(row));
        }
        return builder;
    }

    /// <summary>These addresses as they are now; null where one is not there or withdrawn.</summary>
    public static async Task<IReadOnlyDictionary<AddressCode, IndexedAddress?>> Of(BotDb db, IReadOnlyCollection<AddressCode> codes, CancellationToken ct)
    {
        var rows = await db.Set<DigitalAddress>().AsNoTracking().Where(address => codes.Contains(address.Code)).Select(Seen).ToListAsync(ct);
        var known = rows.Where(row => row.Status != AddressStatus.Withdrawn).ToDictionary(row => row.Code, Of);
        return codes.ToDictionary(code => code, code => known.TryGetValue(code, out var row) ? row : (IndexedAddress?)null);
    }

    private static IndexedAddress Of(DigitalAddress row) => new(
        long.Parse(row.Code.ToString(), CultureInfo.InvariantCulture),
        UnitKey.Parse(row.Commune),
        row.FormerCommune is null ? null : UnitKey.Parse(row.FormerCommune),
        row.Village,
        row.Street,
        row.House,
        row.PublicName,
        row.Gate);
}
