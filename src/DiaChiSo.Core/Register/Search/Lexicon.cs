using System.Numerics;
using System.Runtime.InteropServices;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// All words of the index, each with a number. Words with slips are found over what is left when letters are taken out: two words that are
/// one edit apart share such a remainder (a symmetric deletion index), so that nothing need be compared with every word.
/// </summary>
internal readonly struct Lexicon(IndexBytes bytes)
{
    private const int ShortestForTwoEdits = 5;

    private readonly Lists<char> words = bytes.Lists<char>(Section.WordStarts, Section.WordLetters);
    private readonly Column<int> table = bytes.Column<int>(Section.WordTable);
    private readonly Column<uint> buckets = bytes.Column<uint>(Section.DeleteBuckets);
    private readonly Column<uint> hashes = bytes.Column<uint>(Section.DeleteHashes);
    private readonly Column<int> ofHash = bytes.Column<int>(Section.DeleteWords);

    public int Count => words.Count;

    public ReadOnlySpan<char> this[int word] => words[word];

    /// <summary>The number of the word; −1 when no name has it.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        if (table.Count == 0)
        {
            return -1;
        }
        var at = (int)(Hash(word) & (uint)(table.Count - 1));
        for (var tries = 0; tries < table.Count; tries++, at = (at + 1) & (table.Count - 1))
        {
            var found = table[at] - 1;
            if (found < 0 || words[found].SequenceEqual(word))
            {
                return found;
            }
        }
        return -1;
    }

    /// <summary>Adds the words within so many edits, or that sound the same, with their cost; not the word itself. Figures have no slips.</summary>
    public void AddNear(string word, int edits, List<(int Word, float Cost)> near)
    {
        if (WordText.IsNumeric(word) || word.Length > 20)
        {
            return;
        }
        var from = near.Count;
        foreach (var like in Slip.SoundsLike(word))
        {
            Consider(Find(like), word, edits, near, from);
        }
        Span<char> rest = stackalloc char[word.Length];
        Span<char> less = stackalloc char[word.Length];
        ConsiderAll(word, word, edits, near, from);
        for (var out1 = 0; out1 < word.Length && word.Length > 1; out1++)
        {
            Without(word, out1, rest);
            var one = rest[..(word.Length - 1)];
            ConsiderAll(one, word, edits, near, from);
            for (var out2 = out1; edits > 1 && out2 < one.Length && word.Length >= ShortestForTwoEdits; out2++)
            {
                Without(one, out2, less);
                ConsiderAll(less[..(one.Length - 1)], word, edits, near, from);
            }
        }
    }

    /// <summary>Whether the word is here, or one that is one edit or sound away.</summary>
    public bool HasNear(string word)
    {
        if (Find(word) >= 0)
        {
            return true;
        }
        var near = new List<(int Word, float Cost)>();
        AddNear(word, 1, near);
        return near.Count > 0;
    }

    private void ConsiderAll(ReadOnlySpan<char> rest, ReadOnlySpan<char> typed, int edits, List<(int Word, float Cost)> near, int from)
    {
        Consider(Find(rest), typed, edits, near, from);
        if (buckets.Count < 2)
        {
            return;
        }
        var hash = Hash(rest);
        var bucket = (int)(hash >> (32 - BitOperations.Log2((uint)(buckets.Count - 1))));
        if (buckets.Count == 2)
        {
            bucket = 0;
        }
        for (var at = (int)buckets[bucket]; at < buckets[bucket + 1]; at++)
        {
            if (hashes[at] == hash)
            {
                Consider(ofHash[at], typed, edits, near, from);
            }
        }
    }

    private void Consider(int word, ReadOnlySpan<char> typed, int edits, List<(int Word, float Cost)> near, int from)
    {
        if (word < 0)
        {
            return;
        }
        foreach (var (known, _) in CollectionsMarshal.AsSpan(near)[from..])
        {
            if (known == word)
            {
                return;
            }
        }
        var cost = Slip.Cost(typed, words[word]);
        if (cost > 0 && cost <= edits)
        {
            near.Add((word, cost));
        }
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var letter in word)
        {
            hash = (hash ^ letter) * 16777619u;
        }
        // The upper bits choose the bucket, the lower the place in the table: both must be mixed.
        return (hash ^ (hash >> 15)) * 2246822519u;
    }

    private static void Without(ReadOnlySpan<char> word, int at, Span<char> rest)
    {
        word[..at].CopyTo(rest);
        word[(at + 1)..].CopyTo(rest[at..]);
    }

    /// <summary>Writes the words in this order: the number of a word is its place.</summary>
    public static void Write(IndexWriter index, IReadOnlyList<string> words)
    {
        var starts = new List<uint>(words.Count + 1) { 0 };
        var letters = new List<char>(words.Count * 5);
        foreach (var word in words)
        {
            letters.AddRange(word);
            starts.Add((uint)letters.Count);
        }
        index.Write(Section.WordStarts, starts);
        index.Write(Section.WordLetters, letters);

        var table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, words.Count * 2))];
        var deletes = new List<ulong>();
        Span<char> rest = stackalloc char[256];
        Span<char> less = stackalloc char[256];
        for (var word = 0; word < words.Count; word++)
        {
            var text = words[word];
            var at = (int)(Hash(text) & (uint)(table.Length - 1));
            while (table[at] != 0)
            {
                at = (at + 1) & (table.Length - 1);
            }
            table[at] = word + 1;
            if (WordText.IsNumeric(text) || text.Length is < 2 or > 20)
            {
                continue;
            }
            for (var out1 = 0; out1 < text.Length; out1++)
            {
                Without(text, out1, rest);
                deletes.Add((ulong)Hash(rest[..(text.Length - 1)]) << 32 | (uint)word);
                for (var out2 = out1; text.Length >= ShortestForTwoEdits && out2 < text.Length - 1; out2++)
                {
                    Without(rest[..(text.Length - 1)], out2, less);
                    deletes.Add((ulong)Hash(less[..(text.Length - 2)]) << 32 | (uint)word);
                }
            }
        }
        index.Write<int>(Section.WordTable, table);

        deletes.Sort();
        var bits = Math.Clamp(BitOperations.Log2((uint)deletes.Count + 1) - 2, 0, 20);
        var buckets = new uint[(1 << bits) + 1];
        foreach (var entry in deletes)
        {
            buckets[(int)((uint)(entry >> 32) >> (32 - bits) & ((1u << bits) - 1)) + 1]++;
        }
        for (var i = 1; i < buckets.Length; i++)
        {
            buckets[i] += buckets[i - 1];
        }
        index.Write<uint>(Section.DeleteBuckets, buckets);
        index.Write(Section.DeleteHashes, deletes.ConvertAll(entry => (uint)(entry >> 32)));
        index.Write(Section.DeleteWords, deletes.ConvertAll(entry => (int)(uint)entry));
    }
}
