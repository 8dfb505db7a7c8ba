using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;

namespace DiaChiSo.Tests.Register.Reading;

/// <summary>The units of the whole country, loaded once for the tests that want them.</summary>
internal static class Country
{
    private static readonly string[] Tables = ["vn_units_old.csv", "vn_units_new.csv", "vn_units_map_old_new.csv", "vn_units_former_names.csv"];

    private static readonly Lock Loading = new();
    private static LoadedUnits? loaded;

    /// <summary>Skips the test where the tables are not.</summary>
    public static LoadedUnits Units()
    {
        var folder = SharedData.Folder();
        lock (Loading)
        {
            return loaded ??= Load(folder);
        }
    }

    public static Understanding Understanding() => new(Units().Units, new Schemes(), new ServedArea(), Units().Boundaries);

    public static LoadedUnits Load(string folder)
    {
        var tables = new UnitTables(AdministrativeUnits.Shipped);
        foreach (var name in Tables)
        {
            using var reader = File.OpenText(Path.Combine(folder, name));
            tables.Read(name, reader);
        }
        var units = tables.Units();
        using var outlines = File.OpenRead(Path.Combine(folder, "tuachua_communes_simplified.geojson"));
        return new LoadedUnits(units, Boundaries.None, IsShipped: false)
            .With(GeoJsonFile.Read("outlines", outlines, code => units.Find(new(UnitSystem.Since2025, code)) is not null));
    }
}
