using DiaChiSo.Core.Register.Search;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// The register behind its wall. One per turn, on the turn's own database context; the index that finds by words and places is in
/// <see cref="RegisterMemory"/>, one per process: it gives codes, and what is shown of them is read here.
/// </summary>
public sealed class AddressRegister(BotDb db, RegisterMemory memory) : IAddressRegister
{
    private const double FarthestMetres = 20_000;
    private const double NeighbourMetres = 250;
    private const int MostNeighbours = 2;

    /// <inheritdoc/>
    public async Task<PublicAddress?> Find(AddressCode code, CancellationToken ct) =>
        (await CurrentRow.Of(db, code))?.ToPublic(memory.Units);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AddressMatch>> Search(string words, int most, CancellationToken ct)
    {
        if (AddressCode.TryRead(words, out var code) && await Find(code, ct) is { } address)
        {
            return [new(address, address.Label, 1, [], 100)];
        }
        var found = (await memory.Current(db, ct)).Search(words, Math.Clamp(most, 1, IAddressRegister.Most));
        var addresses = await Addresses(found.Select(match => match.Code), ct);
        return [.. found.Where(match => addresses.ContainsKey(match.Code))
            .Select(match => new AddressMatch(addresses[match.Code], LabelOf(addresses[match.Code]), match.SharedBy, match.Unmatched, match.Score))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NearbyAddress>> Nearby(GeoPoint from, double withinMetres, int most, CancellationToken ct)
    {
        var view = await memory.Current(db, ct);
        var near = view.Nearest(from, Math.Clamp(withinMetres, 0, FarthestMetres), Math.Clamp(most, 1, IAddressRegister.Most));
        var found = await Addresses(near.Select(one => one.Code), ct);
        var around = found.Values.Where(address => address.Gate is not null)
            .ToDictionary(address => address.Code, address => view.Nearest(address.Gate!.Value, NeighbourMetres, IAddressRegister.Most + 3));
        var neighbours = await Addresses(around.Values.SelectMany(list => list.Select(one => one.Code)).Distinct(), ct);
        return [.. near.Where(one => around.ContainsKey(one.Code)).Select(one => found[one.Code])
            .Select(address => new NearbyAddress(address, from.MetresTo(address.Gate!.Value), from.DirectionTo(address.Gate!.Value), NeighboursOf(address, around[address.Code], neighbours)))];
    }

    private async Task<Dictionary<AddressCode, PublicAddress>> Addresses(IEnumerable<AddressCode> codes, CancellationToken ct)
    {
        var wanted = codes.ToList();
        return wanted.Count == 0 ? [] : (await db.Set<DigitalAddress>().AsNoTracking().Where(address => wanted.Contains(address.Code)).ToListAsync(ct))
            .ToDictionary(row => row.Code, row => row.ToPublic(memory.Units));
    }

    private static string LabelOf(PublicAddress address) => address.FormerCommune is { } former && former.Name != address.Commune.Name
        ? $"{address.Label}, {address.Commune.InLine} ({former.InLine} cũ)"
        : $"{address.Label}, {address.Commune.InLine}";

    private static Neighbour[] NeighboursOf(PublicAddress address, IReadOnlyList<NearMatch> around, Dictionary<AddressCode, PublicAddress> addresses)
    {
        var gate = address.Gate!.Value;
        // A name or a house number is something that a person on the spot can see; a bare code hardly is.
        return [.. around.Where(near => near.Code != address.Code && addresses.TryGetValue(near.Code, out var other) && other.Gate is not null)
            .Select(near => (Address: addresses[near.Code], near.Metres))
            .OrderBy(near => near.Address.Name is null && near.Address.House is null).ThenBy(near => near.Metres)
            .Take(MostNeighbours).OrderBy(near => near.Metres)
            .Select(near => new Neighbour(ShortLabel(near.Address), near.Metres, gate.DirectionTo(near.Address.Gate!.Value)))];
    }

    private static string ShortLabel(PublicAddress address) => address.Label[..address.Label.IndexOf(" · ", StringComparison.Ordinal)];
}
