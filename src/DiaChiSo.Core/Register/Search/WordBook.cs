namespace DiaChiSo.Core.Register.Search;

/// <summary>Numbers words in the order in which they come.</summary>
internal sealed class WordBook
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> words = [];

    public IReadOnlyList<string> All => words;

    public int Count => words.Count;

    public int Number(string word)
    {
        if (!numbers.TryGetValue(word, out var number))
        {
            number = numbers[word] = words.Count;
            words.Add(word);
        }
        return number;
    }
}
