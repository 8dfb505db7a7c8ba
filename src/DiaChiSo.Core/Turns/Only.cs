namespace DiaChiSo.Core.Turns;

/// <summary>Lists that are there or not: <c>{#each done}</c> … <c>{/each}</c> says something only when it is so.</summary>
public static class Only
{
    private static readonly IReadOnlyDictionary<string, string> Once = new Dictionary<string, string>();

    public static Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> The(params IReadOnlyList<(string List, bool IsSo)> lists) =>
        lists.ToDictionary(list => list.List, list => list.IsSo ? (IEnumerable<IReadOnlyDictionary<string, string>>)[Once] : []);
}
