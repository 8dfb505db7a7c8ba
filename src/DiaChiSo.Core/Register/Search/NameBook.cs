using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Names of villages, streets and places while an index is built: each spelling of each kind once.</summary>
internal sealed class NameBook
{
    private readonly Dictionary<(NameKind Kind, string Text), int> numbers = [];
    private readonly List<(NameKind Kind, string Text)> names = [];
    private readonly List<(int Word, int Name)> postings = [];
    private (int Name, int Area)[] areas = [];

    /// <summary>Counted from 1 for villages and streets, where 0 is none; from 0 for places.</summary>
    public int Number(NameKind kind, string text)
    {
        if (!numbers.TryGetValue((kind, text), out var number))
        {
            number = numbers[(kind, text)] = names.Count;
            names.Add((kind, text));
        }
        return kind == NameKind.Place ? number : number + 1;
    }

    public void Finish(IEnumerable<(int Name, int Area)> pairs) => areas = [.. pairs.Distinct().Order()];

    public void Write(IndexWriter index, WordBook words)
    {
        var rows = new List<NameRow>(names.Count);
        var wordLists = new ListsWriter<int>();
        var texts = new ListsWriter<byte>();
        for (var number = 0; number < names.Count; number++)
        {
            var (kind, text) = names[number];
            var all = WordText.Of(text).ToArray();
            var level = kind switch { NameKind.Village => Level.Village, NameKind.Street => Level.Street, _ => Level.None };
            var (core, type) = TypeWords.Core(all, level);
            rows.Add(new(kind, type, (byte)(kind != NameKind.Place && core.Length == 1 && IsBare(core.Span[0]) ? 1 : 0)));
            foreach (var word in core.Span)
            {
                var wordNumber = words.Number(word);
                wordLists.Add(wordNumber);
                postings.Add((wordNumber, number));
            }
            wordLists.EndList();
            foreach (var letter in Encoding.UTF8.GetBytes(text))
            {
                texts.Add(letter);
            }
            texts.EndList();
        }
        index.Write(Section.Names, rows);
        texts.Write(index, Section.NameTextStarts, Section.NameText);
        wordLists.Write(index, Section.NameWordStarts, Section.NameWords);
    }

    public void WritePostings(IndexWriter index, int words)
    {
        ListsWriter<int>.Write(index, Section.WordNameStarts, Section.WordNames, words, postings);
        ListsWriter<int>.Write(index, Section.NameAreaStarts, Section.NameAreas, names.Count, areas);
    }

    private static bool IsBare(string word) => word.Length == 1 || WordText.IsNumeric(word);
}
