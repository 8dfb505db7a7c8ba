namespace DiaChiSo.Core.Register.Search;

/// <summary>Collects lists behind numbered keys; see <see cref="Lists{T}"/>.</summary>
internal sealed class ListsWriter<T>
    where T : unmanaged
{
    private readonly List<uint> starts = [0];
    private readonly List<T> values = [];

    public void Add(T value) => values.Add(value);

    public void EndList() => starts.Add((uint)values.Count);

    public void Write(IndexWriter index, Section startsIn, Section valuesIn)
    {
        index.Write(startsIn, starts);
        index.Write(valuesIn, values);
    }

    /// <summary>Writes pairs as lists: the values of each key in their order, each once.</summary>
    public static void Write(IndexWriter index, Section startsIn, Section valuesIn, int keys, IEnumerable<(int Key, T Value)> pairs)
    {
        var lists = new ListsWriter<T>();
        var sorted = pairs.Distinct().OrderBy(pair => pair.Key).ThenBy(pair => pair.Value).ToList();
        var at = 0;
        for (var key = 0; key < keys; key++)
        {
            for (; at < sorted.Count && sorted[at].Key == key; at++)
            {
                lists.Add(sorted[at].Value);
            }
            lists.EndList();
        }
        lists.Write(index, startsIn, valuesIn);
    }
}
