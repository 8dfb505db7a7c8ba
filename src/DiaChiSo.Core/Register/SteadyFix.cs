namespace DiaChiSo.Core.Register;

/// <summary>One fix of a phone: WGS-84 degrees, and the 68 % radius that the phone gives, in metres.</summary>
public readonly record struct PositionFix(GeoPoint Point, double AccuracyMetres);

/// <summary>
/// What the fixes of one shared live position say together, while somebody stands at a gate. A phone's faults of the same minute resemble each
/// other (the same satellites, the same hillside), so many fixes do not make the radius smaller: the mean is taken for the place, and the best
/// fix's radius is what is said of it.
/// </summary>
public sealed class SteadyFix
{
    /// <summary>Fixes kept of one sharing; a phone tells about one a few seconds.</summary>
    public const int Most = 20;

    /// <summary>A phone that claims to know better than this is not believed more for it.</summary>
    private const double FinestMetres = 3;

    /// <summary>So many radii from the middle is no noise any more: two radii hold 95 % of a bell's fixes, three almost all.</summary>
    private const double OutlierRadii = 2.5;

    /// <summary>So many newest fixes that agree with one another and not with the older ones: the person has walked on.</summary>
    private const int WalkedOn = 3;

    private SteadyFix(GeoPoint point, double accuracyMetres, int fixes) => (Point, AccuracyMetres, Fixes) = (point, accuracyMetres, fixes);

    /// <summary>The weighted mean of the fixes that agree (WGS-84 degrees).</summary>
    public GeoPoint Point { get; }

    /// <summary>68 % radius, metres: that of the best fix in the mean, never better.</summary>
    public double AccuracyMetres { get; }

    /// <summary>How many fixes the mean is made of; 1: the best fix alone.</summary>
    public int Fixes { get; }

    /// <summary>The older fixes and a new one; those from before the person walked on are left out, and so is the same fix told twice.</summary>
    public static List<PositionFix> With(IReadOnlyList<PositionFix> older, PositionFix newest)
    {
        if (older.Count > 0 && older[^1] == newest)
        {
            return [.. older];
        }
        List<PositionFix> all = [.. older.TakeLast(Most - 1), newest];
        if (all.Count > WalkedOn && Of(all[..^WalkedOn]) is { } before)
        {
            var last = all[^WalkedOn..];
            var agree = last.All(one => last.All(other => one.Point.MetresTo(other.Point) <= OutlierRadii * Math.Max(Radius(one), Radius(other))));
            if (agree && last.All(one => one.Point.MetresTo(before.Point) > OutlierRadii * Math.Max(Radius(one), before.AccuracyMetres)))
            {
                return last;
            }
        }
        return all;
    }

    /// <summary>
    /// The mean of the fixes that agree, each weighted by the inverse square of its radius. Where they scatter more than the best of them
    /// says of itself, the best one alone. Null: there are none. The order of the fixes does not matter.
    /// </summary>
    public static SteadyFix? Of(IReadOnlyList<PositionFix> fixes)
    {
        if (fixes.Count == 0)
        {
            return null;
        }
        var middle = Middle(fixes);
        var agreeing = fixes.Where(fix => middle.MetresTo(fix.Point) <= OutlierRadii * Radius(fix)).ToList();
        if (agreeing.Count == 0)
        {
            agreeing = [.. fixes];
        }
        var best = agreeing.MinBy(fix => (fix.AccuracyMetres, middle.MetresTo(fix.Point), fix.Point.Latitude, fix.Point.Longitude));
        var mean = Mean(best.Point, agreeing);
        // The best fix says that the place is within its radius; a mean outside of that contradicts it.
        return best.Point.MetresTo(mean) <= Math.Max(best.AccuracyMetres, FinestMetres)
            ? new(mean, best.AccuracyMetres, agreeing.Count)
            : new(best.Point, best.AccuracyMetres, 1);
    }

    // The middle is the weighted median in each direction: half of the weight lies on either side, however far away a stray fix is.
    private static GeoPoint Middle(IReadOnlyList<PositionFix> fixes)
    {
        var from = fixes.MinBy(fix => (fix.AccuracyMetres, fix.Point.Latitude, fix.Point.Longitude)).Point;
        var seen = fixes.Select(fix => (At: from.MetresEastAndNorthTo(fix.Point), Weight: Weight(fix))).ToList();
        return from.Moved(Median(seen.Select(one => (one.At.East, one.Weight))), Median(seen.Select(one => (one.At.North, one.Weight))));
    }

    private static double Median(IEnumerable<(double Value, double Weight)> values)
    {
        var sorted = values.OrderBy(one => one.Value).ToList();
        var half = sorted.Sum(one => one.Weight) / 2;
        foreach (var (value, weight) in sorted)
        {
            half -= weight;
            if (half <= 0)
            {
                return value;
            }
        }
        return sorted[^1].Value;
    }

    private static GeoPoint Mean(GeoPoint from, IReadOnlyList<PositionFix> fixes)
    {
        var (east, north, all) = (0d, 0d, 0d);
        foreach (var fix in fixes)
        {
            var at = from.MetresEastAndNorthTo(fix.Point);
            var weight = Weight(fix);
            (east, north, all) = (east + at.East * weight, north + at.North * weight, all + weight);
        }
        return from.Moved(east / all, north / all);
    }

    private static double Radius(PositionFix fix) => Math.Max(fix.AccuracyMetres, FinestMetres);

    private static double Weight(PositionFix fix) => 1 / (Radius(fix) * Radius(fix));
}
