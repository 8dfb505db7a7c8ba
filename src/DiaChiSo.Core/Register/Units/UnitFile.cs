using System.Text;

namespace DiaChiSo.Core.Register.Units;

/// <summary>
/// The loaded units in one compact file of the data folder, read at each start. Strings stand once, in a table of their own; outlines are
/// differences from point to point.
/// </summary>
public static class UnitFile
{
    private const string Magic = "DCSU1";
    private const int MostUnits = 100_000;
    private const int MostPoints = 40_000_000;

    /// <summary>Writes beside the old file and then in its place, so that a cut-off leaves the old one.</summary>
    public static void Write(string path, AdministrativeUnits units, Boundaries boundaries)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            using var writer = new BinaryWriter(file, Encoding.UTF8);
            writer.Write(Magic);
            var strings = new StringTable(writer, units);
            writer.Write7BitEncodedInt(units.Higher.Count);
            foreach (var unit in units.Higher)
            {
                strings.Write(unit.Key, unit.Type, unit.Name, unit.ProvinceCode);
                strings.Write(unit.Aliases);
                strings.Write(unit.PostalPrefixes);
            }
            writer.Write7BitEncodedInt(units.All.Count);
            foreach (var unit in units.All)
            {
                strings.Write(unit.Key, unit.Type, unit.Name, unit.ProvinceCode);
                strings.Write([unit.Province, unit.District ?? "", unit.DistrictCode ?? "", unit.PostalCode ?? ""]);
                strings.Write(unit.Aliases);
                strings.Write([.. unit.Successors.Select(successor => successor.Code)]);
                writer.Write(unit.Centre?.Latitude ?? double.NaN);
                writer.Write(unit.Centre?.Longitude ?? double.NaN);
            }
            WriteBoundaries(writer, boundaries);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <exception cref="UnitTableFault">The file is not one of these, or is cut off.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (AdministrativeUnits Units, Boundaries Boundaries) Read(string path)
    {
        using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
        try
        {
            return Read(reader);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            throw new UnitTableFault($"{Path.GetFileName(path)} is damaged; load the units again (units import), or delete it for the shipped ones.");
        }
    }

    private static (AdministrativeUnits Units, Boundaries Boundaries) Read(BinaryReader reader)
    {
        if (reader.ReadString() != Magic)
        {
            throw new FormatException();
        }
        var strings = new string[Count(reader, MostUnits * 4)];
        for (var at = 0; at < strings.Length; at++)
        {
            strings[at] = reader.ReadString();
        }
        var higher = new HigherUnit[Count(reader, MostUnits)];
        for (var at = 0; at < higher.Length; at++)
        {
            higher[at] = new() { Key = Key(), Type = Next(), Name = Next(), ProvinceCode = Next(), Aliases = List(), PostalPrefixes = List() };
        }
        var communes = new AdministrativeUnit[Count(reader, MostUnits)];
        for (var at = 0; at < communes.Length; at++)
        {
            communes[at] = new()
            {
                Key = Key(),
                Type = Next(),
                Name = Next(),
                ProvinceCode = Next(),
                Province = List() is [var province, var district, var districtCode, var postal] ? province : throw new FormatException(),
                District = NullIfEmpty(district),
                DistrictCode = NullIfEmpty(districtCode),
                PostalCode = NullIfEmpty(postal),
                Aliases = List(),
                Successors = Array.ConvertAll(List(), code => new UnitKey(UnitSystem.Since2025, code)),
                Centre = CentreOf(reader.ReadDouble(), reader.ReadDouble()),
            };
        }
        return (new(communes, higher), new(ReadBoundaries(reader)));

        string Next() => strings[reader.Read7BitEncodedInt()];
        UnitKey Key() => new(reader.ReadByte() == 0 ? UnitSystem.Until2025 : UnitSystem.Since2025, Next());
        string[] List()
        {
            var list = new string[Count(reader, 1_000)];
            for (var at = 0; at < list.Length; at++)
            {
                list[at] = Next();
            }
            return list;
        }
    }

    private static void WriteBoundaries(BinaryWriter writer, Boundaries boundaries)
    {
        writer.Write7BitEncodedInt(boundaries.All.Count);
        foreach (var boundary in boundaries.All)
        {
            writer.Write(boundary.Commune.Code);
            writer.Write7BitEncodedInt(boundary.Rings.Count);
            foreach (var area in boundary.Rings)
            {
                writer.Write7BitEncodedInt(area.Count);
                foreach (var ring in area)
                {
                    writer.Write7BitEncodedInt(ring.Length);
                    for (var at = 0; at < ring.Length; at++)
                    {
                        var step = ring[at] - (at < 2 ? 0 : ring[at - 2]);
                        writer.Write7BitEncodedInt(step << 1 ^ step >> 31);
                    }
                }
            }
        }
    }

    private static IEnumerable<Boundary> ReadBoundaries(BinaryReader reader)
    {
        var boundaries = new Boundary[Count(reader, MostUnits)];
        for (var i = 0; i < boundaries.Length; i++)
        {
            var commune = new UnitKey(UnitSystem.Since2025, reader.ReadString());
            var areas = new IReadOnlyList<int[]>[Count(reader, MostPoints)];
            for (var a = 0; a < areas.Length; a++)
            {
                var rings = new int[Count(reader, MostPoints)][];
                for (var r = 0; r < rings.Length; r++)
                {
                    rings[r] = new int[Count(reader, MostPoints)];
                    for (var at = 0; at < rings[r].Length; at++)
                    {
                        var step = reader.Read7BitEncodedInt();
                        rings[r][at] = (int)((uint)step >> 1 ^ -(step & 1)) + (at < 2 ? 0 : rings[r][at - 2]);
                    }
                }
                areas[a] = rings;
            }
            boundaries[i] = new(commune, areas);
        }
        return boundaries;
    }

    // A count that a damaged file claims must not reserve memory that the file cannot fill.
    private static int Count(BinaryReader reader, int most)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= most && count <= reader.BaseStream.Length - reader.BaseStream.Position ? count : throw new FormatException();
    }

    private static GeoPoint? CentreOf(double latitude, double longitude) => double.IsNaN(latitude) ? null : new(latitude, longitude);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private sealed class StringTable
    {
        private readonly BinaryWriter writer;
        private readonly Dictionary<string, int> places = [];

        public StringTable(BinaryWriter writer, AdministrativeUnits units)
        {
            this.writer = writer;
            foreach (var text in units.Higher.SelectMany(unit => unit.Aliases.Concat(unit.PostalPrefixes).Append(unit.Key.Code).Append(unit.Type).Append(unit.Name).Append(unit.ProvinceCode))
                .Concat(units.All.SelectMany(unit => unit.Aliases.Concat(unit.Successors.Select(successor => successor.Code))
                    .Concat([unit.Key.Code, unit.Type, unit.Name, unit.ProvinceCode, unit.Province, unit.District ?? "", unit.DistrictCode ?? "", unit.PostalCode ?? ""]))))
            {
                places.TryAdd(text, places.Count);
            }
            writer.Write7BitEncodedInt(places.Count);
            foreach (var text in places.Keys)
            {
                writer.Write(text);
            }
        }

        public void Write(UnitKey key, params ReadOnlySpan<string> texts)
        {
            writer.Write((byte)(key.System == UnitSystem.Until2025 ? 0 : 1));
            writer.Write7BitEncodedInt(places[key.Code]);
            foreach (var text in texts)
            {
                writer.Write7BitEncodedInt(places[text]);
            }
        }

        public void Write(IReadOnlyList<string> list)
        {
            writer.Write7BitEncodedInt(list.Count);
            foreach (var text in list)
            {
                writer.Write7BitEncodedInt(places[text]);
            }
        }
    }
}
