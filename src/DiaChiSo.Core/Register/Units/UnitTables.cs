using Sylvan.Data.Csv;

namespace DiaChiSo.Core.Register.Units;

/// <summary>
/// Tables of the whole country, as they are published: units until 2025, units since then, which went into which, and former names. Each is
/// known by its first line, whatever the file is called. What a table says replaces what was there of its kind; spellings, postal codes and
/// middles that it does not know stay.
/// </summary>
public sealed class UnitTables(AdministrativeUnits present)
{
    private readonly Dictionary<UnitKey, AdministrativeUnit> communes = present.All.ToDictionary(unit => unit.Key);
    private readonly Dictionary<UnitKey, HigherUnit> higher = present.Higher.ToDictionary(unit => unit.Key);
    private readonly List<(string File, Table Table, List<Dictionary<string, string>> Rows)> read = [];

    private enum Table
    {
        Former,
        Present,
        Successors,
        FormerNames,
        Shipped,
    }

    /// <summary>What was found in the files, for the operator.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Reads one CSV file (UTF-8, commas, quotes as in RFC 4180).</summary>
    /// <exception cref="UnitTableFault">It is no such table, or a row of it cannot be right.</exception>
    public void Read(string file, TextReader text)
    {
        try
        {
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { BufferSize = 1 << 16, MaxBufferSize = 1 << 20 });
            var names = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
            var table = TableOf(names) ?? throw new UnitTableFault(
                $"{file}: not known by its first line. Wanted are tables that begin with level,code,name,type,full_name,parent (with province: until 2025), old_code,…,new_code, or former_name,….");
            var rows = new List<Dictionary<string, string>>();
            while (csv.Read())
            {
                if (csv.RowFieldCount == 1 && csv.GetString(0).Length == 0)
                {
                    continue;
                }
                if (csv.RowFieldCount != names.Length)
                {
                    throw new UnitTableFault($"{file}: row {csv.RowNumber} has {csv.RowFieldCount} cells, the first line has {names.Length}.");
                }
                rows.Add(Enumerable.Range(0, names.Length).ToDictionary(at => names[at], at => csv.GetString(at).Trim()));
            }
            read.Add((file, table, rows));
        }
        catch (Exception fault) when (fault is CsvFormatException or ArgumentException or InvalidOperationException)
        {
            throw new UnitTableFault($"{file}: it is no CSV table with one line of names ({fault.GetType().Name}).");
        }
    }

    /// <summary>The units as all tables together say.</summary>
    /// <exception cref="UnitTableFault">A row names a unit that no table has.</exception>
    public AdministrativeUnits Units()
    {
        foreach (var (file, table, rows) in read.OrderBy(one => one.Table))
        {
            switch (table)
            {
                case Table.Former or Table.Present:
                    TakeUnits(file, rows, table == Table.Former ? UnitSystem.Until2025 : UnitSystem.Since2025);
                    break;
                case Table.Successors:
                    TakeSuccessors(file, rows);
                    break;
                case Table.FormerNames:
                    TakeFormerNames(file, rows);
                    break;
                case Table.Shipped:
                    TakeShipped(file, rows);
                    break;
            }
        }
        DropLostSuccessors();
        return new(communes.Values, higher.Values);
    }

    private static Table? TableOf(string[] names)
    {
        return Has("system", "code", "type", "name", "aliases", "district_code", "district", "postcode", "new_code", "lat", "lon") ? Table.Shipped
            : Has("level", "code", "name", "type", "parent", "province") ? Table.Former
            : Has("level", "code", "name", "type", "parent") ? Table.Present
            : Has("old_code", "new_code") ? Table.Successors
            : Has("former_name", "survivor_old_code") ? Table.FormerNames : null;

        bool Has(params string[] wanted) => wanted.All(names.Contains);
    }

    /// <summary>Provinces, districts and communes of one list. The list is replaced as a whole, province by province.</summary>
    private void TakeUnits(string file, List<Dictionary<string, string>> rows, UnitSystem system)
    {
        var communeLevel = system == UnitSystem.Until2025 ? "3" : "2";
        rows = OnceEach(rows, communeLevel);
        var provinces = rows.Where(row => row["level"] == "1").ToDictionary(row => row["code"], row => $"{row["type"]} {row["name"]}");
        var districts = rows.Where(row => row["level"] == "2" && system == UnitSystem.Until2025).ToDictionary(row => row["code"], row => $"{row["type"]} {row["name"]}");
        var before = communes.Values.Where(unit => unit.Key.System == system).ToDictionary(unit => unit.Key);
        var replaced = rows.Where(row => row["level"] == communeLevel).Select(row => Province(row)).ToHashSet();
        foreach (var gone in before.Values.Where(unit => replaced.Contains(unit.ProvinceCode)))
        {
            communes.Remove(gone.Key);
        }
        foreach (var row in rows)
        {
            var key = new UnitKey(system, row["code"]);
            if (row["name"].Length == 0 || row["type"].Length == 0 || key.Code.Length is not (2 or 3 or 5) || !key.Code.All(char.IsAsciiDigit))
            {
                throw new UnitTableFault($"{file}: the row with the code {key.Code} has no name, no type or no code of 2, 3 or 5 figures.");
            }
            if (row["level"] != communeLevel)
            {
                higher[key] = HigherOf(key, row, higher.GetValueOrDefault(key));
                continue;
            }
            if (!communes.TryAdd(key, CommuneOf(key, row, before.GetValueOrDefault(key))))
            {
                throw new UnitTableFault($"{file}: the code {key.Code} stands there twice.");
            }
        }
        Notes.Add($"{file}: {communes.Values.Count(unit => unit.Key.System == system)} communes {(system == UnitSystem.Until2025 ? "until 30/6/2025" : "of today")}, {provinces.Count} provinces, {districts.Count} districts.");

        string Province(Dictionary<string, string> row) => system == UnitSystem.Until2025 ? row["province"] : row["parent"];

        HigherUnit HigherOf(UnitKey key, Dictionary<string, string> row, HigherUnit? known) => new()
        {
            Key = key,
            Type = row["type"],
            Name = row["name"],
            Aliases = known?.Aliases ?? [],
            ProvinceCode = key.Code.Length == 2 ? key.Code : Province(row),
            PostalPrefixes = key.Code.Length == 2 && row.GetValueOrDefault("postcode_2018") is { Length: > 0 } postal ? AdministrativeUnits.ListOf(postal) : known?.PostalPrefixes ?? [],
        };

        AdministrativeUnit CommuneOf(UnitKey key, Dictionary<string, string> row, AdministrativeUnit? known) => new()
        {
            Key = key,
            Type = row["type"],
            Name = row["name"],
            Aliases = Spellings(row["name"], known?.Name == row["name"] ? known.Aliases : [], row.GetValueOrDefault("alt_name"), WithoutType(row.GetValueOrDefault("gso_name"), row["type"])),
            District = system == UnitSystem.Until2025 ? districts.GetValueOrDefault(row["parent"]) ?? throw NoParent(row) : null,
            DistrictCode = system == UnitSystem.Until2025 ? row["parent"] : null,
            ProvinceCode = Province(row),
            Province = provinces.GetValueOrDefault(Province(row)) ?? throw NoParent(row),
            PostalCode = row.GetValueOrDefault("postcode_2018") is { Length: 5 } postal ? postal : known?.PostalCode,
            Successors = known?.Successors ?? [],
            Centre = known?.Centre,
        };

        UnitTableFault NoParent(Dictionary<string, string> row) => new($"{file}: the unit {row["code"]} lies in {row["parent"]}, which the table does not have.");
    }

    /// <summary>A published table has two districts twice, in two provinces: the row counts whose communes agree with it.</summary>
    private static List<Dictionary<string, string>> OnceEach(List<Dictionary<string, string>> rows, string communeLevel)
    {
        var provinceOf = rows.Where(row => row["level"] == communeLevel).GroupBy(row => row["parent"]).ToDictionary(group => group.Key, group => group.First().GetValueOrDefault("province"));
        return [.. rows.Where(row => row["level"] == communeLevel).Concat(rows.Where(row => row["level"] != communeLevel)
            .GroupBy(row => (row["level"], row["code"]))
            .Select(group => group.FirstOrDefault(row => row.GetValueOrDefault("province") == provinceOf.GetValueOrDefault(row["code"])) ?? group.First()))];
    }

    private void TakeSuccessors(string file, List<Dictionary<string, string>> rows)
    {
        var (whole, divided) = (0, 0);
        foreach (var group in rows.Where(row => row["old_code"].Length > 0 && row["new_code"].Length > 0).GroupBy(row => row["old_code"]))
        {
            var key = new UnitKey(UnitSystem.Until2025, group.Key);
            if (!communes.TryGetValue(key, out var unit))
            {
                throw new UnitTableFault($"{file}: the old code {group.Key} is no commune of the list until 2025; load that list with it.");
            }
            // Where all the people of a divided commune went to one unit that one stands first; some of its land lies elsewhere all the same.
            var successors = group.OrderBy(row => row.GetValueOrDefault("kind") == "split_population" ? 0 : 1).Select(row => new UnitKey(UnitSystem.Since2025, row["new_code"])).Distinct().ToList();
            if (successors.Find(successor => !communes.ContainsKey(successor)) is { Code: { } lost })
            {
                throw new UnitTableFault($"{file}: {group.Key} went into {lost}, which is no commune of today's list; load that list with it.");
            }
            communes[key] = unit with { Successors = successors };
            (whole, divided) = successors.Count == 1 ? (whole + 1, divided) : (whole, divided + 1);
        }
        Notes.Add($"{file}: {whole} old communes went whole into a new one, {divided} were divided.");
    }

    private void TakeFormerNames(string file, List<Dictionary<string, string>> rows)
    {
        var (taken, unknown) = (0, 0);
        foreach (var row in rows)
        {
            if (!communes.TryGetValue(new(UnitSystem.Until2025, row["survivor_old_code"]), out var unit))
            {
                unknown++;
                continue;
            }
            communes[unit.Key] = unit with { Aliases = Spellings(unit.Name, unit.Aliases, row["former_name"]) };
            taken++;
        }
        Notes.Add($"{file}: {taken} former names{(unknown > 0 ? $", {unknown} of units that the list does not have" : "")}.");
    }

    private void TakeShipped(string file, List<Dictionary<string, string>> rows)
    {
        foreach (var unit in rows.Select(AdministrativeUnits.UnitOf))
        {
            communes[unit.Key] = unit;
        }
        foreach (var district in AdministrativeUnits.DistrictsOf(communes.Values))
        {
            higher.TryAdd(district.Key, district);
        }
        Notes.Add($"{file}: {rows.Count} communes of both lists.");
    }

    private void DropLostSuccessors()
    {
        foreach (var unit in communes.Values.Where(unit => unit.Successors.Any(successor => !communes.ContainsKey(successor))).ToList())
        {
            communes[unit.Key] = unit with { Successors = [.. unit.Successors.Where(communes.ContainsKey)] };
            Notes.Add($"{unit.FullName} ({unit.Key.Code}) went into a unit that is no longer in today's list; load the table old to new as well.");
        }
    }

    // The tables differ in how they place a tone (hoà, hòa), which is no other spelling here.
    private static string[] Spellings(string name, IReadOnlyList<string> known, params string?[] more) =>
        [.. known.Concat(more.OfType<string>()).Where(spelling => spelling.Length > 0 && VietnameseText.ToneKey(spelling) != VietnameseText.ToneKey(name)).DistinctBy(VietnameseText.ToneKey)];

    private static string? WithoutType(string? name, string type) =>
        name is not null && name.StartsWith(type + " ", StringComparison.OrdinalIgnoreCase) ? name[(type.Length + 1)..] : name;
}
