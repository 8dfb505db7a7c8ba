using System.Globalization;
using System.Text.Json.Serialization;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Register;

/// <summary>A place on the earth, WGS-84, in degrees. A gate's position is one of these.</summary>
public readonly record struct GeoPoint
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <param name="latitude">Degrees north of the equator, −90 to 90.</param>
    /// <param name="longitude">Degrees east of Greenwich, −180 to 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or is not a number.</exception>
    [JsonConstructor]
    public GeoPoint(double latitude, double longitude)
    {
        if (!AreDegrees(latitude, longitude))
        {
            // The values themselves stay out of the message: a position is personal (domain.md §6) and errors are logged.
            throw new ArgumentOutOfRangeException(nameof(latitude), "Latitude must be within ±90 and longitude within ±180 degrees.");
        }
        Latitude = latitude;
        Longitude = longitude;
    }

    /// <summary>Degrees north of the equator (WGS-84).</summary>
    public double Latitude { get; }

    /// <summary>Degrees east of Greenwich (WGS-84).</summary>
    public double Longitude { get; }

    /// <summary>
    /// Whether this can be a place in Vietnam: two rough boxes, the mainland and the islands of the East Sea.
    /// It catches swapped or mistyped numbers; it is no statement about a border.
    /// </summary>
    [JsonIgnore]
    public bool IsInVietnam =>
        (Latitude is >= 8.1 and <= 23.5 && Longitude is >= 102.1 and <= 109.6)
        || (Latitude is >= 6.4 and <= 17.6 && Longitude is > 109.6 and <= 117.9);

    /// <summary>Metres along the great circle (haversine; within 0.6 % of the ellipsoid).</summary>
    public double MetresTo(GeoPoint other)
    {
        var north = double.DegreesToRadians(other.Latitude - Latitude) / 2;
        var east = double.DegreesToRadians(other.Longitude - Longitude) / 2;
        var h = Square(Math.Sin(north))
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Square(Math.Sin(east));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Where <paramref name="other"/> lies as seen from here; <see cref="CompassDirection.North"/> when both are the same place.</summary>
    public CompassDirection DirectionTo(GeoPoint other)
    {
        var (east, north) = MetresEastAndNorthTo(other);
        var clockwiseFromNorth = double.RadiansToDegrees(Math.Atan2(east, north));
        return (CompassDirection)(((int)Math.Round(clockwiseFromNorth / 45) + 8) % 8);
    }

    /// <summary>Metres to the east and to the north of here, on a plane that is flat around this place (good for a few kilometres).</summary>
    public (double East, double North) MetresEastAndNorthTo(GeoPoint other)
    {
        var metresPerDegree = EarthRadiusMetres * Math.PI / 180;
        var longitudes = Math.IEEERemainder(other.Longitude - Longitude, 360);
        return (longitudes * metresPerDegree * Math.Cos(double.DegreesToRadians(Latitude)), (other.Latitude - Latitude) * metresPerDegree);
    }

    /// <summary>The place so many metres east and north of here (flat around this place).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place would be past a pole or the date line.</exception>
    public GeoPoint Moved(double metresEast, double metresNorth)
    {
        var metresPerDegree = EarthRadiusMetres * Math.PI / 180;
        return new(Latitude + metresNorth / metresPerDegree,
            Longitude + metresEast / (metresPerDegree * Math.Cos(double.DegreesToRadians(Latitude))));
    }

    /// <summary>
    /// Reads a place that a person typed or pasted: decimal degrees with point or comma, degrees-minutes-seconds (Vietnamese letters too),
    /// <c>@lat,lng</c>, <c>geo:</c>, or the text of a map link. Never opens a link. See <see cref="PlaceText"/>.
    /// </summary>
    public static bool TryParse(string? text, out GeoPoint place) => PlaceText.TryRead(text, out place);

    /// <summary>"21.85630, 103.32910": five decimals, about a metre.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude:F5}, {Longitude:F5}");

    public static bool AreDegrees(double latitude, double longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;

    private static double Square(double value) => value * value;
}
