namespace DiaChiSo.Core.Register;

/// <summary>Gates by place: a grid of cells of about two hundred metres.</summary>
internal sealed class GateGrid
{
    private const double CellDegrees = 0.002;
    private readonly Dictionary<(int North, int East), List<PublicAddress>> cells = [];

    public GateGrid(IEnumerable<PublicAddress> addresses)
    {
        foreach (var address in addresses.Where(address => address.Gate is not null && address.Status != AddressStatus.Withdrawn))
        {
            var cell = CellOf(address.Gate!.Value);
            (cells.TryGetValue(cell, out var gates) ? gates : cells[cell] = []).Add(address);
        }
    }

    /// <summary>Everything within so many metres, in no order.</summary>
    public IEnumerable<(PublicAddress Address, double Metres)> Within(GeoPoint from, double metres)
    {
        var north = metres / 110_000 + CellDegrees;
        var east = north / Math.Max(0.05, Math.Cos(double.DegreesToRadians(from.Latitude)));
        var (lowNorth, lowEast) = (Cell(from.Latitude - north), Cell(from.Longitude - east));
        var (highNorth, highEast) = (Cell(from.Latitude + north), Cell(from.Longitude + east));
        var box = (long)(highNorth - lowNorth + 1) * (highEast - lowEast + 1);
        var inside = box > cells.Count
            ? cells.Where(cell => cell.Key.North >= lowNorth && cell.Key.North <= highNorth && cell.Key.East >= lowEast && cell.Key.East <= highEast).SelectMany(cell => cell.Value)
            : Box(lowNorth, highNorth, lowEast, highEast);
        return inside.Select(address => (address, from.MetresTo(address.Gate!.Value))).Where(near => near.Item2 <= metres);
    }

    private IEnumerable<PublicAddress> Box(int lowNorth, int highNorth, int lowEast, int highEast)
    {
        for (var north = lowNorth; north <= highNorth; north++)
        {
            for (var east = lowEast; east <= highEast; east++)
            {
                foreach (var address in cells.GetValueOrDefault((north, east)) ?? [])
                {
                    yield return address;
                }
            }
        }
    }

    private static (int North, int East) CellOf(GeoPoint place) => (Cell(place.Latitude), Cell(place.Longitude));

    private static int Cell(double degrees) => (int)Math.Floor(degrees / CellDegrees);
}
