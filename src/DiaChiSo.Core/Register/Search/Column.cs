using System.Runtime.CompilerServices;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// A row of values inside an index, read where they lie. Every access is checked against the length: a damaged file ends in an exception,
/// not in foreign memory. Whoever holds a column holds the <see cref="IndexBytes"/> it came from.
/// </summary>
internal readonly unsafe struct Column<T>(byte* start, int count)
    where T : unmanaged
{
    public int Count => count;

    public T this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)at >= (uint)count)
            {
                Outside();
            }
            return ((T*)start)[at];
        }
    }

    /// <summary>The values from <paramref name="from"/> up to, not with, <paramref name="to"/>.</summary>
    /// <exception cref="InvalidDataException">The file does not hold them.</exception>
    public ReadOnlySpan<T> Between(int from, int to)
    {
        if ((uint)from > (uint)count || (uint)to > (uint)count || from > to)
        {
            Outside();
        }
        return new(((T*)start) + from, to - from);
    }

    private static void Outside() => throw new InvalidDataException("The search index is damaged: it points outside of itself. Delete the file; it is built again.");
}

/// <summary>Lists of values behind numbered keys: the values of key k are those between start k and start k + 1.</summary>
internal readonly struct Lists<T>(Column<uint> starts, Column<T> values)
    where T : unmanaged
{
    public int Count => Math.Max(0, starts.Count - 1);

    public ReadOnlySpan<T> this[int key] => values.Between((int)starts[key], (int)starts[key + 1]);
}

/// <summary>Texts behind numbered keys, as UTF-8.</summary>
internal readonly struct Words(Column<uint> starts, Column<byte> letters)
{
    public int Count => Math.Max(0, starts.Count - 1);

    public ReadOnlySpan<byte> Bytes(int key) => letters.Between((int)starts[key], (int)starts[key + 1]);

    public string this[int key] => System.Text.Encoding.UTF8.GetString(Bytes(key));
}
