namespace DiaChiSo.Core.Register.Units;

/// <summary>The outline of one commune of today: one or more areas, each with its holes.</summary>
/// <param name="Rings">For each area its outer ring and then its holes; each ring a row of longitude, latitude, in millionths of a degree (WGS-84).</param>
public sealed record Boundary(UnitKey Commune, IReadOnlyList<IReadOnlyList<int[]>> Rings)
{
    internal const double PerDegree = 1_000_000;

    private readonly (int West, int South, int East, int North) box = BoxOf(Rings);

    /// <summary>The middle of its largest area by weight; where that lies outside (a horseshoe), the corner nearest to it.</summary>
    public GeoPoint Middle()
    {
        var ring = Rings.Select(area => area[0]).MaxBy(ring => Math.Abs(Weighed(ring).Area))!;
        var (_, x, y) = Weighed(ring);
        if (!Holds((int)x, (int)y))
        {
            var nearest = Enumerable.Range(0, ring.Length / 2).MinBy(i => Math.Abs(ring[2 * i] - x) + Math.Abs(ring[2 * i + 1] - y));
            (x, y) = (ring[2 * nearest], ring[2 * nearest + 1]);
        }
        return new(y / PerDegree, x / PerDegree);
    }

    internal bool Holds(int x, int y)
    {
        if (x < box.West || x > box.East || y < box.South || y > box.North)
        {
            return false;
        }
        foreach (var area in Rings)
        {
            // Inside the outer ring and not inside a hole: an odd count of rings around the place.
            var inside = false;
            foreach (var ring in area)
            {
                inside ^= IsInside(ring, x, y);
            }
            if (inside)
            {
                return true;
            }
        }
        return false;
    }

    // A ray to the east crosses the ring an odd number of times.
    private static bool IsInside(int[] ring, int x, int y)
    {
        var inside = false;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
        {
            if (ring[i + 1] > y != ring[j + 1] > y
                && x < (double)(ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i])
            {
                inside = !inside;
            }
        }
        return inside;
    }

    private static (double Area, double X, double Y) Weighed(int[] ring)
    {
        var (area, x, y) = (0d, 0d, 0d);
        var (fromX, fromY) = (ring[0], ring[1]);                        // near the ring itself, or the products lose their last figures
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
        {
            double ax = ring[j] - fromX, ay = ring[j + 1] - fromY, bx = ring[i] - fromX, by = ring[i + 1] - fromY;
            var cross = ax * by - bx * ay;
            (area, x, y) = (area + cross / 2, x + (ax + bx) * cross, y + (ay + by) * cross);
        }
        return area == 0 ? (0, fromX, fromY) : (area, fromX + x / (6 * area), fromY + y / (6 * area));
    }

    private static (int, int, int, int) BoxOf(IReadOnlyList<IReadOnlyList<int[]>> rings)
    {
        var (west, south, east, north) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var ring in rings.Select(area => area[0]))
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                (west, east) = (Math.Min(west, ring[i]), Math.Max(east, ring[i]));
                (south, north) = (Math.Min(south, ring[i + 1]), Math.Max(north, ring[i + 1]));
            }
        }
        return (west, south, east, north);
    }
}

/// <summary>Where the communes of today lie, as far as outlines were loaded. No legal boundary: a simplified outline may be off by some tens of metres.</summary>
public sealed class Boundaries(IEnumerable<Boundary> all)
{
    private readonly Dictionary<UnitKey, Boundary> byCommune = all.ToDictionary(boundary => boundary.Commune);

    /// <summary>Nothing is known.</summary>
    public static Boundaries None { get; } = new([]);

    public IReadOnlyCollection<Boundary> All => byCommune.Values;

    /// <summary>Whether this commune's outline is known: then a place outside it is not in it.</summary>
    public bool Has(UnitKey commune) => byCommune.ContainsKey(commune);

    /// <summary>The commune of today around the place; null where none of those that are known is.</summary>
    public UnitKey? Find(GeoPoint place)
    {
        var (x, y) = ((int)Math.Round(place.Longitude * Boundary.PerDegree), (int)Math.Round(place.Latitude * Boundary.PerDegree));
        foreach (var boundary in byCommune.Values)
        {
            if (boundary.Holds(x, y))
            {
                return boundary.Commune;
            }
        }
        return null;
    }
}
