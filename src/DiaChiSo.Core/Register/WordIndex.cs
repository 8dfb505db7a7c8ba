namespace DiaChiSo.Core.Register;

/// <summary>
/// The register's rows by their words, in memory. Names are scored, not rows: rows of the same village and commune are one group, and inside
/// the good groups the house number or the place's name decides. Good for some hundred thousand rows.
/// </summary>
internal sealed class WordIndex
{
    private const double ScoreSpread = 0.99;
    private const int MostCandidates = 200;
    private static readonly string ProvinceName = AdministrativeUnits.InLine("Tỉnh Điện Biên")!["tỉnh ".Length..];

    private readonly List<PublicAddress> rows = [];
    private readonly List<Group> groups = [];
    private readonly NameTable names = new();
    private readonly Dictionary<(NameKind, string), List<Group>> groupsOfName = [];
    private readonly Dictionary<string, List<int>> rowsOfPlaceWord = [];
    private readonly Dictionary<string, int> sameWords = [];

    private sealed class Group
    {
        public required List<(NameKind Kind, string Key)> Names { get; init; }
        public List<int> Rows { get; } = [];
        public Dictionary<string, List<int>> ByHouse { get; } = [];
    }

    internal readonly record struct Candidate(PublicAddress Address, double Score, int[] Unmatched, bool MatchesHouse);

    private readonly record struct GroupFit(Group Group, double Score, HashSet<int> Covered, bool IsNarrow, bool IsCertain);

    public WordIndex(IEnumerable<PublicAddress> addresses)
    {
        var groupOf = new Dictionary<(UnitKey, UnitKey?, string?, string?), Group>();
        foreach (var address in addresses.Where(address => address.Status != AddressStatus.Withdrawn))
        {
            var key = (address.Commune.Key, address.FormerCommune?.Key, address.Village, address.Street);
            if (!groupOf.TryGetValue(key, out var group))
            {
                groupOf[key] = group = NewGroup(address);
            }
            Add(address, group);
        }
    }

    public int Count => rows.Count;

    /// <summary>How many rows have the very same words.</summary>
    public int CountSame(PublicAddress address) => sameWords.GetValueOrDefault(SameKey(address));

    public List<Candidate> Search(QueryWords query, Func<AddressCode, bool> isStale)
    {
        var hits = names.FindIn(query);
        var fits = Fit(query, hits);
        var byPlaceName = PlaceNameWords(query);
        var found = new List<Candidate>();
        foreach (var fit in fits.OrderByDescending(fit => fit.Score).Take(MostCandidates))
        {
            AddRowsOf(fit, query, byPlaceName, found);
        }
        if (fits.Count == 0)
        {
            AddByPlaceNameOnly(query, byPlaceName, found);
        }
        found.RemoveAll(candidate => isStale(candidate.Address.Code));
        if (found.Count == 0)
        {
            return found;
        }
        var best = found.Max(candidate => candidate.Score);
        return [.. found.Where(candidate => candidate.Score > best - ScoreSpread).OrderByDescending(candidate => candidate.Score)];
    }

    private Group NewGroup(PublicAddress address)
    {
        var group = new Group { Names = [] };
        groups.Add(group);
        Name(NameKind.Village, address.Village);
        Name(NameKind.Street, address.Street);
        Unit(NameKind.FormerCommune, address.FormerCommune);
        Unit(NameKind.Commune, address.Commune);
        Name(NameKind.District, address.FormerCommune?.District);
        Name(NameKind.Province, ProvinceName);
        return group;

        void Unit(NameKind kind, AdministrativeUnit? unit)
        {
            if (unit is not null)
            {
                Name(kind, unit.Name, unit.Key.ToString());
                foreach (var alias in unit.Aliases)
                {
                    names.Add(kind, unit.Key.ToString(), alias);
                }
            }
        }

        void Name(NameKind kind, string? spelling, string? key = null)
        {
            if (spelling is null)
            {
                return;
            }
            key ??= spelling;
            names.Add(kind, key, spelling);
            group.Names.Add((kind, key));
            (groupsOfName.TryGetValue((kind, key), out var same) ? same : groupsOfName[(kind, key)] = []).Add(group);
        }
    }

    private void Add(PublicAddress address, Group group)
    {
        var row = rows.Count;
        rows.Add(address);
        group.Rows.Add(row);
        if (address.House is not null)
        {
            var house = QueryWords.HouseKey(address.House);
            (group.ByHouse.TryGetValue(house, out var same) ? same : group.ByHouse[house] = []).Add(row);
        }
        foreach (var word in VietnameseText.Words(address.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            (rowsOfPlaceWord.TryGetValue(word, out var places) ? places : rowsOfPlaceWord[word] = []).Add(row);
        }
        var same1 = SameKey(address);
        sameWords[same1] = sameWords.GetValueOrDefault(same1) + 1;
    }

    private List<GroupFit> Fit(QueryWords query, List<NameHit> hits)
    {
        var hitsOf = hits.ToLookup(hit => (hit.Name.Kind, hit.Name.Key));
        var near = hits.Where(hit => hit.Name.Kind is not (NameKind.Province or NameKind.District))
            .Select(hit => (hit.Name.Kind, hit.Name.Key)).Distinct().SelectMany(key => groupsOfName[key]).Distinct();
        return [.. near.Select(group => Fit(group, hitsOf, query)).Where(fit => fit.Score > 0)];
    }

    /// <summary>Each of the group's names takes the place in the query where it fits best; no word is taken twice.</summary>
    private static GroupFit Fit(Group group, ILookup<(NameKind, string), NameHit> hitsOf, QueryWords query)
    {
        var covered = new HashSet<int>();
        var score = 0.0;
        var isNarrow = false;
        var isCertain = true;
        foreach (var name in group.Names)
        {
            var free = hitsOf[name].Where(hit => Enumerable.Range(hit.Start, hit.Name.Words.Length).All(at => !covered.Contains(at))).ToArray();
            if (free.Length == 0)
            {
                continue;
            }
            // A village stands at the left, a commune at the right (domain.md §5: read from the right).
            var hit = free.OrderBy(h => h.Slips).ThenByDescending(h => h.SameTones)
                .ThenBy(h => name.Kind is NameKind.Village or NameKind.Street ? h.Start : -h.Start).First();
            covered.UnionWith(Enumerable.Range(hit.Start, hit.Name.Words.Length));
            isNarrow |= name.Kind is NameKind.Village or NameKind.Street;
            // "xin chào" is one slip from Xín Chải: a commune alone must be spelled right, or be called one.
            isCertain &= hit.Slips == 0 || (hit.Start > 0 && query.Words[hit.Start - 1] is "xa" or "phuong" or "tran");
            score += Worth(name.Kind) - hit.Slips * 0.6 + (hit.SameTones ? 0.1 : 0);
        }
        return new(group, score, covered, isNarrow, isCertain);
    }

    private static double Worth(NameKind kind) => kind switch
    {
        NameKind.Village => 5,
        NameKind.Street => 4,
        NameKind.FormerCommune or NameKind.Commune => 3,
        NameKind.District => 1.5,
        _ => 0.5,
    };

    private void AddRowsOf(GroupFit fit, QueryWords query, Dictionary<int, List<int>> byPlaceName, List<Candidate> found)
    {
        var left = Enumerable.Range(0, query.Words.Length).Where(at => !fit.Covered.Contains(at) && query.MustBeAnswered(at)).ToArray();
        var lettersLeft = left.Count(at => at != query.HouseAt && char.IsLetter(query.Words[at][0]));
        var house = query.HouseAt >= 0 && !fit.Covered.Contains(query.HouseAt) ? query.House : null;
        if (house is not null && fit.Group.ByHouse.TryGetValue(house, out var houses))
        {
            var rest = left.Where(at => at != query.HouseAt).ToArray();
            found.AddRange(houses.Select(row => new Candidate(rows[row], fit.Score + 4 - 0.3 * rest.Length, rest, true)));
        }
        foreach (var row in fit.Group.Rows.Where(byPlaceName.ContainsKey))
        {
            var matched = byPlaceName[row].Where(left.Contains).ToArray();
            var rest = left.Except(matched).ToArray();
            if (matched.Length > 0 && matched.Length >= 2 * rest.Length)
            {
                found.Add(new(rows[row], fit.Score + 1 + matched.Length - rest.Length, rest, false));
            }
        }
        if (fit.IsNarrow ? lettersLeft <= fit.Covered.Count / 2 : left.Length == 0 && fit.IsCertain)
        {
            // Of a whole commune only places with a name are an answer; a village's homes are, as "one of so many".
            var shown = fit.IsNarrow ? fit.Group.Rows.Take(IAddressRegister.Most) : fit.Group.Rows.Where(row => rows[row].Name is not null);
            found.AddRange(shown.Where(row => fit.IsNarrow || !byPlaceName.ContainsKey(row))
                .Select(row => new Candidate(rows[row], fit.Score - 0.5 * left.Length + (rows[row].Name is null ? 0 : 0.01), left, false)));
        }
    }

    private void AddByPlaceNameOnly(QueryWords query, Dictionary<int, List<int>> byPlaceName, List<Candidate> found)
    {
        var asked = Enumerable.Range(0, query.Words.Length).Where(query.MustBeAnswered).ToArray();
        foreach (var (row, matched) in byPlaceName)
        {
            var rest = asked.Except(matched).ToArray();
            if (matched.Count >= 2 && rest.Length == 0)
            {
                found.Add(new(rows[row], matched.Count, rest, false));
            }
        }
    }

    /// <summary>For each row whose place has a name: which of the query's words stand in it.</summary>
    private Dictionary<int, List<int>> PlaceNameWords(QueryWords query)
    {
        var found = new Dictionary<int, List<int>>();
        for (var at = 0; at < query.Words.Length; at++)
        {
            foreach (var row in rowsOfPlaceWord.GetValueOrDefault(query.Words[at]) ?? [])
            {
                (found.TryGetValue(row, out var places) ? places : found[row] = []).Add(at);
            }
        }
        return found;
    }

    private static string SameKey(PublicAddress address) =>
        $"{address.Commune.Key}|{address.FormerCommune?.Key}|{address.Village}|{address.Street}|{address.House}|{address.Name}";
}
