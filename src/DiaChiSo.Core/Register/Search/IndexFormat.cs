using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DiaChiSo.Core.Register.Search;

/// <summary>What lies in an index, in the order in which it is written. A number is never used for something else: raise the version instead.</summary>
internal enum Section
{
    /// <summary>What the register was when this was built: see <see cref="IndexStamp"/>.</summary>
    Stamp,

    // Words: each once, folded, sorted.
    WordStarts, WordLetters, WordTable, DeleteBuckets, DeleteHashes, DeleteWords,

    // Names of units, and the units behind them.
    UnitNameStarts, UnitNameWords, UnitNameUnitStarts, UnitNameUnits, FirstWordStarts, FirstWordUnitNames,
    Units, UnitTextStarts, UnitText, UnitAreaStarts, UnitAreas,

    // Names of villages, streets and places.
    Names, NameTextStarts, NameText, NameWordStarts, NameWords, WordNameStarts, WordNames, NameAreaStarts, NameAreas,

    // An area is where the codes begin alike and lie in the same communes, new and old; a group is a village and street of it.
    Areas, AreaVillageStarts, AreaVillages, AreaStreetStarts, AreaStreets, Groups,

    // Addresses, by group and house number.
    HouseStarts, HouseText, Objects, Houses, Placed, PlacedNames,

    // By code, and by place.
    Prefixes, PrefixStarts, ByCode, Grid, RowStarts, GateX, GateY, GateAddress,
}

/// <summary>The frame of the file: a magic word with the version, a table of sections, a hash of both; then the sections, each on a multiple of 8 bytes, in this machine's byte order.</summary>
internal static class IndexFormat
{
    public const int MostSections = 64;

    public static int HeaderLength => Magic.Length + MostSections * 16 + 8;

    /// <summary>"DCSIDX" and the version.</summary>
    public static ReadOnlySpan<byte> Magic => "DCSIDX01"u8;
}

/// <summary>Writes an index section by section into a stream that can seek.</summary>
internal sealed class IndexWriter(Stream into) : IDisposable
{
    private readonly long[] table = new long[IndexFormat.MostSections * 2];
    private bool isStarted;

    public void Write<T>(Section section, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!isStarted)
        {
            into.Write(new byte[IndexFormat.HeaderLength]);
            isStarted = true;
        }
        into.Write(new byte[(8 - into.Position % 8) % 8]);
        table[2 * (int)section] = into.Position;
        var bytes = 0L;
        // A span of bytes is at most 2 GB; a column may be more.
        for (var from = 0; from < values.Length;)
        {
            var part = values.Slice(from, Math.Min(values.Length - from, 1 << 24));
            var raw = MemoryMarshal.AsBytes(part);
            into.Write(raw);
            bytes += raw.Length;
            from += part.Length;
        }
        table[2 * (int)section + 1] = bytes;
    }

    public void Write<T>(Section section, List<T> values)
        where T : unmanaged => Write<T>(section, CollectionsMarshal.AsSpan(values));

    /// <summary>Writes the header last: a file that was cut off before has none.</summary>
    public void Dispose()
    {
        var header = new byte[IndexFormat.HeaderLength];
        IndexFormat.Magic.CopyTo(header);
        MemoryMarshal.AsBytes<long>(table).CopyTo(header.AsSpan(IndexFormat.Magic.Length));
        var hash = MemoryMarshal.Read<ulong>(SHA256.HashData(header.AsSpan(0, header.Length - 8)));
        MemoryMarshal.Write(header.AsSpan(header.Length - 8), hash);
        into.Position = 0;
        into.Write(header);
        into.Flush();
    }
}
