using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Core.Register;

/// <summary>
/// What a search sees: the index of the whole register, and beside it a small one of the addresses changed since. Never changes once made;
/// the next change makes the next view.
/// </summary>
internal sealed class SearchView
{
    private readonly RegisterIndex whole;
    private readonly RegisterIndex? changed;
    private readonly IReadOnlyDictionary<AddressCode, IndexedAddress?> changes;

    public SearchView(RegisterIndex whole)
        : this(whole, null, new Dictionary<AddressCode, IndexedAddress?>())
    {
    }

    private SearchView(RegisterIndex whole, RegisterIndex? changed, IReadOnlyDictionary<AddressCode, IndexedAddress?> changes) =>
        (this.whole, this.changed, this.changes) = (whole, changed, changes);

    /// <summary>How many addresses were changed since the whole was indexed.</summary>
    public int Changes => changes.Count;

    public int Count => whole.Count + (changed?.Count ?? 0);

    /// <param name="rows">The changed addresses as they are now; null for one that is no longer to be found.</param>
    public SearchView With(IEnumerable<KeyValuePair<AddressCode, IndexedAddress?>> rows, AdministrativeUnits units)
    {
        var all = new Dictionary<AddressCode, IndexedAddress?>(changes);
        var builder = new RegisterIndexBuilder(units.Indexed);
        foreach (var (code, row) in rows)
        {
            all[code] = row;
        }
        foreach (var row in all.Values)
        {
            if (row is { } address)
            {
                builder.Add(address);
            }
        }
        return new(whole, builder.ToMemory(), all);
    }

    /// <summary>Best first.</summary>
    public IReadOnlyList<IndexMatch> Search(string words, int most)
    {
        var found = whole.Search(words, most, IsStale);
        if (changed is null || changed.Search(words, most) is not { Count: > 0 } since)
        {
            return found;
        }
        var best = Math.Max(found.Count == 0 ? 0 : found[0].Score, since[0].Score);
        var both = found.Concat(since).Where(match => match.Score > best - 1).ToList();
        var hasHouse = both.Exists(match => match.MatchesHouse);
        return [.. both.Where(match => !hasHouse || match.MatchesHouse || match.Unmatched.Count == 0).OrderByDescending(match => Math.Round(match.Score, 2)).Take(most)];
    }

    /// <summary>Nearest first.</summary>
    public IReadOnlyList<NearMatch> Nearest(GeoPoint from, double withinMetres, int most)
    {
        var found = whole.Nearest(from, withinMetres, most, IsStale);
        return changed is null ? found : [.. found.Concat(changed.Nearest(from, withinMetres, most)).OrderBy(near => near.Metres).Take(most)];
    }

    private bool IsStale(AddressCode code) => changes.ContainsKey(code);
}
