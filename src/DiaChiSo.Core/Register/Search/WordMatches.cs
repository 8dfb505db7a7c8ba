namespace DiaChiSo.Core.Register.Search;

/// <summary>Which words of the lexicon stand, or nearly stand, at which place of the query. One for each searcher, emptied after each query.</summary>
internal sealed class WordMatches(int words)
{
    private readonly int[] head = new int[words];           // 0: none, else 1 + place in slots
    private readonly List<Slot> slots = [];
    private readonly List<int> touched = [];

    internal readonly record struct Slot(int Word, int Place, float Cost, int Next);

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<Slot> All => slots;

    public void Add(int word, int place, float cost)
    {
        for (var at = head[word]; at != 0; at = slots[at - 1].Next)
        {
            if (slots[at - 1].Place == place)
            {
                return;                                     // the cheapest comes first
            }
        }
        if (head[word] == 0)
        {
            touched.Add(word);
        }
        slots.Add(new(word, place, cost, head[word]));
        head[word] = slots.Count;
    }

    public bool Has(int word) => head[word] != 0;

    /// <summary>What the word costs at this place; negative where it does not stand there.</summary>
    public float CostAt(int word, int place)
    {
        for (var at = head[word]; at != 0; at = slots[at - 1].Next)
        {
            if (slots[at - 1].Place == place)
            {
                return slots[at - 1].Cost;
            }
        }
        return -1;
    }

    /// <summary>The word's first slot, 0 when it has none; the others follow by <see cref="Slot.Next"/>.</summary>
    public int First(int word) => head[word];

    public Slot this[int at] => slots[at - 1];

    public void Clear()
    {
        foreach (var word in touched)
        {
            head[word] = 0;
        }
        touched.Clear();
        slots.Clear();
    }
}
