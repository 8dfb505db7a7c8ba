namespace DiaChiSo.Core.Register;

/// <summary>Finds commune names in a person's words. Names are word sequences; the longest wins where two overlap.</summary>
internal sealed class CommuneWords
{
    private static readonly Dictionary<string, string> TypeBefore = new()
    {
        ["xa"] = "xa",
        ["x"] = "xa",
        ["phuong"] = "phuong",
        ["p"] = "phuong",
        ["f"] = "phuong",
        ["tt"] = "thi tran",
        ["tran"] = "thi tran",
    };

    private readonly Dictionary<string, List<Name>> byFirstWord = [];

    private sealed record Name(string[] Words, AdministrativeUnit Unit);

    internal readonly record struct Found(AdministrativeUnit Unit, int Start, int Length);

    public CommuneWords(IEnumerable<AdministrativeUnit> units)
    {
        foreach (var unit in units)
        {
            foreach (var spelling in unit.Aliases.Prepend(unit.Name).Select(VietnameseText.Words).Distinct())
            {
                var words = spelling.Split(' ');
                (byFirstWord.TryGetValue(words[0], out var names) ? names : byFirstWord[words[0]] = []).Add(new(words, unit));
            }
        }
    }

    public IReadOnlyList<AdministrativeUnit> Find(string? text) =>
        [.. FindIn(VietnameseText.Words(text).Split(' ')).Select(found => found.Unit).Distinct()];

    /// <summary>Every naming of a commune in the words, in their order, what cannot be meant already left out.</summary>
    public List<Found> FindIn(string[] words)
    {
        var found = Spans(words);
        found.AddRange(WithOneSlip(words, found));
        found = [.. found.Where(f => IsOfTypeBefore(words, f))];
        return WithoutDistricts(words, found);
    }

    private List<Found> Spans(string[] words)
    {
        var found = new List<Found>();
        for (var start = 0; start < words.Length; start++)
        {
            if (!byFirstWord.TryGetValue(words[start], out var names))
            {
                continue;
            }
            var here = names.Where(name => words.AsSpan(start).StartsWith(name.Words)).ToArray();
            if (here.Length == 0)
            {
                continue;
            }
            var longest = here.Max(name => name.Words.Length);
            found.AddRange(here.Where(name => name.Words.Length == longest).Select(name => new Found(name.Unit, start, longest)));
            start += longest - 1;
        }
        return found;
    }

    /// <summary>
    /// "xã Sính Phìn", "Huổi Xó, Tủa Chùa": one word of a name with one slip, where the words before or beside it say that a commune is
    /// meant; "xin chào" is one slip from Xín Chải and means none.
    /// </summary>
    private List<Found> WithOneSlip(string[] words, List<Found> exact)
    {
        var found = new List<Found>();
        for (var start = 0; start < words.Length; start++)
        {
            var isMeant = exact.Count > 0 || (start > 0 && TypeBefore.ContainsKey(words[start - 1]));
            if (!isMeant || exact.Any(f => start < f.Start + f.Length && f.Start < start + 2))
            {
                continue;
            }
            foreach (var name in byFirstWord.Values.SelectMany(names => names))
            {
                if (name.Words.Length >= 2 && start + name.Words.Length <= words.Length && HasOneSlip(words.AsSpan(start, name.Words.Length), name.Words))
                {
                    found.Add(new(name.Unit, start, name.Words.Length));
                }
            }
        }
        return found;
    }

    private static bool HasOneSlip(ReadOnlySpan<string> typed, string[] meant)
    {
        var slips = 0;
        for (var i = 0; i < meant.Length; i++)
        {
            if (typed[i] != meant[i] && (++slips > 1 || !Slip.IsOne(typed[i], meant[i])))
            {
                return false;
            }
        }
        return slips == 1;
    }

    /// <summary>"thị trấn Tủa Chùa" is not today's xã; "xã Xá Nhè" and "xa nhe" both are. A word of another level before it: no commune.</summary>
    private static bool IsOfTypeBefore(string[] words, Found found)
    {
        if (found.Start == 0)
        {
            return true;
        }
        var before = words[found.Start - 1];
        if (before is "huyen" or "h" or "tinh" or "t" or "tp" or "pho" or "thon" or "ban" or "doi" or "to" or "xom")
        {
            return false;
        }
        return !TypeBefore.TryGetValue(before, out var type) || VietnameseText.Words(found.Unit.Type) == type;
    }

    /// <summary>
    /// In "Mường Báng, Tủa Chùa" the second name is the district of the first; and with a district named, today's units, which have none,
    /// are not meant where a former one fits.
    /// </summary>
    private static List<Found> WithoutDistricts(string[] words, List<Found> found)
    {
        var all = string.Join(' ', words);
        var districtsNamed = found
            .Where(f => f.Unit.District is not null)
            .Where(f => ContainsWords(all, DistrictName(f.Unit), butNotAt: f, words))
            .ToList();
        if (districtsNamed.Count == 0)
        {
            return found;
        }
        var names = districtsNamed.Select(f => DistrictName(f.Unit)).ToHashSet();
        var starts = districtsNamed.Select(f => f.Start).ToHashSet();
        var left = found.Where(f => (f.Unit.IsFormer && names.Contains(DistrictName(f.Unit)) && starts.Contains(f.Start))
            || (!starts.Contains(f.Start) && !names.Contains(VietnameseText.Words(f.Unit.Name)))).ToList();
        return left.Count == 0 ? found : left;
    }

    private static bool ContainsWords(string all, string name, Found butNotAt, string[] words)
    {
        var own = string.Join(' ', words[butNotAt.Start..(butNotAt.Start + butNotAt.Length)]);
        var rest = string.Join(' ', words[..butNotAt.Start]) + " | " + string.Join(' ', words[(butNotAt.Start + butNotAt.Length)..]);
        return all.Length > own.Length && $" {rest} ".Contains($" {name} ", StringComparison.Ordinal);
    }

    private static string DistrictName(AdministrativeUnit unit)
    {
        var words = VietnameseText.Words(unit.District);
        foreach (var type in (string[])["huyen ", "thi xa ", "thanh pho "])
        {
            if (words.StartsWith(type, StringComparison.Ordinal))
            {
                return words[type.Length..];
            }
        }
        return words;
    }
}
