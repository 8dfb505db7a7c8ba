namespace DiaChiSo.Core.Register.Units;

/// <summary>The units and outlines that the program works with.</summary>
/// <param name="IsShipped">Nothing was loaded: Điện Biên, without outlines.</param>
public sealed record LoadedUnits(AdministrativeUnits Units, Boundaries Boundaries, bool IsShipped)
{
    private const string FileName = "units.bin";

    /// <summary>What came with the program.</summary>
    public static LoadedUnits Shipped => new(AdministrativeUnits.Shipped, Boundaries.None, IsShipped: true);

    /// <summary>Those that were loaded into this data folder; the shipped ones where none were.</summary>
    /// <exception cref="UnitTableFault">The file is damaged.</exception>
    public static LoadedUnits In(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            return Shipped;
        }
        var (units, boundaries) = UnitFile.Read(path);
        return new(units, boundaries, IsShipped: false);
    }

    /// <summary>Keeps them in this data folder in place of what was there.</summary>
    public void KeepIn(string dataFolder) => UnitFile.Write(Path.Combine(dataFolder, FileName), Units, Boundaries);

    /// <summary>With other outlines: each commune takes the new one where there is one, and its middle where none was known.</summary>
    public LoadedUnits With(IReadOnlyCollection<Boundary> outlines)
    {
        var all = outlines.Concat(Boundaries.All.ExceptBy(outlines.Select(outline => outline.Commune), old => old.Commune)).Where(outline => Units.Find(outline.Commune) is not null).ToList();
        var middles = all.Where(outline => Units[outline.Commune].Centre is null).ToDictionary(outline => outline.Commune, outline => outline.Middle());
        var communes = Units.All.Select(unit => middles.TryGetValue(unit.Key, out var middle) ? unit with { Centre = middle } : unit);
        return new(middles.Count == 0 ? Units : new AdministrativeUnits(communes, Units.Higher), new Boundaries(all), IsShipped: false);
    }
}
