namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// The nearest gates over <see cref="GateBook"/>'s rows: the row of the place first, then those above and below, each from the place outwards,
/// until nothing nearer can come.
/// </summary>
internal readonly struct GateSearch(IndexBytes bytes)
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private const int Most = 64;

    private readonly Column<int> grid = bytes.Column<int>(Section.Grid);
    private readonly Column<uint> rowStarts = bytes.Column<uint>(Section.RowStarts);
    private readonly Column<uint> xs = bytes.Column<uint>(Section.GateX);
    private readonly Column<byte> ys = bytes.Column<byte>(Section.GateY);
    private readonly Column<int> addresses = bytes.Column<int>(Section.GateAddress);

    public List<(int Address, double Metres)> Nearest(GeoPoint from, double withinMetres, int most, Func<int, bool>? isStale)
    {
        most = Math.Min(most, Most);
        var best = new Best(most, withinMetres);
        var perStep = MetresPerDegree * Math.Cos(double.DegreesToRadians(from.Latitude)) / GateBook.StepsPerDegree;
        var x = (uint)Math.Round((from.Longitude + 180) * GateBook.StepsPerDegree);
        var firstRow = grid[0];
        var rows = rowStarts.Count - 1;
        var home = (from.Latitude + 90) / GateBook.RowDegrees;
        const double RowMetres = GateBook.RowDegrees * MetresPerDegree;
        for (var away = 0; ; away++)
        {
            // Rows below and above; the nearest edge of each is this far.
            var below = (int)Math.Floor(home) - away;
            var above = (int)Math.Floor(home) + away;
            var toBelow = away == 0 ? 0 : (home - (below + 1)) * RowMetres;
            var toAbove = away == 0 ? 0 : (above - home) * RowMetres;
            if (Math.Min(toBelow, toAbove) > best.Farthest || (below < firstRow && above >= firstRow + rows))
            {
                break;
            }
            if (toBelow <= best.Farthest)
            {
                Look(below - firstRow, below, from, x, perStep, ref best, isStale);
            }
            if (away > 0 && toAbove <= best.Farthest)
            {
                Look(above - firstRow, above, from, x, perStep, ref best, isStale);
            }
        }
        return best.ToList();
    }

    private void Look(int at, int row, GeoPoint from, uint x, double perStep, ref Best best, Func<int, bool>? isStale)
    {
        if (at < 0 || at >= rowStarts.Count - 1)
        {
            return;
        }
        var (start, end) = ((int)rowStarts[at], (int)rowStarts[at + 1]);
        var middle = xs.Between(start, end).BinarySearch(x);
        middle = start + (middle < 0 ? ~middle : middle);
        for (var (west, east) = (middle - 1, middle); west >= start || east < end;)
        {
            var toWest = west >= start ? (x - xs[west]) * perStep : double.PositiveInfinity;
            var toEast = east < end ? (xs[east] - x) * perStep : double.PositiveInfinity;
            var (gate, side) = toWest < toEast ? (west--, toWest) : (east++, toEast);
            if (side > best.Farthest)
            {
                break;
            }
            var north = (GateBook.Latitude(row, ys[gate]) - from.Latitude) * MetresPerDegree;
            var metres = Math.Sqrt(side * side + north * north);
            if (metres <= best.Farthest && (isStale is null || !isStale(addresses[gate])))
            {
                best.Add(addresses[gate], metres);
            }
        }
    }

    /// <summary>The few nearest so far, sorted.</summary>
    private ref struct Best(int most, double within)
    {
        private readonly (int Address, double Metres)[] found = new (int, double)[most];
        private int count;

        public double Farthest { get; private set; } = within;

        public void Add(int address, double metres)
        {
            if (most == 0)
            {
                return;
            }
            var at = Math.Min(count, most - 1);
            for (; at > 0 && found[at - 1].Metres > metres; at--)
            {
                found[at] = found[at - 1];
            }
            found[at] = (address, metres);
            count = Math.Min(count + 1, most);
            if (count == most)
            {
                Farthest = found[most - 1].Metres;
            }
        }

        public readonly List<(int Address, double Metres)> ToList() => [.. found.AsSpan(0, count)];
    }
}
