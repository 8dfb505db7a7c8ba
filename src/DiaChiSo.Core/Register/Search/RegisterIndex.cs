using System.Collections.Concurrent;
using System.Globalization;

namespace DiaChiSo.Core.Register.Search;

/// <summary>An address that was found.</summary>
/// <param name="Line">"Số nhà 15, thôn Háng Là, xã Sín Chải, tỉnh Điện Biên": from the index's own words.</param>
/// <param name="Score">For ordering; not a probability (domain.md §5).</param>
/// <param name="SharedBy">How many addresses have these very words.</param>
/// <param name="Unmatched">The typed words that nothing in this address answers.</param>
/// <param name="MatchesHouse">Whether a typed house number is this address's.</param>
public sealed record IndexMatch(AddressCode Code, string Line, double Score, int SharedBy, IReadOnlyList<string> Unmatched, bool MatchesHouse)
{
    /// <summary>Two matches with the same one lie in the same village or street.</summary>
    internal int Group { get; init; }

    internal bool IsPlace { get; init; }
}

/// <summary>An address near a place, with the metres to its gate.</summary>
public readonly record struct NearMatch(AddressCode Code, double Metres);

/// <summary>
/// The register for searching: one file, mapped into memory. Names are scored, not addresses; inside the best villages and streets the house
/// number is found by its sorted place. Any number of threads may ask at once. Holds no owner's data.
/// </summary>
public sealed class RegisterIndex
{
    private readonly IndexBytes bytes;
    private readonly ConcurrentBag<Searcher> idle = [];

    internal readonly Column<AreaRow> Areas;
    internal readonly Column<GroupRow> Groups;
    internal readonly Lists<int> AreaVillages;
    internal readonly Lists<int> AreaStreets;
    internal readonly Column<NameRow> Names;
    internal readonly Lists<int> NameWords;
    internal readonly Lists<int> WordNames;
    internal readonly Lists<int> NameAreas;
    internal readonly Column<UnitRow> Units;
    internal readonly Lists<int> UnitNameWords;
    internal readonly Lists<int> UnitNameUnits;
    internal readonly Lists<int> FirstWordUnitNames;
    internal readonly Lists<int> UnitAreas;
    internal readonly Lexicon Lexicon;
    internal readonly Words HouseText;
    internal readonly Column<House> Houses;
    internal readonly Column<int> Placed;
    internal readonly Column<int> PlacedNames;
    internal readonly Words NameText;
    internal readonly Words UnitText;

    private readonly CodeSearch codes;
    private readonly GateSearch gates;

    private RegisterIndex(IndexBytes bytes)
    {
        this.bytes = bytes;
        Areas = bytes.Column<AreaRow>(Section.Areas);
        Groups = bytes.Column<GroupRow>(Section.Groups);
        AreaVillages = bytes.Lists<int>(Section.AreaVillageStarts, Section.AreaVillages);
        AreaStreets = bytes.Lists<int>(Section.AreaStreetStarts, Section.AreaStreets);
        Names = bytes.Column<NameRow>(Section.Names);
        NameWords = bytes.Lists<int>(Section.NameWordStarts, Section.NameWords);
        WordNames = bytes.Lists<int>(Section.WordNameStarts, Section.WordNames);
        NameAreas = bytes.Lists<int>(Section.NameAreaStarts, Section.NameAreas);
        Units = bytes.Column<UnitRow>(Section.Units);
        UnitNameWords = bytes.Lists<int>(Section.UnitNameStarts, Section.UnitNameWords);
        UnitNameUnits = bytes.Lists<int>(Section.UnitNameUnitStarts, Section.UnitNameUnits);
        FirstWordUnitNames = bytes.Lists<int>(Section.FirstWordStarts, Section.FirstWordUnitNames);
        UnitAreas = bytes.Lists<int>(Section.UnitAreaStarts, Section.UnitAreas);
        Lexicon = new(bytes);
        HouseText = bytes.Words(Section.HouseStarts, Section.HouseText);
        Houses = bytes.Column<House>(Section.Houses);
        Placed = bytes.Column<int>(Section.Placed);
        PlacedNames = bytes.Column<int>(Section.PlacedNames);
        NameText = bytes.Words(Section.NameTextStarts, Section.NameText);
        UnitText = bytes.Words(Section.UnitTextStarts, Section.UnitText);
        codes = new(bytes);
        gates = new(bytes);
        Stamp = bytes.Column<IndexStamp>(Section.Stamp)[0];
        bytes.Warm(Section.ByCode, Section.Objects);
    }

    /// <summary>How many addresses it holds.</summary>
    public int Count => codes.Count;

    public IndexStamp Stamp { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length => bytes.Length;

    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no index, of another version, or damaged.</exception>
    public static RegisterIndex Open(string path) => new(IndexBytes.Map(path));

    internal static RegisterIndex Of(IndexBytes bytes) => new(bytes);

    /// <summary>Whether the register has this code.</summary>
    public bool Contains(AddressCode code)
    {
        var isThere = codes.PlaceOf(code) >= 0;
        GC.KeepAlive(this);
        return isThere;
    }

    /// <summary>The address of this code in one line; null when there is none.</summary>
    public string? LineOf(AddressCode code)
    {
        var line = codes.PlaceOf(code) is >= 0 and var address ? Line(address) : null;
        GC.KeepAlive(this);
        return line;
    }

    /// <summary>The first codes that begin with these figures (5 to 10 of them), in their order.</summary>
    public IReadOnlyList<AddressCode> BeginningWith(string figures, int most)
    {
        if (figures.Length is < AddressCode.AreaLength or > AddressCode.Length || figures.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return [];
        }
        List<AddressCode> found = [.. codes.BeginningWith(figures).Take(most).Select(CodeOf)];
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>The nearest gates within so many metres, nearest first.</summary>
    /// <param name="isStale">Codes that are to be left out.</param>
    public IReadOnlyList<NearMatch> Nearest(GeoPoint from, double withinMetres, int most, Func<AddressCode, bool>? isStale = null)
    {
        var found = gates.Nearest(from, withinMetres, most, isStale is null ? null : address => isStale(CodeOf(address)));
        var near = new NearMatch[found.Count];
        for (var i = 0; i < near.Length; i++)
        {
            near[i] = new(CodeOf(found[i].Address), found[i].Metres);
        }
        GC.KeepAlive(this);
        return near;
    }

    /// <summary>Addresses by words, best first; see <see cref="IAddressRegister.Search"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <param name="isStale">Codes that are to be left out.</param>
    public IReadOnlyList<IndexMatch> Search(string words, int most, Func<AddressCode, bool>? isStale = null)
    {
        var searcher = idle.TryTake(out var used) ? used : new Searcher(this);
        try
        {
            var found = searcher.Search(words, most, isStale);
            idle.Add(searcher);                             // not after a fault: it would begin with what that left
            return found;
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            // No words do that; numbers in the file that point past its tables do.
            throw new InvalidDataException("The search index is damaged. Delete the file; it is built again.", fault);
        }
        finally
        {
            GC.KeepAlive(this);
        }
    }

    internal AddressCode CodeOf(int address)
    {
        var number = Areas[AreaOf(GroupOf(address))].Prefix * 100_000L + codes.ObjectOf(address);
        return new(number.ToString("D10", CultureInfo.InvariantCulture));
    }

    internal string Line(int address)
    {
        var group = GroupOf(address);
        var area = AreaOf(group);
        var parts = new List<string>(6);
        var place = FirstPlaced(address);
        if (place < Placed.Count && Placed[place] == address)
        {
            parts.Add(NameText[PlacedNames[place]]);
        }
        if (Houses[address].Rank is > 0 and var house)
        {
            parts.Add("số nhà " + HouseText[house - 1].ToUpperInvariant().Replace('-', ' '));
        }
        if (Groups[group].Street > 0)
        {
            parts.Add(NameText[AreaStreets[area][Groups[group].Street - 1]]);
        }
        if (Groups[group].Village > 0)
        {
            parts.Add(AdministrativeUnits.InLine(NameText[AreaVillages[area][Groups[group].Village - 1]])!);
        }
        var row = Areas[area];
        parts.Add(UnitText[row.Commune]);
        if (row.Province >= 0)
        {
            parts.Add(UnitText[row.Province]);
        }
        var line = string.Join(", ", parts);
        return char.ToUpperInvariant(line[0]) + line[1..];
    }

    /// <summary>The group in which this address lies.</summary>
    internal int GroupOf(int address)
    {
        var (low, high) = (0, Groups.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Groups[middle].FirstAddress <= address ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The area in which this group lies.</summary>
    internal int AreaOf(int group)
    {
        var (low, high) = (0, Areas.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Areas[middle].FirstGroup <= group ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>Where in <see cref="Placed"/> the addresses from this one on begin.</summary>
    internal int FirstPlaced(int address)
    {
        var (low, high) = (0, Placed.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Placed[middle] < address ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The first of these addresses, sorted by house number, that has this one or a later one, counted from the first.</summary>
    internal int FirstOfHouse(int first, int end, int rank)
    {
        var houses = Houses.Between(first, end);
        var (low, high) = (0, houses.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = houses[middle].Rank < rank ? (middle + 1, high) : (low, middle);
        }
        return first + low;
    }
}
