using System.Collections.Frozen;
using System.Text;

namespace DiaChiSo.Core.Register.Import;

/// <summary>In which code a text's letters stand.</summary>
internal enum TextCode { Unicode, Tcvn3, Vni, Windows1258 }

/// <summary>
/// Text of old Office files: fonts such as .VnTime (TCVN3, "ABC") and VNI-Times draw Vietnamese letters in the places of Western ones, so
/// that "Tủa Chùa" is stored as "Tña Chïa" or "Tuûa Chuøa" (domain.md §5). Which one it is, is read from the syllables: the reading that
/// makes more Vietnamese syllables is right. The tables are our own, after TCVN 5712:1993 (VN3) and the key maps of the VNI fonts.
/// Letters of .VnTimeH, which draws capitals, come out small: their case is not in the text.
/// </summary>
internal static class LegacyText
{
    private const string Tcvn3Letters =
        "\u00A1Ă\u00A2Â\u00A3Ê\u00A4Ô\u00A5Ơ\u00A6Ư\u00A7Đ\u00A8ă\u00A9â\u00AAê\u00ABô\u00ACơ\u00ADư\u00AEđ"
        + "\u00B5à\u00B6ả\u00B7ã\u00B8á\u00B9ạ\u00BBằ\u00BCẳ\u00BDẵ\u00BEắ\u00C6ặ\u00C7ầ\u00C8ẩ\u00C9ẫ\u00CAấ\u00CBậ"
        + "\u00CCè\u00CEẻ\u00CFẽ\u00D0é\u00D1ẹ\u00D2ề\u00D3ể\u00D4ễ\u00D5ế\u00D6ệ\u00D7ì\u00D8ỉ\u00DCĩ\u00DDí\u00DEị"
        + "\u00DFò\u00E1ỏ\u00E2õ\u00E3ó\u00E4ọ\u00E5ồ\u00E6ổ\u00E7ỗ\u00E8ố\u00E9ộ\u00EAờ\u00EBở\u00ECỡ\u00EDớ\u00EEợ"
        + "\u00EFù\u00F1ủ\u00F2ũ\u00F3ú\u00F4ụ\u00F5ừ\u00F6ử\u00F7ữ\u00F8ứ\u00F9ự\u00FAỳ\u00FBỷ\u00FCỹ\u00FDý\u00FEỵ";

    // VNI: letters of their own, then marks that follow a vowel: hat and tone in one.
    private const string VniLetters = "ñđÑĐôơÔƠöưÖƯííÍÍììÌÌæỉÆỈóĩÓĨòịÒỊîỵÎỴ";
    private const string VniMarks =
        "ù\u0301ø\u0300û\u0309õ\u0303ï\u0323â\u0302á\u0302\u0301à\u0302\u0300å\u0302\u0309ã\u0302\u0303ä\u0302\u0323"
        + "ê\u0306é\u0306\u0301è\u0306\u0300ú\u0306\u0309ü\u0306\u0303ë\u0306\u0323";

    private const string Windows1258Letters = "\u00C3Ă\u00E3ă\u00D0Đ\u00F0đ\u00D5Ơ\u00F5ơ\u00DDƯ\u00FDư\u00CC\u0300\u00EC\u0301\u00D2\u0309\u00DE\u0303\u00F2\u0323";

    private static readonly FrozenDictionary<char, char> Tcvn3 = Pairs(Tcvn3Letters);
    private static readonly FrozenDictionary<char, char> Vni = Pairs(VniLetters);
    private static readonly FrozenDictionary<char, char> Windows1258 = Pairs(Windows1258Letters);
    private static readonly FrozenDictionary<char, string> VniMark = MarksOf(VniMarks);

    /// <summary>The text as it stands and as each old code would read it; one reading where there is nothing to read otherwise.</summary>
    public static IEnumerable<string> Readings(string text) => CanBeLegacy(text)
        ? [text, FromTcvn3(text), FromVni(text), FromWindows1258(text)]
        : [text];

    /// <summary>The text in Unicode.</summary>
    /// <param name="text">A cell.</param>
    /// <param name="usual">The code of the cells before it in its column: it decides where the syllables do not, and is set where they do.</param>
    public static string ToUnicode(string text, ref TextCode usual)
    {
        if (!CanBeLegacy(text))
        {
            return text;
        }
        var best = (Code: TextCode.Unicode, Text: text, Score: Syllable.Score(text));
        var asUsual = best;
        foreach (var code in (ReadOnlySpan<TextCode>)[TextCode.Tcvn3, TextCode.Vni, TextCode.Windows1258])
        {
            var reading = Read(text, code);
            var score = Syllable.Score(reading);
            if (score > best.Score)
            {
                best = (code, reading, score);
            }
            if (code == usual)
            {
                asUsual = (code, reading, score);
            }
        }
        // One syllable that both codes can read says nothing; several that all make sense as they stand are Unicode.
        if (asUsual.Score == best.Score && (best.Code != TextCode.Unicode || best.Score <= 1))
        {
            return asUsual.Text;
        }
        usual = best.Code;
        return best.Text;
    }

    public static string Read(string text, TextCode code) => code switch
    {
        TextCode.Tcvn3 => FromTcvn3(text),
        TextCode.Vni => FromVni(text),
        TextCode.Windows1258 => FromWindows1258(text),
        _ => text,
    };

    // A letter beyond Latin-1 that Vietnamese has (ủ, đ, ơ) is Unicode for certain, and a text without a letter beyond ASCII is the same in all codes.
    private static bool CanBeLegacy(string text)
    {
        if (Ascii.IsValid(text))
        {
            return false;
        }
        var hasLatin = false;
        foreach (var letter in text)
        {
            if (letter is >= '\u0102' and <= '\u01B0' or >= '\u0300' and <= '\u0323' or >= '\u1EA0' and <= '\u1EF9')
            {
                return false;
            }
            hasLatin |= letter is >= '\u00A1' and <= '\u00FF';
        }
        return hasLatin;
    }

    private static string FromTcvn3(string text) => string.Create(text.Length, text, static (letters, from) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Tcvn3.GetValueOrDefault(from[i], from[i]);
        }
    });

    private static string FromVni(string text)
    {
        var read = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var small = char.ToLowerInvariant(text[i]);
            if (read.Length > 0 && VniMark.TryGetValue(small, out var marks) && Marked(read[^1], marks) is { } whole)
            {
                read[^1] = whole;
            }
            else
            {
                read.Append(Vni.GetValueOrDefault(text[i], text[i]));
            }
        }
        return read.ToString();
    }

    private static string FromWindows1258(string text)
    {
        var read = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var kept = Windows1258.GetValueOrDefault(letter, letter);
            if (VietnameseLetters.IsMark(kept) && read.Length > 0 && VietnameseLetters.With(read[^1], kept) is { } whole)
            {
                read[^1] = whole;
            }
            else
            {
                read.Append(kept);
            }
        }
        return read.ToString();
    }

    private static char? Marked(char letter, string marks)
    {
        char? marked = letter;
        foreach (var mark in marks)
        {
            marked = marked is { } so ? VietnameseLetters.With(so, mark) : null;
        }
        return marked;
    }

    private static FrozenDictionary<char, char> Pairs(string pairs) =>
        Enumerable.Range(0, pairs.Length / 2).ToFrozenDictionary(i => pairs[2 * i], i => pairs[2 * i + 1]);

    private static FrozenDictionary<char, string> MarksOf(string table)
    {
        var marks = new Dictionary<char, string>();
        var key = '\0';
        foreach (var letter in table)
        {
            if (VietnameseLetters.IsMark(letter))
            {
                marks[key] += letter;
            }
            else
            {
                marks[key = letter] = "";
            }
        }
        return marks.ToFrozenDictionary();
    }
}
