namespace DiaChiSo.Core.Register.Reading;

/// <summary>Every syllable that a name of a unit or village has, with a number; grows while the names are read and is fixed after that.</summary>
internal sealed class Vocabulary
{
    public const int Unknown = -1;

    private readonly Dictionary<string, int> ids = new(4_096);
    private readonly List<string> words = new(4_096);
    private readonly List<bool> isNear = new(4_096);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public Vocabulary()
    {
        bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in KindWords.All)
        {
            Add(word, near: true);
        }
    }

    public int Count => words.Count;

    public string this[int id] => words[id];

    /// <param name="word">Folded.</param>
    /// <param name="near">It is in a name of the province that is served: preferred where joined words may be parted in two ways.</param>
    public int Add(ReadOnlySpan<char> word, bool near)
    {
        if (!bySpan.TryGetValue(word, out var id))
        {
            id = words.Count;
            var kept = word.ToString();
            ids.Add(kept, id);
            words.Add(kept);
            isNear.Add(near);
        }
        else if (near)
        {
            isNear[id] = true;
        }
        return id;
    }

    public int Find(ReadOnlySpan<char> word) => bySpan.TryGetValue(word, out var id) ? id : Unknown;

    public bool IsNear(int id) => isNear[id];
}
