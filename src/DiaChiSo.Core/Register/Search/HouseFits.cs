using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>The house numbers that the query may mean, found in a group by their sorted place.</summary>
internal sealed class HouseFits(RegisterIndex index)
{
    private readonly List<(int Rank, ulong Places, bool IsSaid)> meant = [];

    /// <summary>Where in the query house numbers may stand.</summary>
    public ulong Places { get; private set; }

    public void Read(TypedQuery query)
    {
        meant.Clear();
        Places = 0;
        isSaid = false;
        for (var at = 0; at < query.Words.Count; at++)
        {
            if ((query.Numeric & query.MayBeHouse & 1UL << at) == 0)
            {
                continue;
            }
            Places |= 1UL << at;
            isSaid |= (query.Before[at] & Level.House) != 0;
            var word = WordText.WithoutZeros(query.Words[at]);
            if (at + 1 < query.Words.Count && query.IsOneSpaceAfter(at))
            {
                var (next, both) = (query.Words[at + 1], 3UL << at);
                if ((query.Numeric >> (at + 1) & 1) != 0)
                {
                    Mean($"{word}-{WordText.WithoutZeros(next)}", both, at, query);
                }
                else if (next.Length == 1)
                {
                    Mean(word + next, both, at, query);            // "15 A"
                }
            }
            Mean(word, 1UL << at, at, query);
        }
    }

    /// <summary>Whether "số nhà" stands before a number: then that is the one.</summary>
    private bool isSaid;

    /// <summary>The addresses from <paramref name="first"/> to before <paramref name="end"/> that have a typed house number, where the number's words are not taken.</summary>
    public (int First, int Count, ulong Places) In(int first, int end, ulong taken)
    {
        foreach (var (rank, places, isThis) in meant)
        {
            if ((places & taken) != 0 || (isSaid && !isThis))
            {
                continue;
            }
            var at = index.FirstOfHouse(first, end, rank);
            if (at < end && index.Houses[at].Rank == rank)
            {
                return (at, index.FirstOfHouse(at, end, rank + 1) - at, places);
            }
        }
        return default;
    }

    private void Mean(string key, ulong places, int at, TypedQuery query)
    {
        var rank = RankOf(key);
        if (rank > 0)
        {
            meant.Add((rank, places, (query.Before[at] & Level.House) != 0));
        }
    }

    /// <summary>0 when no address has it.</summary>
    private int RankOf(string key)
    {
        Span<byte> wanted = stackalloc byte[128];
        if (key.Length > 40 || !Encoding.UTF8.TryGetBytes(key, wanted, out var length))
        {
            return 0;
        }
        wanted = wanted[..length];
        var (low, high) = (0, index.HouseText.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = index.HouseText.Bytes(middle).SequenceCompareTo(wanted) < 0 ? (middle + 1, high) : (low, middle);
        }
        return low < index.HouseText.Count && index.HouseText.Bytes(low).SequenceEqual(wanted) ? low + 1 : 0;
    }
}
