using DiaChiSo.Core.Register.Units;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>A commune in which a place lies.</summary>
/// <param name="IsGuess">No boundaries are loaded there: it only has the nearest middle.</param>
public sealed record PlacedCommune(AdministrativeUnit Commune, bool IsGuess);

/// <summary>From places to communes and back.</summary>
public sealed class UnitPlaces(AdministrativeUnits units, ServedArea served, Boundaries boundaries)
{
    private const double FarthestMiddleMetres = 20_000;

    private readonly AdministrativeUnit[] withMiddle = [.. units.Present.Where(unit => unit.Centre is not null)];

    /// <summary>The middle of the communes served; null where no middle is known.</summary>
    public GeoPoint? MiddleOfServed => Middle(served.UnitsIn(units));

    /// <summary>The commune of a place; null where none is near or the place is outside the boundaries that are known.</summary>
    public PlacedCommune? At(GeoPoint place)
    {
        if (boundaries.Find(place) is { } key && units.Find(key) is { } within)
        {
            return new(within, IsGuess: false);
        }
        var nearest = withMiddle.MinBy(unit => unit.Centre!.Value.MetresTo(place));
        return nearest is not null && nearest.Centre!.Value.MetresTo(place) <= FarthestMiddleMetres && !boundaries.Has(nearest.Key) ? new(nearest, IsGuess: true) : null;
    }

    /// <summary>The middle of what the words name: a commune, or the communes of a former district; null where none is known.</summary>
    public GeoPoint? MiddleOf(AddressReading named)
    {
        var communes = named switch
        {
            { Present: { } present } => [present],
            { Higher: { IsProvince: false } district } => DistrictToday(district),
            { Higher: { } province } => units.Present.Where(unit => unit.ProvinceCode == province.ProvinceCode),
            _ => named.Candidates.SelectMany(choice => choice.Commune is { } commune ? units.PresentsOf(commune) : DistrictToday(choice.Higher!)),
        };
        return Middle(communes);
    }

    /// <summary>
    /// Where a Vpostcode points: its seven letters are taken for a short Plus Code near the commune of its postal code. That is how such codes are
    /// seen to be built, not documented; so only where the place then really lies at that commune.
    /// </summary>
    internal GeoPoint? OfVpostcode(string letters, AdministrativeUnit? commune)
    {
        if (commune?.Centre is not { } middle)
        {
            return null;
        }
        var place = PlusCode.OfLocalLetters(letters).Near(middle);
        return boundaries.Find(place) is { } key ? key == commune.Key ? place : null : place.MetresTo(middle) <= FarthestMiddleMetres ? place : null;
    }

    private IEnumerable<AdministrativeUnit> DistrictToday(HigherUnit district) =>
        units.All.Where(unit => unit.DistrictCode == district.Key.Code).SelectMany(units.PresentsOf).Distinct();

    private static GeoPoint? Middle(IEnumerable<AdministrativeUnit> communes)
    {
        var middles = communes.Select(unit => unit.Centre).OfType<GeoPoint>().ToList();
        return middles.Count == 0 ? null : new(middles.Average(place => place.Latitude), middles.Average(place => place.Longitude));
    }
}
