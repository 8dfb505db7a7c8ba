using System.Collections.Frozen;

namespace DiaChiSo.Core.Register.Import;

/// <summary>What can be a Vietnamese syllable: a beginning, a rhyme, a tone that the rhyme can carry. For telling codes of old fonts apart.</summary>
internal static class Syllable
{
    private static readonly string[] Beginnings =
        ["ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""];

    private static readonly FrozenSet<string> Rhymes = (
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
        + "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
        + "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot "
        + "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut "
        + "uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu")
        .Split(' ').ToFrozenSet();

    /// <summary>Of the words that have a letter beyond ASCII: those that are syllables, less those that are none.</summary>
    public static int Score(string text)
    {
        var score = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            var isPlain = true;
            while (end < text.Length && (text[end] > 127 || char.IsAsciiLetter(text[end])))
            {
                isPlain &= text[end++] < 128;
            }
            if (!isPlain)
            {
                score += Is(text.AsSpan(start, end - start)) ? 1 : -1;
            }
            start = Math.Max(end, start + 1);
        }
        return score;
    }

    /// <summary>Whether this one word is a syllable, in small or capital letters.</summary>
    public static bool Is(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 8)
        {
            return false;
        }
        Span<char> bare = stackalloc char[word.Length];
        var tone = VietnameseLetters.NoMark;
        for (var i = 0; i < word.Length; i++)
        {
            (bare[i], var its) = VietnameseLetters.WithoutTone(char.ToLowerInvariant(word[i]));
            if (its != VietnameseLetters.NoMark && tone != VietnameseLetters.NoMark)
            {
                return false;
            }
            tone = its == VietnameseLetters.NoMark ? tone : its;
        }
        foreach (var beginning in Beginnings)
        {
            if (bare.StartsWith(beginning) && IsRhyme(bare[beginning.Length..], tone))
            {
                return true;
            }
        }
        return false;
    }

    // A rhyme that stops (c, ch, p, t) carries sắc or nặng only.
    private static bool IsRhyme(ReadOnlySpan<char> rhyme, char tone)
    {
        if (!Rhymes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rhyme))
        {
            return false;
        }
        var stops = rhyme[^1] is 'c' or 'p' or 't' || rhyme.EndsWith("ch");
        return !stops || tone is '\u0301' or '\u0323';
    }
}
