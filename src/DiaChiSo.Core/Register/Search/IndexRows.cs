using System.Runtime.InteropServices;

namespace DiaChiSo.Core.Register.Search;

/// <summary>An address as the index takes it: its words and its gate, nothing about its people.</summary>
/// <param name="Code">Its ten figures as a number.</param>
/// <param name="Name">Only where it is public; see <see cref="AddressCategory.NameIsPublic"/>.</param>
public readonly record struct IndexedAddress(long Code, UnitKey Commune, UnitKey? FormerCommune, string? Village, string? Street, string? House, string? Name, GeoPoint? Gate);

/// <summary>A commune's names for the index.</summary>
/// <param name="Type">"Xã".</param>
/// <param name="Others">Other spellings and former names.</param>
/// <param name="District">With its type, "Huyện Tủa Chùa"; null since 1/7/2025.</param>
/// <param name="Province">With its type, "Tỉnh Điện Biên".</param>
public sealed record IndexedUnit(string Type, string Name, IReadOnlyList<string> Others, string? District, string? Province);

/// <summary>Which register an index was built from.</summary>
/// <param name="LastChange">The last <see cref="RegisterChange"/> that it holds.</param>
/// <param name="Stamp">That change's <see cref="RegisterChange.Stamp"/>; empty where there was none.</param>
/// <param name="Imports">The greatest <see cref="Import.RegisterImport.Revision"/>: imports pass the change rows by. 0 where there was none.</param>
/// <param name="Units">Tells the units' names with which it was built.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct IndexStamp(long LastChange, Guid Stamp, long Imports, long Units);

/// <summary>A unit of any level.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct UnitRow(Level Level, byte Kind);

/// <summary>Where codes begin with the same five figures and the communes, new and old, are the same. Numbers of units; −1 is none.</summary>
/// <param name="Alike">1 where the new and the old commune have the same name.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct AreaRow(int Commune, int Province, int FormerCommune, int FormerDistrict, int FormerProvince, int Prefix, int FirstGroup, int Alike)
{
    public bool AreNamedAlike => Alike != 0;
}

/// <summary>A village and a street of an area, by their place in the area's lists, counted from 1; 0 is none.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct GroupRow(ushort Village, ushort Street, int FirstAddress);

/// <summary>The house number of an address by its place among all house numbers, counted from 1; 0 is none. The upper bit is the 17th of the code's object.</summary>
internal readonly record struct House
{
    private readonly uint value;

    public House(int rank, uint objectBit) => value = (uint)rank | objectBit << 31;

    public int Rank => (int)(value & 0x7FFF_FFFF);

    public uint ObjectBit => value >> 31;
}

/// <summary>An address in the order of codes. The upper bit is the 17th of the code's object, so that a search by code need not look it up.</summary>
internal readonly record struct CodePlace
{
    private readonly uint value;

    public CodePlace(int address, uint objectBit) => value = (uint)address | objectBit << 31;

    public int Address => (int)(value & 0x7FFF_FFFF);

    public uint ObjectBit => value >> 31;
}

internal enum NameKind : byte { Village = 1, Street = 2, Place = 3 }

/// <param name="Type">The word of kind that was taken off, by <see cref="TypeWords"/>; 0 when there was none.</param>
/// <param name="Bare">1 where only a number or a letter is left ("Đội 5"): then it counts only behind a word of its kind.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct NameRow(NameKind Kind, byte Type, byte Bare)
{
    public bool IsBare => Bare != 0;
}
