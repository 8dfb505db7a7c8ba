using System.Collections.Concurrent;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// All names of units and villages by their words, in three layers: the same words, words that sound the same, and words with slips.
/// Built once in some milliseconds for the whole country; does not change after that.
/// </summary>
internal sealed class UnitNames
{
    public const int LongestName = 7;

    private readonly List<Named> names = new(16_000);
    private readonly Chains byWords = new(16_000);
    private readonly Chains bySound = new(16_000);
    private readonly List<int> soundOfWord = [];
    private readonly Dictionary<string, int> soundIds = [];
    private readonly ConcurrentDictionary<string, SlipNames> slipsByProvince = [];

    public UnitNames(AdministrativeUnits units, IEnumerable<KnownVillage> villages, ServedArea served)
    {
        var servedUnits = served.UnitsIn(units);
        Provinces = servedUnits.Select(unit => unit.ProvinceCode).DefaultIfEmpty("11").ToHashSet();
        FormerProvinces = servedUnits.SelectMany(units.FormerOf).Select(unit => unit.ProvinceCode).DefaultIfEmpty("11").ToHashSet();
        var servedKeys = servedUnits.Concat(servedUnits.SelectMany(units.FormerOf)).Select(unit => unit.Key).ToHashSet();
        foreach (var unit in units.Higher.OrderBy(unit => ReachOf(unit)))
        {
            AddAll(unit.Name, unit.Aliases, ReachOf(unit), (spelling, words, isAlias, reach) => new Named(spelling, words, isAlias, reach) { Higher = unit });
        }
        foreach (var unit in units.All.OrderBy(unit => IsNear(unit.Key.System, unit.ProvinceCode) ? 0 : 1))
        {
            var itsReach = servedKeys.Contains(unit.Key) ? Reach.Served : IsNear(unit.Key.System, unit.ProvinceCode) ? Reach.Province : Reach.Country;
            AddAll(unit.Name, unit.Aliases, itsReach, (spelling, words, isAlias, reach) => new Named(spelling, words, isAlias, reach) { Commune = unit });
        }
        foreach (var village in villages.Where(village => units.Find(village.Former) is not null))
        {
            AddAll(village.Name, [], servedKeys.Contains(village.Former) ? Reach.Served : Reach.Province, (spelling, words, isAlias, reach) => new Named(spelling, words, isAlias, reach) { Village = village });
        }
    }

    public Vocabulary Vocabulary { get; } = new();

    /// <summary>Codes of the provinces of today in which the served communes lie.</summary>
    public IReadOnlySet<string> Provinces { get; }

    /// <summary>Codes of the provinces until 30/6/2025 in which they lay.</summary>
    public IReadOnlySet<string> FormerProvinces { get; }

    /// <summary>Names with just these words.</summary>
    public IEnumerable<Named> Same(List<TypedWord> words, int at, int length)
    {
        var hash = Seed;
        for (var i = at; i < at + length; i++)
        {
            hash = Next(hash, words[i].Id);
        }
        return byWords.At(hash).Select(entry => names[entry]).Where(name => IsSame(name, words, at, length));
    }

    /// <summary>The longest count of known words from here on that a name may have.</summary>
    public int Known(List<TypedWord> words, int at)
    {
        var length = 0;
        while (length < LongestName && at + length < words.Count && words[at + length].Id != Vocabulary.Unknown && (length == 0 || !words[at + length].AfterBreak))
        {
            length++;
        }
        return length;
    }

    /// <summary>Names whose words sound like these; the same words too.</summary>
    public IEnumerable<Named> Sounding(int[] sounds, int at, int length)
    {
        var hash = Seed;
        for (var i = at; i < at + length; i++)
        {
            hash = Next(hash, sounds[i]);
        }
        return bySound.At(hash).Select(entry => names[entry]).Where(name => name.Words.Length == length);
    }

    /// <summary>The number of a word's sound; −1 where no name sounds so.</summary>
    public int SoundOf(TypedWord word) => word.Id != Vocabulary.Unknown && word.Id < soundOfWord.Count ? soundOfWord[word.Id] : soundIds.GetValueOrDefault(Sound.KeyOf(word.Folded), -1);

    /// <summary>The names of one province with their words ready for a search with slips; of the served ones where none is named.</summary>
    public SlipNames WithSlips(string? provinceCode) =>
        slipsByProvince.GetOrAdd(provinceCode ?? "", code => new SlipNames(Vocabulary,
            names.Where(name => name.Words.Length > 1 && (code.Length == 0 ? name.Reach != Reach.Country : (name.Commune?.ProvinceCode ?? name.Higher?.ProvinceCode) == code))));

    private Reach ReachOf(HigherUnit unit) => IsNear(unit.Key.System, unit.ProvinceCode) ? Reach.Province : Reach.Country;

    private bool IsNear(UnitSystem system, string province) => (system == UnitSystem.Since2025 ? Provinces : FormerProvinces).Contains(province);

    private void AddAll(string name, IReadOnlyList<string> aliases, Reach reach, Func<string, int[], bool, Reach, Named> make)
    {
        Add(name, isAlias: false);
        foreach (var alias in aliases)
        {
            Add(alias, isAlias: true);
        }

        void Add(string spelling, bool isAlias)
        {
            var folded = VietnameseText.Words(spelling);
            var words = new int[folded.AsSpan().Count(' ') + 1];
            var (hash, soundHash, at) = (Seed, Seed, 0);
            foreach (var part in folded.AsSpan().Split(' '))
            {
                var word = folded.AsSpan()[part];
                var id = Vocabulary.Add(word, reach != Reach.Country);
                words[at++] = id;
                hash = Next(hash, id);
                soundHash = Next(soundHash, SoundOfId(id));
            }
            byWords.Add(hash, names.Count);
            bySound.Add(soundHash, names.Count);
            names.Add(make(spelling, words, isAlias, reach));
        }
    }

    private int SoundOfId(int id)
    {
        while (soundOfWord.Count <= id)
        {
            var key = Sound.KeyOf(Vocabulary[soundOfWord.Count]);
            if (!soundIds.TryGetValue(key, out var sound))
            {
                soundIds[key] = sound = soundIds.Count;
            }
            soundOfWord.Add(sound);
        }
        return soundOfWord[id];
    }

    private static bool IsSame(Named name, List<TypedWord> words, int at, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (name.Words.Length != length || name.Words[i] != words[at + i].Id)
            {
                return false;
            }
        }
        return true;
    }

    private const ulong Seed = 14695981039346656037;

    private static ulong Next(ulong hash, int id) => (hash ^ (uint)(id + 1)) * 0x9E3779B97F4A7C15 ^ hash >> 29;

    /// <summary>Several entries under one hash, without a list for each.</summary>
    private sealed class Chains(int capacity)
    {
        private readonly Dictionary<ulong, int> last = new(capacity);
        private readonly List<(int Entry, int Before)> links = new(capacity);

        public void Add(ulong hash, int entry)
        {
            links.Add((entry, last.GetValueOrDefault(hash, -1)));
            last[hash] = links.Count - 1;
        }

        public IEnumerable<int> At(ulong hash)
        {
            for (var link = last.GetValueOrDefault(hash, -1); link >= 0; link = links[link].Before)
            {
                yield return links[link].Entry;
            }
        }
    }
}
