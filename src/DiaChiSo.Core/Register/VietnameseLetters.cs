using System.Text;

namespace DiaChiSo.Core.Register;

/// <summary>
/// The Vietnamese vowels as base, hat and tone. Our own, because string.Normalize leaves letters as they are under InvariantGlobalization
/// (seen with .NET 10.0 on Linux, 11/2026).
/// </summary>
internal static class VietnameseLetters
{
    public const char NoMark = '\0';

    private const string Tones = "\u0300\u0301\u0309\u0303\u0323";            // huyền, sắc, hỏi, ngã, nặng: the order of the lists below
    private const string Hats = "\u0302\u0306\u031B";                         // â, ă, ơ

    private static readonly string[] Vowels =
    [
        "aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
    ];

    private static readonly Dictionary<char, (char Base, char Hat)> HatOf = new()
    {
        ['ă'] = ('a', '\u0306'),
        ['â'] = ('a', '\u0302'),
        ['ê'] = ('e', '\u0302'),
        ['ô'] = ('o', '\u0302'),
        ['ơ'] = ('o', '\u031B'),
        ['ư'] = ('u', '\u031B'),
    };

    private static readonly Dictionary<char, (char Base, char Hat, char Tone)> Parts = [];
    private static readonly Dictionary<(char Base, char Hat, char Tone), char> Whole = [];

    static VietnameseLetters()
    {
        foreach (var row in Vowels)
        {
            var (plain, hat) = HatOf.GetValueOrDefault(row[0], (row[0], NoMark));
            for (var i = 0; i < row.Length; i++)
            {
                var tone = i == 0 ? NoMark : Tones[i - 1];
                Add(row[i], plain, hat, tone);
                Add(char.ToUpperInvariant(row[i]), char.ToUpperInvariant(plain), hat, tone);
            }
        }

        static void Add(char letter, char plain, char hat, char tone)
        {
            Parts[letter] = (plain, hat, tone);
            Whole[(plain, hat, tone)] = letter;
        }
    }

    public static bool IsMark(char letter) => letter is >= '\u0300' and <= '\u036F';

    /// <summary>The letter without its tone, and the tone; a letter that has none is itself.</summary>
    public static (char Letter, char Tone) WithoutTone(char letter) =>
        Parts.TryGetValue(letter, out var parts) ? (Whole[(parts.Base, parts.Hat, NoMark)], parts.Tone) : (letter, NoMark);

    /// <summary>The letter with one more mark, as one character; null when Vietnamese has no such letter.</summary>
    public static char? With(char letter, char mark)
    {
        if (!Parts.TryGetValue(letter, out var parts))
        {
            return null;
        }
        parts = Hats.Contains(mark) ? parts with { Hat = mark } : parts with { Tone = mark };
        return Whole.TryGetValue(parts, out var whole) ? whole : null;
    }

    /// <summary>Base letters each followed by their marks, in canonical order, as some phones send them.</summary>
    public static string Decomposed(string text)
    {
        var decomposed = new StringBuilder(text.Length * 2);
        foreach (var letter in text)
        {
            if (!Parts.TryGetValue(letter, out var parts))
            {
                decomposed.Append(letter);
                continue;
            }
            var isDotFirst = parts is { Tone: '\u0323', Hat: '\u0302' or '\u0306' };
            decomposed.Append(parts.Base);
            Append(isDotFirst ? parts.Tone : parts.Hat);
            Append(isDotFirst ? parts.Hat : parts.Tone);
        }
        return decomposed.ToString();

        void Append(char mark)
        {
            if (mark != NoMark)
            {
                decomposed.Append(mark);
            }
        }
    }
}
