using CsCheck;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Tests.Register;

/// <summary>What the fixes of one live position say together.</summary>
public class SteadyFixes
{
    private static readonly GeoPoint Gate = new(21.8478, 103.3431);

    /// <summary>Fixes of somebody who stands still: within two radii of the gate.</summary>
    private static readonly Gen<PositionFix[]> Standing = Gen.Select(Gen.Double[3, 60], Gen.Double[-1.2, 1.2], Gen.Double[-1.2, 1.2],
        (accuracy, east, north) => new PositionFix(Gate.Moved(east * accuracy, north * accuracy), accuracy)).Array[1, SteadyFix.Most];

    [Fact]
    public void None_say_nothing() => Assert.Null(SteadyFix.Of([]));

    [Fact]
    public void One_is_itself() => Standing.Sample(fixes =>
    {
        var steady = SteadyFix.Of(fixes[..1])!;
        Assert.Equal(fixes[0].AccuracyMetres, steady.AccuracyMetres);
        Assert.Equal(1, steady.Fixes);
        Assert.True(steady.Point.MetresTo(fixes[0].Point) < 0.01);
    });

    [Fact]
    public void The_radius_is_that_of_one_of_the_fixes_and_never_better_than_the_best() => Standing.Sample(fixes =>
    {
        var steady = SteadyFix.Of(fixes)!;
        Assert.Contains(steady.AccuracyMetres, fixes.Select(fix => fix.AccuracyMetres));
        Assert.InRange(steady.Fixes, 1, fixes.Length);
    });

    [Fact]
    public void The_place_lies_among_the_fixes() => Standing.Sample(fixes =>
    {
        var place = SteadyFix.Of(fixes)!.Point;
        Assert.InRange(place.Latitude, fixes.Min(fix => fix.Point.Latitude) - 1e-9, fixes.Max(fix => fix.Point.Latitude) + 1e-9);
        Assert.InRange(place.Longitude, fixes.Min(fix => fix.Point.Longitude) - 1e-9, fixes.Max(fix => fix.Point.Longitude) + 1e-9);
    });

    [Fact]
    public void The_order_does_not_matter() => Standing.Sample(fixes =>
    {
        var (one, other) = (SteadyFix.Of(fixes)!, SteadyFix.Of([.. fixes.Reverse()])!);
        Assert.Equal(one.AccuracyMetres, other.AccuracyMetres);
        Assert.Equal(one.Fixes, other.Fixes);
        Assert.True(one.Point.MetresTo(other.Point) < 0.01);
    });

    [Fact]
    public void One_fix_gone_astray_moves_nothing() => Gen.Select(Standing.Where(fixes => fixes.Length >= 3), Gen.Double[500, 20_000], Gen.Int[0, 2]).Sample((fixes, metres, at) =>
    {
        var alone = SteadyFix.Of(fixes)!;
        // The phone is as sure of it as of the others on the whole: no weight betrays it.
        var stray = new PositionFix(Gate.Moved(metres, metres / 3), fixes.Max(fix => fix.AccuracyMetres));
        PositionFix[] with = [.. fixes[..at], stray, .. fixes[at..]];
        Assert.InRange(SteadyFix.Of(with)!.Point.MetresTo(alone.Point), 0, 2 * fixes.Max(fix => fix.AccuracyMetres));
    });

    [Fact]
    public void A_good_fix_weighs_more_than_a_poor_one()
    {
        var steady = SteadyFix.Of([new(Gate, 5), new(Gate.Moved(4, 0), 20)])!;
        Assert.Equal(2, steady.Fixes);
        // 1/25 against 1/400: a seventeenth of four metres.
        Assert.Equal(4.0 / 17, steady.Point.MetresTo(Gate), 2);
        Assert.Equal(5, steady.AccuracyMetres);
    }

    [Fact]
    public void Fixes_that_contradict_the_best_one_leave_it_alone()
    {
        var steady = SteadyFix.Of([new(Gate, 4), .. Enumerable.Repeat(new PositionFix(Gate.Moved(9, 0), 5), 9)])!;
        Assert.True(steady.Point.MetresTo(Gate) < 0.01 || steady.AccuracyMetres == 5);
    }

    [Fact]
    public void On_the_whole_the_mean_is_nearer_to_the_gate_than_its_fixes_are()
    {
        // Bell-shaped noise of 8 metres in each direction, as a phone under open sky; the seed is fixed, so the figures are.
        var random = new Random(20261123);
        double Noise() => 8 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (single, together) = (0d, 0d);
        for (var time = 0; time < 400; time++)
        {
            PositionFix[] fixes = [.. Enumerable.Range(0, 12).Select(_ => new PositionFix(Gate.Moved(Noise(), Noise()), 12))];
            single += fixes[0].Point.MetresTo(Gate);
            together += SteadyFix.Of(fixes)!.Point.MetresTo(Gate);
        }
        Assert.True(together < single / 2, $"{single / 400:0.0} m alone, {together / 400:0.0} m together");
    }

    [Fact]
    public void Who_walks_on_leaves_the_older_fixes_behind()
    {
        List<PositionFix> kept = [];
        foreach (var metres in new double[] { 0, 2, -1, 1, 200, 202, 199 })
        {
            kept = SteadyFix.With(kept, new(Gate.Moved(metres, 0), 8));
        }
        Assert.Equal(3, kept.Count);
        Assert.InRange(SteadyFix.Of(kept)!.Point.MetresTo(Gate.Moved(200, 0)), 0, 2);
    }

    [Fact]
    public void One_jump_is_no_walk()
    {
        List<PositionFix> kept = [];
        foreach (var metres in new double[] { 0, 2, -1, 900, 1, 0, 2 })
        {
            kept = SteadyFix.With(kept, new(Gate.Moved(metres, 0), 8));
        }
        Assert.Equal(7, kept.Count);
        Assert.InRange(SteadyFix.Of(kept)!.Point.MetresTo(Gate), 0, 2);
        Assert.Equal(6, SteadyFix.Of(kept)!.Fixes);
    }

    [Fact]
    public void The_same_fix_told_twice_counts_once_and_only_the_newest_are_kept()
    {
        List<PositionFix> kept = [];
        for (var second = 0; second < 100; second++)
        {
            var fix = new PositionFix(Gate.Moved(second % 7, 0), 10);
            kept = SteadyFix.With(SteadyFix.With(kept, fix), fix);
        }
        Assert.Equal(SteadyFix.Most, kept.Count);
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }
}
