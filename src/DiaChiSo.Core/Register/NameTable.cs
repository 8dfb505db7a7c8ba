namespace DiaChiSo.Core.Register;

internal enum NameKind { Village, Street, FormerCommune, Commune, District, Province }

/// <summary>A name of the register's places, as words; and a place in the query where it stands.</summary>
internal sealed record Name(NameKind Kind, string[] Words, string ToneKey, string Key);

internal readonly record struct NameHit(Name Name, int Start, int Slips, bool SameTones)
{
    public int End => Start + Name.Words.Length;
}

/// <summary>
/// Names of villages, streets and units, found in a query as word sequences. One wrong word of a name may be a slip: one letter, or one of
/// the sounds that are written either way (domain.md §5).
/// </summary>
internal sealed class NameTable
{
    private static readonly HashSet<string> BeforeCommune = ["xa", "x", "phuong", "p", "f", "tt", "tran"];
    private static readonly HashSet<string> BeforeVillage = ["thon", "ban", "doi", "to", "xom", "ap", "khu", "lang", "tdp"];
    private static readonly HashSet<string> BeforeDistrict = ["huyen", "h", "quan", "q"];
    private static readonly HashSet<string> BeforeProvince = ["tinh", "t", "tp"];

    private readonly Dictionary<(NameKind, string), List<Name>> byKey = [];
    private readonly Dictionary<string, List<(Name Name, int At)>> byWord = [];

    public IEnumerable<Name> Of(NameKind kind, string key) => byKey.GetValueOrDefault((kind, key)) ?? [];

    /// <summary>Adds a spelling of the place <paramref name="key"/>. The same spelling twice is once.</summary>
    public void Add(NameKind kind, string key, string spelling)
    {
        var words = Core(kind, VietnameseText.Words(spelling).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (words.Length == 0)
        {
            return;
        }
        var names = byKey.TryGetValue((kind, key), out var known) ? known : byKey[(kind, key)] = [];
        if (names.Any(name => name.Words.AsSpan().SequenceEqual(words)))
        {
            return;
        }
        var name = new Name(kind, words, string.Join(' ', VietnameseText.ToneKey(spelling).Split(' ').TakeLast(words.Length)), key);
        names.Add(name);
        for (var at = 0; at < words.Length; at++)
        {
            (byWord.TryGetValue(words[at], out var places) ? places : byWord[words[at]] = []).Add((name, at));
        }
    }

    public List<NameHit> FindIn(QueryWords query)
    {
        var hits = new List<NameHit>();
        var seen = new HashSet<(Name, int)>();
        for (var i = 0; i < query.Words.Length; i++)
        {
            foreach (var (name, at) in byWord.GetValueOrDefault(query.Words[i]) ?? [])
            {
                var start = i - at;
                if (start >= 0 && seen.Add((name, start)) && Fits(query, name, start) is { } hit && FitsWordBefore(query.Words, hit))
                {
                    hits.Add(hit);
                }
            }
        }
        return hits;
    }

    /// <summary>"Thôn Háng Là" is known as "Háng Là"; but "Đội 5" is "đội 5", a number alone is no name.</summary>
    private static string[] Core(NameKind kind, string[] words)
    {
        var skip = kind switch
        {
            NameKind.Village when words is ["to", "dan", "pho", ..] => 3,
            NameKind.Village when words.Length > 0 && BeforeVillage.Contains(words[0]) => 1,
            NameKind.Street when words.Length > 0 && words[0] is "duong" or "pho" => 1,
            NameKind.District when words is ["thi", "xa", ..] or ["thanh", "pho", ..] => 2,
            NameKind.District when words is ["huyen", ..] => 1,
            _ => 0,
        };
        if (skip == words.Length || words[skip..].All(word => word.All(char.IsAsciiDigit)))
        {
            return skip == 3 ? words[^2..] is [_, var number] ? ["to", number] : words : words;
        }
        return words[skip..];
    }

    private static NameHit? Fits(QueryWords query, Name name, int start)
    {
        if (start + name.Words.Length > query.Words.Length)
        {
            return null;
        }
        var slips = 0;
        for (var at = 0; at < name.Words.Length; at++)
        {
            var typed = query.Words[start + at];
            if (typed == name.Words[at])
            {
                continue;
            }
            // Figures are never slips: Từ Ngài 1 and Từ Ngài 2 are two villages.
            if (++slips > 1 || name.Words.Length < 2 || char.IsAsciiDigit(typed[0]) || char.IsAsciiDigit(name.Words[at][0]) || !Slip.IsOne(typed, name.Words[at]))
            {
                return null;
            }
        }
        var toned = query.ToneKeys.Length == query.Words.Length
            && string.Join(' ', query.ToneKeys[start..(start + name.Words.Length)]) == name.ToneKey;
        return new(name, start, slips, toned);
    }

    private static bool FitsWordBefore(string[] words, NameHit hit)
    {
        if (hit.Start == 0)
        {
            return true;
        }
        var before = words[hit.Start - 1];
        return hit.Name.Kind switch
        {
            NameKind.Village => !BeforeCommune.Contains(before) && !BeforeDistrict.Contains(before) && !BeforeProvince.Contains(before),
            NameKind.Commune or NameKind.FormerCommune => !BeforeVillage.Contains(before) && !BeforeDistrict.Contains(before) && !BeforeProvince.Contains(before),
            NameKind.District => !BeforeCommune.Contains(before) && !BeforeVillage.Contains(before) && !BeforeProvince.Contains(before),
            NameKind.Province => !BeforeCommune.Contains(before) && !BeforeVillage.Contains(before) && !BeforeDistrict.Contains(before),
            _ => true,
        };
    }
}
