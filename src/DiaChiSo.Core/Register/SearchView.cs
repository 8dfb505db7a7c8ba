namespace DiaChiSo.Core.Register;

/// <summary>
/// What a search sees: an index of the whole register, and beside it a small one of the addresses changed since. Never changes once made;
/// the next change makes the next view.
/// </summary>
internal sealed class SearchView
{
    private const double FarthestMetres = 20_000;
    private const double NeighbourMetres = 250;
    private const int MostNeighbours = 2;

    private readonly WordIndex whole;
    private readonly GateGrid wholeGates;
    private readonly WordIndex changed;
    private readonly GateGrid changedGates;
    private readonly Dictionary<AddressCode, PublicAddress> changes;

    public SearchView(IReadOnlyList<PublicAddress> addresses)
        : this(new(addresses), new(addresses), [])
    {
    }

    private SearchView(WordIndex whole, GateGrid wholeGates, Dictionary<AddressCode, PublicAddress> changes)
    {
        this.whole = whole;
        this.wholeGates = wholeGates;
        this.changes = changes;
        changed = new(changes.Values);
        changedGates = new(changes.Values);
    }

    /// <summary>How many addresses were changed since the whole was indexed.</summary>
    public int Changes => changes.Count;

    public int Count => whole.Count + changed.Count;

    public SearchView With(IEnumerable<PublicAddress> addresses)
    {
        var all = new Dictionary<AddressCode, PublicAddress>(changes);
        foreach (var address in addresses)
        {
            all[address.Code] = address;
        }
        return new(whole, wholeGates, all);
    }

    public IReadOnlyList<AddressMatch> Search(string words, int most)
    {
        most = Math.Clamp(most, 1, IAddressRegister.Most);
        var query = new QueryWords(words);
        if (query.Words.Length == 0)
        {
            return [];
        }
        var found = whole.Search(query, changes.ContainsKey).Concat(changed.Search(query, _ => false)).ToList();
        if (found.Count == 0)
        {
            return [];
        }
        var best = found.Max(candidate => candidate.Score);
        var hasHouse = found.Any(candidate => candidate.MatchesHouse && candidate.Score > best - 1);
        var kept = found.Where(candidate => candidate.Score > best - 1 && (!hasHouse || candidate.MatchesHouse))
            .DistinctBy(candidate => candidate.Address.Code);
        return [.. InTurns(kept).Take(most).Select(candidate => MatchOf(candidate, query))];
    }

    public IReadOnlyList<NearbyAddress> Nearby(GeoPoint from, double withinMetres, int most)
    {
        most = Math.Clamp(most, 1, IAddressRegister.Most);
        return [.. Gates(from, Math.Clamp(withinMetres, 0, FarthestMetres))
            .OrderBy(near => near.Metres).ThenBy(near => near.Address.Code).Take(most)
            .Select(near => new NearbyAddress(near.Address, near.Metres, from.DirectionTo(near.Address.Gate!.Value), NeighboursOf(near.Address)))];
    }

    /// <summary>
    /// The best first; where several fit equally, one of each commune and village in turn, so that five homes of one village do not hide
    /// that the same name exists elsewhere.
    /// </summary>
    private static IEnumerable<WordIndex.Candidate> InTurns(IEnumerable<WordIndex.Candidate> found) =>
        found.GroupBy(candidate => Math.Round(candidate.Score, 2)).OrderByDescending(equals => equals.Key)
            .SelectMany(equals => equals
                .GroupBy(candidate => (candidate.Address.Commune.Key, candidate.Address.FormerCommune?.Key, candidate.Address.Village))
                .SelectMany(village => village.OrderBy(candidate => candidate.Address.Code).Select((candidate, turn) => (candidate, turn)))
                .OrderBy(place => place.turn).ThenBy(place => place.candidate.Address.Code)
                .Select(place => place.candidate));

    private AddressMatch MatchOf(WordIndex.Candidate candidate, QueryWords query)
    {
        var address = candidate.Address;
        var label = address.FormerCommune is { } former && former.Name != address.Commune.Name
            ? $"{address.Label}, {address.Commune.InLine} ({former.InLine} cũ)"
            : $"{address.Label}, {address.Commune.InLine}";
        var shared = Math.Max(1, whole.CountSame(address) + changed.CountSame(address) - changes.Values.Count(IsSameAsBefore));
        return new(address, label, shared, [.. candidate.Unmatched.Select(query.AsTyped)], candidate.Score);

        // A changed address that kept its words stands in both indexes.
        bool IsSameAsBefore(PublicAddress change) =>
            change.Version > 1 && change.House == address.House && change.Name == address.Name && change.Village == address.Village
            && change.Commune.Key == address.Commune.Key && change.FormerCommune?.Key == address.FormerCommune?.Key && change.Street == address.Street;
    }

    private Neighbour[] NeighboursOf(PublicAddress address)
    {
        var gate = address.Gate!.Value;
        // A name or a house number is something that a person on the spot can see; a bare code hardly is.
        return [.. Gates(gate, NeighbourMetres).Where(near => near.Address.Code != address.Code)
            .OrderBy(near => near.Address.Name is null && near.Address.House is null).ThenBy(near => near.Metres)
            .Take(MostNeighbours).OrderBy(near => near.Metres)
            .Select(near => new Neighbour(ShortLabel(near.Address), near.Metres, gate.DirectionTo(near.Address.Gate!.Value)))];
    }

    private static string ShortLabel(PublicAddress address) => address.Label[..address.Label.IndexOf(" · ", StringComparison.Ordinal)];

    private IEnumerable<(PublicAddress Address, double Metres)> Gates(GeoPoint from, double metres) =>
        wholeGates.Within(from, metres).Where(near => !changes.ContainsKey(near.Address.Code)).Concat(changedGates.Within(from, metres));
}
