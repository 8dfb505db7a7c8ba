using System.Globalization;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Finds an address by its code: the area's prefix, then the object's number among those of the area.</summary>
internal sealed class CodeSearch(IndexBytes bytes)
{
    private const int Objects = 100_000;

    private readonly Column<ushort> objects = bytes.Column<ushort>(Section.Objects);
    private readonly Column<House> houses = bytes.Column<House>(Section.Houses);
    private readonly Column<int> prefixes = bytes.Column<int>(Section.Prefixes);
    private readonly Column<uint> prefixStarts = bytes.Column<uint>(Section.PrefixStarts);
    private readonly Column<CodePlace> byCode = bytes.Column<CodePlace>(Section.ByCode);

    /// <summary>How many addresses there are.</summary>
    public int Count => objects.Count;

    /// <summary>The last five figures of an address's code; the sixteenth bit is kept with its house.</summary>
    public uint ObjectOf(int address) => objects[address] | houses[address].ObjectBit << 16;

    /// <summary>The address of this code; -1: none.</summary>
    public int PlaceOf(AddressCode code)
    {
        var number = long.Parse(code.ToString(), CultureInfo.InvariantCulture);
        if (Range((int)(number / Objects)) is not var (start, end))
        {
            return -1;
        }
        var at = LowerBound(start, end, (uint)(number % Objects));
        return at < end && ObjectOf(byCode[at]) == number % Objects ? byCode[at].Address : -1;
    }

    /// <summary>The first addresses whose codes begin with these figures (5 to 10 of them), in the order of their codes.</summary>
    public IEnumerable<int> BeginningWith(string figures)
    {
        var from = long.Parse(figures.PadRight(AddressCode.Length, '0'), CultureInfo.InvariantCulture);
        var to = long.Parse(figures.PadRight(AddressCode.Length, '9'), CultureInfo.InvariantCulture);
        if (Range((int)(from / Objects)) is not var (start, end))
        {
            yield break;
        }
        for (var at = LowerBound(start, end, (uint)(from % Objects)); at < end && ObjectOf(byCode[at]) <= to % Objects; at++)
        {
            yield return byCode[at].Address;
        }
    }

    private uint ObjectOf(CodePlace place) => objects[place.Address] | place.ObjectBit << 16;

    private (int Start, int End)? Range(int prefix)
    {
        var at = prefixes.Between(0, prefixes.Count).BinarySearch(prefix);
        return at < 0 ? null : ((int)prefixStarts[at], (int)prefixStarts[at + 1]);
    }

    /// <summary>
    /// Numbers are given out in order, more or less, so the guess by proportion is near. Each look goes to two far pages of memory; those of the
    /// last few places do not wait for each other.
    /// </summary>
    private int LowerBound(int start, int end, uint wanted)
    {
        const int Few = 8;
        var (low, high) = (start, end);
        var (least, greatest) = (ObjectOf(byCode[start]), ObjectOf(byCode[end - 1]));
        if (wanted <= least || wanted > greatest)
        {
            return wanted <= least ? start : end;
        }
        while (high - low > 2 * Few)
        {
            var guess = Math.Clamp(low + (int)((long)(high - low) * (wanted - least) / (greatest - least)), low, high - 1);
            var (left, right) = (Math.Max(low, guess - Few), Math.Min(high - 1, guess + Few - 1));
            var (first, last) = (ObjectOf(byCode[left]), ObjectOf(byCode[right]));
            if (first >= wanted)
            {
                (high, greatest) = (left, first);
            }
            else if (last < wanted)
            {
                (low, least) = (right + 1, last);
            }
            else
            {
                (low, high) = (left + 1, right);
            }
        }
        var below = 0;
        for (var at = low; at < high; at++)
        {
            below += ObjectOf(byCode[at]) < wanted ? 1 : 0;
        }
        return low + below;
    }
}
