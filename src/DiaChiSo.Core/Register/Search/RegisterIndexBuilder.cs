using System.Runtime.InteropServices;
using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// Takes addresses one by one and writes an index of them. Holds about 30 bytes an address and each different name and house number once;
/// the order in which addresses come does not matter.
/// </summary>
/// <param name="unitOf">The names of a commune. Asked once for each.</param>
public sealed class RegisterIndexBuilder(Func<UnitKey, IndexedUnit> unitOf)
{
    private readonly UnitBook units = new(unitOf);
    private readonly NameBook names = new();
    private readonly Dictionary<(int Commune, int Former, int Prefix), int> areaNumbers = [];
    private readonly List<(int Commune, int Former, int Prefix)> areas = [];
    private readonly Dictionary<(int Area, int Village, int Street), int> groupNumbers = [];
    private readonly List<(int Area, int Village, int Street)> groups = [];
    private readonly Dictionary<string, int> houseNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> houseKeys = new(StringComparer.Ordinal);
    private readonly List<string> houses = [];

    // One entry an address, in the order in which they came.
    private readonly List<int> groupOf = [];
    private readonly List<uint> objectOf = [];
    private readonly List<int> houseOf = [];
    private readonly List<(int Address, int Name)> placed = [];
    private readonly GateBook gates = new();

    private (UnitKey Commune, UnitKey? Former, int Prefix, int Area) lastArea = (default, null, -1, -1);

    public int Count => groupOf.Count;

    /// <exception cref="ArgumentOutOfRangeException">The code is no ten figures.</exception>
    public void Add(in IndexedAddress address)
    {
        if (address.Code is < 0 or > 9_999_999_999)
        {
            throw new ArgumentOutOfRangeException(nameof(address), "A code has ten figures.");
        }
        var number = groupOf.Count;
        var area = AreaOf(address);
        groupOf.Add(GroupOf(area, address.Village is null ? 0 : names.Number(NameKind.Village, address.Village), address.Street is null ? 0 : names.Number(NameKind.Street, address.Street)));
        objectOf.Add((uint)(address.Code % 100_000));
        houseOf.Add(address.House is null ? 0 : HouseOf(address.House));
        if (address.Name is not null)
        {
            placed.Add((number, names.Number(NameKind.Place, address.Name)));
        }
        if (address.Gate is { } gate)
        {
            gates.Add(gate, number);
        }
    }

    /// <summary>Writes the index to a file: beside it first, then in its place at once, so that nobody ever opens half of one.</summary>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public void WriteTo(string path, IndexStamp stamp)
    {
        var beside = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                Write(file, stamp);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>The index in memory, for a few addresses.</summary>
    public RegisterIndex ToMemory()
    {
        var stream = new MemoryStream();
        Write(stream, default);
        var pinned = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.Position = 0;
        stream.ReadExactly(pinned);
        return RegisterIndex.Of(IndexBytes.Of(pinned));
    }

    private void Write(Stream into, IndexStamp stamp)
    {
        using var index = new IndexWriter(into);
        index.Write<IndexStamp>(Section.Stamp, new[] { stamp });
        var areaOrder = Order(areas.Count, (a, b) => (areas[a].Commune, areas[a].Former, areas[a].Prefix).CompareTo((areas[b].Commune, areas[b].Former, areas[b].Prefix)));
        var areaPlace = Inverse(areaOrder);
        var groupOrder = Order(groups.Count, (a, b) => (areaPlace[groups[a].Area], groups[a].Village, groups[a].Street).CompareTo((areaPlace[groups[b].Area], groups[b].Village, groups[b].Street)));
        var groupPlace = Inverse(groupOrder);
        var houseOrder = Order(houses.Count, (a, b) => string.CompareOrdinal(houses[a], houses[b]));
        var houseRank = Inverse(houseOrder);

        var firstOfGroup = new int[groups.Count + 1];
        var order = SortAddresses(groupPlace, houseRank, firstOfGroup);
        var place = Inverse(order);

        names.Finish(placed.Select(one => (one.Name, Area: areaPlace[groups[groupOf[one.Address]].Area]))
            .Concat(groups.Where(group => group.Village > 0).Select(group => (Name: group.Village - 1, Area: areaPlace[group.Area])))
            .Concat(groups.Where(group => group.Street > 0).Select(group => (Name: group.Street - 1, Area: areaPlace[group.Area]))));
        var words = new WordBook();
        units.Write(index, words, areaOrder.Select(area => (areas[area].Commune, areas[area].Former)).ToArray());
        names.Write(index, words);
        Lexicon.Write(index, words.All);
        names.WritePostings(index, words.Count);
        units.WritePostings(index, words.Count);

        WriteAreas(index, areaOrder, groupOrder, firstOfGroup);
        WriteHouses(index, houseOrder);
        index.Write<ushort>(Section.Objects, Array.ConvertAll(order, address => (ushort)objectOf[address]));
        index.Write<House>(Section.Houses, Array.ConvertAll(order, address => new House(houseOf[address] == 0 ? 0 : houseRank[houseOf[address] - 1] + 1, objectOf[address] >> 16)));
        var named = placed.Select(one => (Address: place[one.Address], one.Name)).Order().ToArray();
        index.Write<int>(Section.Placed, Array.ConvertAll(named, one => one.Address));
        index.Write<int>(Section.PlacedNames, Array.ConvertAll(named, one => one.Name));
        WriteCodes(index, order);
        gates.Write(index, place);
    }

    private int AreaOf(in IndexedAddress address)
    {
        var prefix = (int)(address.Code / 100_000);
        if (lastArea.Prefix == prefix && lastArea.Commune == address.Commune && lastArea.Former == address.FormerCommune)
        {
            return lastArea.Area;
        }
        var key = (units.Number(address.Commune), address.FormerCommune is { } former ? units.Number(former) : -1, prefix);
        if (!areaNumbers.TryGetValue(key, out var area))
        {
            area = areaNumbers[key] = areas.Count;
            areas.Add(key);
        }
        lastArea = (address.Commune, address.FormerCommune, prefix, area);
        return area;
    }

    // Names are counted from 0; here 0 is none.
    private int GroupOf(int area, int village, int street)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groupNumbers, (area, village, street), out var isKnown);
        if (!isKnown)
        {
            group = groups.Count;
            groups.Add((area, village, street));
        }
        return group;
    }

    private int HouseOf(string house)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(houseNumbers, house, out var isKnown);
        if (!isKnown)
        {
            var key = WordText.HouseKey(house);
            if (key.Length == 0)
            {
                return number = 0;
            }
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(houseKeys, key, out var isKnownKey);
            if (!isKnownKey)
            {
                houses.Add(key);
                known = houses.Count;
            }
            number = known;
        }
        return number;
    }

    /// <summary>Addresses by group, inside it by house number, those without one first, then by code.</summary>
    private int[] SortAddresses(int[] groupPlace, int[] houseRank, int[] firstOfGroup)
    {
        foreach (var group in groupOf)
        {
            firstOfGroup[groupPlace[group] + 1]++;
        }
        for (var i = 1; i < firstOfGroup.Length; i++)
        {
            firstOfGroup[i] += firstOfGroup[i - 1];
        }
        var next = (int[])firstOfGroup.Clone();
        var keys = new ulong[groupOf.Count];
        var order = new int[groupOf.Count];
        for (var address = 0; address < groupOf.Count; address++)
        {
            var at = next[groupPlace[groupOf[address]]]++;
            var house = houseOf[address] == 0 ? 0 : houseRank[houseOf[address] - 1] + 1;
            keys[at] = (ulong)house << 17 | objectOf[address];
            order[at] = address;
        }
        Parallel.For(0, groups.Count, group => Array.Sort(keys, order, firstOfGroup[group], firstOfGroup[group + 1] - firstOfGroup[group]));
        return order;
    }

    private void WriteAreas(IndexWriter index, int[] areaOrder, int[] groupOrder, int[] firstOfGroup)
    {
        var rows = new List<AreaRow>(areaOrder.Length + 1);
        var groupRows = new List<GroupRow>(groupOrder.Length + 1);
        var (villages, streets) = (new ListsWriter<int>(), new ListsWriter<int>());
        foreach (var area in areaOrder)
        {
            var (commune, former, prefix) = areas[area];
            rows.Add(new(commune, units.ProvinceOf(commune), former, former < 0 ? -1 : units.DistrictOf(former), former < 0 ? -1 : units.ProvinceOf(former), prefix, groupRows.Count, former >= 0 && units.AreNamedAlike(commune, former) ? 1 : 0));
            var (villageAt, streetAt) = (new Dictionary<int, ushort> { [0] = 0 }, new Dictionary<int, ushort> { [0] = 0 });
            for (; groupRows.Count < groupOrder.Length && groups[groupOrder[groupRows.Count]].Area == area;)
            {
                var group = groups[groupOrder[groupRows.Count]];
                groupRows.Add(new(At(group.Village, villageAt, villages), At(group.Street, streetAt, streets), firstOfGroup[groupRows.Count]));
            }
            villages.EndList();
            streets.EndList();
        }
        rows.Add(new(-1, -1, -1, -1, -1, -1, groupRows.Count, 0));
        groupRows.Add(new(0, 0, groupOf.Count));
        index.Write(Section.Areas, rows);
        villages.Write(index, Section.AreaVillageStarts, Section.AreaVillages);
        streets.Write(index, Section.AreaStreetStarts, Section.AreaStreets);
        index.Write(Section.Groups, groupRows);

        static ushort At(int name, Dictionary<int, ushort> known, ListsWriter<int> list)
        {
            if (!known.TryGetValue(name, out var at))
            {
                at = known[name] = checked((ushort)known.Count);
                list.Add(name - 1);
            }
            return at;
        }
    }

    private void WriteHouses(IndexWriter index, int[] houseOrder)
    {
        var starts = new List<uint>(houses.Count + 1) { 0 };
        var text = new List<byte>(houses.Count * 6);
        foreach (var house in houseOrder)
        {
            text.AddRange(Encoding.UTF8.GetBytes(houses[house]));
            starts.Add((uint)text.Count);
        }
        index.Write(Section.HouseStarts, starts);
        index.Write(Section.HouseText, text);
    }

    private void WriteCodes(IndexWriter index, int[] order)
    {
        var codes = new ulong[order.Length];
        var byCode = new int[order.Length];
        for (var at = 0; at < order.Length; at++)
        {
            var address = order[at];
            codes[at] = (ulong)areas[groups[groupOf[address]].Area].Prefix << 17 | objectOf[address];
            byCode[at] = at;
        }
        Array.Sort(codes, byCode);
        var prefixes = new List<int>();
        var starts = new List<uint>();
        for (var at = 0; at < codes.Length; at++)
        {
            var prefix = (int)(codes[at] >> 17);
            if (prefixes.Count == 0 || prefixes[^1] != prefix)
            {
                prefixes.Add(prefix);
                starts.Add((uint)at);
            }
        }
        starts.Add((uint)codes.Length);
        index.Write(Section.Prefixes, prefixes);
        index.Write(Section.PrefixStarts, starts);
        index.Write<CodePlace>(Section.ByCode, Array.ConvertAll(byCode, at => new CodePlace(at, objectOf[order[at]] >> 16)));
    }

    private static int[] Order(int count, Comparison<int> compare)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }
        Array.Sort(order, compare);
        return order;
    }

    private static int[] Inverse(int[] order)
    {
        var place = new int[order.Length];
        for (var at = 0; at < order.Length; at++)
        {
            place[order[at]] = at;
        }
        return place;
    }
}
