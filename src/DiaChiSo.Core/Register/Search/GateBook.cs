namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// Gates while an index is built: in rows of <see cref="RowDegrees"/> from south to north, inside a row from west to east. Nine bytes a gate,
/// to about 0.2 m.
/// </summary>
internal sealed class GateBook
{
    /// <summary>Height of a row in degrees of latitude: about 111 m.</summary>
    public const double RowDegrees = 0.001;

    /// <summary>Steps of longitude in a degree.</summary>
    public const double StepsPerDegree = 1_000_000;

    private const int StepsPerRow = 1 << 8;

    // A key is the row (19 bits), the longitude (29 bits) and the place inside the row (16 bits).
    private const int RowShift = 45;

    private readonly List<ulong> keys = [];
    private readonly List<int> addresses = [];

    public void Add(GeoPoint gate, int address)
    {
        var steps = (gate.Latitude + 90) / RowDegrees;
        var row = (uint)steps;
        var inRow = (uint)((steps - row) * StepsPerRow);
        var x = (uint)Math.Round((gate.Longitude + 180) * StepsPerDegree);
        keys.Add((ulong)row << RowShift | (ulong)x << 16 | inRow);
        addresses.Add(address);
    }

    /// <param name="place">The place of each address in its final order.</param>
    public void Write(IndexWriter index, int[] place)
    {
        var sorted = keys.ToArray();
        var address = addresses.ToArray();
        Array.Sort(sorted, address);
        var (x, y) = (new uint[sorted.Length], new byte[sorted.Length]);
        var firstRow = sorted.Length == 0 ? 0 : (int)(sorted[0] >> RowShift);
        var rows = sorted.Length == 0 ? 0 : (int)(sorted[^1] >> RowShift) - firstRow + 1;
        var starts = new uint[rows + 1];
        for (var i = 0; i < sorted.Length; i++)
        {
            (x[i], y[i], address[i]) = ((uint)(sorted[i] >> 16) & 0x1FFF_FFFF, (byte)sorted[i], place[address[i]]);
            starts[(int)(sorted[i] >> RowShift) - firstRow + 1]++;
        }
        for (var row = 1; row <= rows; row++)
        {
            starts[row] += starts[row - 1];
        }
        index.Write<int>(Section.Grid, new[] { firstRow });
        index.Write<uint>(Section.RowStarts, starts);
        index.Write<uint>(Section.GateX, x);
        index.Write<byte>(Section.GateY, y);
        index.Write<int>(Section.GateAddress, address);
    }

    public static double Latitude(int row, byte y) => (row + (y + 0.5) / StepsPerRow) * RowDegrees - 90;

    public static double Longitude(uint x) => x / StepsPerDegree - 180;
}
