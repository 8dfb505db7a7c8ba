using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Speed.Search;

/// <summary>A former commune with the present one that it went into, as the tables of units have them.</summary>
internal sealed record Place(UnitKey Former, UnitKey Present, string FormerType, string FormerName, string District, string Province, string PresentType, string PresentName, string PresentProvince, int Prefix);

/// <summary>All communes of the country, from the folder with vn_units_old.csv, vn_units_new.csv and vn_units_map_old_new.csv.</summary>
internal sealed class CountryUnits
{
    private readonly Dictionary<UnitKey, IndexedUnit> indexed = [];

    private CountryUnits()
    {
    }

    public List<Place> Places { get; } = [];

    public IndexedUnit this[UnitKey key] => indexed[key];

    public static CountryUnits Read(string folder)
    {
        var country = new CountryUnits();
        var old = Table(folder, "vn_units_old.csv");
        var present = Table(folder, "vn_units_new.csv");
        var provinces = present.Where(row => row["level"] == "1").ToDictionary(row => row["code"], row => row["full_name"]);
        foreach (var row in present.Where(row => row["level"] == "2"))
        {
            country.indexed[new(UnitSystem.Since2025, row["code"])] = new(row["type"], row["name"], row["alt_name"].Length > 0 ? [row["alt_name"]] : [], null, provinces[row["parent"]]);
        }
        var above = old.Where(row => row["level"] is "1" or "2").GroupBy(row => (row["level"], row["code"])).ToDictionary(rows => rows.Key, rows => rows.First()["full_name"]);
        var successors = Table(folder, "vn_units_map_old_new.csv").GroupBy(row => row["old_code"]).ToDictionary(rows => rows.Key, rows => rows.First()["new_code"]);
        foreach (var row in old.Where(row => row["level"] == "3"))
        {
            if (!successors.TryGetValue(row["code"], out var code) || !country.indexed.TryGetValue(new(UnitSystem.Since2025, code), out var successor) || !int.TryParse(row["postcode_2018"], out var prefix))
            {
                continue;
            }
            var unit = new IndexedUnit(row["type"], row["name"], [], above[("2", row["parent"])], above[("1", row["province"])]);
            country.indexed[new(UnitSystem.Until2025, row["code"])] = unit;
            country.Places.Add(new(new(UnitSystem.Until2025, row["code"]), new(UnitSystem.Since2025, code), unit.Type, unit.Name, unit.District!, unit.Province!, successor.Type, successor.Name, successor.Province!, prefix));
        }
        return country;
    }

    // The tables quote cells with commas; none has a quote inside.
    private static List<Dictionary<string, string>> Table(string folder, string file)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        var header = Cells(lines[0]);
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => header.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (i == line.Length || (line[i] == ',' && !isQuoted))
            {
                cells.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
        }
        return cells;
    }
}
