using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Communes and the districts and provinces above them while an index is built.</summary>
internal sealed class UnitBook(Func<UnitKey, IndexedUnit> unitOf)
{
    private readonly Dictionary<UnitKey, int> communes = [];
    private readonly Dictionary<(Level Level, string Name, string? Above), int> above = [];
    private readonly List<(UnitRow Row, string Text, IReadOnlyList<string> Names)> units = [];
    private readonly Dictionary<int, (int District, int Province)> parents = [];
    private readonly Dictionary<string, int> nameNumbers = new(StringComparer.Ordinal);
    private readonly List<(int FirstWord, int Name)> firstWords = [];

    public int Number(UnitKey key)
    {
        if (!communes.TryGetValue(key, out var number))
        {
            var unit = unitOf(key);
            number = communes[key] = units.Count;
            var kind = TypeWords.At(WordText.Of(unit.Type), 0)?.Kind ?? 0;
            units.Add((new(Level.Commune, kind), $"{unit.Type.ToLowerInvariant()} {unit.Name}", [unit.Name, .. unit.Others]));
            parents[number] = (Above(Level.District, unit.District, unit.Province), Above(Level.Province, unit.Province, null));
        }
        return number;
    }

    /// <summary>−1 when there is none.</summary>
    public int DistrictOf(int commune) => parents[commune].District;

    /// <inheritdoc cref="DistrictOf"/>
    public int ProvinceOf(int commune) => parents[commune].Province;

    /// <summary>Whether both are called the same, whatever their kind.</summary>
    public bool AreNamedAlike(int one, int other) => WordText.Of(units[one].Names[0]).SequenceEqual(WordText.Of(units[other].Names[0]));

    /// <param name="areas">The communes, new and old, of each area in its final order.</param>
    public void Write(IndexWriter index, WordBook words, (int Commune, int Former)[] areas)
    {
        var nameWords = new ListsWriter<int>();
        var unitsOfName = new List<(int Name, int Unit)>();
        for (var unit = 0; unit < units.Count; unit++)
        {
            foreach (var spelling in units[unit].Names)
            {
                var core = WordText.Of(spelling);
                var key = string.Join(' ', core);
                if (core.Count == 0)
                {
                    continue;
                }
                if (!nameNumbers.TryGetValue(key, out var name))
                {
                    name = nameNumbers[key] = nameNumbers.Count;
                    firstWords.Add((words.Number(core[0]), name));
                    core.ForEach(word => nameWords.Add(words.Number(word)));
                    nameWords.EndList();
                }
                unitsOfName.Add((name, unit));
            }
        }
        nameWords.Write(index, Section.UnitNameStarts, Section.UnitNameWords);
        ListsWriter<int>.Write(index, Section.UnitNameUnitStarts, Section.UnitNameUnits, nameNumbers.Count, unitsOfName);

        index.Write(Section.Units, units.ConvertAll(unit => unit.Row));
        var texts = new ListsWriter<byte>();
        foreach (var unit in units)
        {
            Array.ForEach(Encoding.UTF8.GetBytes(unit.Text), texts.Add);
            texts.EndList();
        }
        texts.Write(index, Section.UnitTextStarts, Section.UnitText);
        ListsWriter<int>.Write(index, Section.UnitAreaStarts, Section.UnitAreas, units.Count, areas.SelectMany((area, number) =>
            new[] { area.Commune, ProvinceOf(area.Commune), area.Former, area.Former < 0 ? -1 : DistrictOf(area.Former), area.Former < 0 ? -1 : ProvinceOf(area.Former) }
                .Where(unit => unit >= 0).Select(unit => (unit, number))));
    }

    public void WritePostings(IndexWriter index, int words) =>
        ListsWriter<int>.Write(index, Section.FirstWordStarts, Section.FirstWordUnitNames, words, firstWords);

    private int Above(Level level, string? name, string? province)
    {
        if (name is null)
        {
            return -1;
        }
        if (!above.TryGetValue((level, name, province), out var number))
        {
            number = above[(level, name, province)] = units.Count;
            var (core, kind) = TypeWords.Core([.. WordText.Of(name)], level);
            var bare = string.Join(' ', core.ToArray());
            // "ĐB", "HCM": people write a province by its first letters.
            var initials = level == Level.Province && core.Length > 1 ? string.Concat(core.ToArray().Select(word => word[0])) : null;
            units.Add((new(level, kind), char.ToLowerInvariant(name[0]) + name[1..], initials is null ? [bare] : [bare, initials]));
        }
        return number;
    }
}
