namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// The commune in which a pin lies. Where outlines are loaded it is certain; elsewhere the commune of the nearest confirmed addresses stands in,
/// and where there are none the one with the nearest middle: both are guesses and must be said to be.
/// </summary>
public sealed class CommuneOfPlace(Understanding understanding, IAddressRegister register)
{
    private const double NearMetres = 2_000;

    /// <param name="place">WGS-84 degrees.</param>
    /// <param name="ct">Cancels the look into the register.</param>
    /// <returns>Null where nothing is known of the place.</returns>
    public async Task<PlacedCommune?> Find(GeoPoint place, CancellationToken ct)
    {
        var placed = understanding.Places.At(place);
        if (placed is { IsGuess: false })
        {
            return placed;
        }
        var near = await register.Nearby(place, NearMetres, IAddressRegister.Most, ct);
        var confirmed = near.Where(one => one.Address.Status == AddressStatus.Confirmed).GroupBy(one => one.Address.Commune).MaxBy(group => group.Count());
        return confirmed is null ? placed : new(confirmed.Key, IsGuess: true);
    }
}
