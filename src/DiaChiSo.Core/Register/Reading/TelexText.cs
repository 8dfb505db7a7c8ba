using System.Text;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// What a word is where the keyboard's Telex or VNI was off, so that the keys stand there instead of the marks: "muwowngf", "chu2a".
/// </summary>
internal static class TelexText
{
    private const string ToneKeys = "fsrxj";
    private const string ToneFigures = "21345";
    private const string Tones = "\u0300\u0301\u0309\u0303\u0323";     // huyền, sắc, hỏi, ngã, nặng: the order of the two lists above

    /// <summary>The word with its marks, "mường" as a tone key; null where nothing in it is such a key.</summary>
    /// <param name="word">Small letters without marks, and figures.</param>
    public static string? Read(string word)
    {
        if (word.Length is < 2 or > 12 || !char.IsAsciiLetter(word[0]))
        {
            return null;
        }
        var letters = new StringBuilder(word.Length);
        var tone = '\0';
        foreach (var key in word)
        {
            if (!Take(letters, key, ref tone))
            {
                return null;
            }
        }
        var read = letters.ToString();
        return tone == '\0' && read == word || !read.Any(IsVowel) ? null : tone == '\0' ? read : read + tone;
    }

    private static bool Take(StringBuilder letters, char key, ref char tone)
    {
        var hasVowel = letters.Length > 0 && Enumerable.Range(0, letters.Length).Any(at => IsVowel(letters[at]));
        var asTone = char.IsAsciiDigit(key) ? ToneFigures.IndexOf(key) : hasVowel ? ToneKeys.IndexOf(key) : -1;
        if (asTone >= 0)
        {
            // A second tone is no word of this language.
            var isFirst = tone == '\0' && hasVowel;
            tone = Tones[asTone];
            return isFirst;
        }
        return key switch
        {
            'w' => Horn(letters, "aou", "ăơư"),
            '7' => Horn(letters, "ou", "ơư"),
            '8' => Horn(letters, "a", "ă"),
            '6' => Horn(letters, "aeo", "âêô"),
            '9' => Horn(letters, "d", "đ"),
            >= '0' and <= '9' => false,
            'd' when letters is [.., 'd'] => Horn(letters, "d", "đ"),
            'a' when letters is [.., 'a'] => Horn(letters, "a", "â"),
            'e' when letters is [.., 'e'] => Horn(letters, "e", "ê"),
            'o' when letters is [.., 'o'] => Horn(letters, "o", "ô"),
            _ => Plain(letters, key),
        };
    }

    private static bool Plain(StringBuilder letters, char key)
    {
        letters.Append(key);
        return true;
    }

    /// <summary>The last letter that can take the mark takes it; "uow" is both.</summary>
    private static bool Horn(StringBuilder letters, string bare, string marked)
    {
        for (var at = letters.Length - 1; at >= 0; at--)
        {
            var which = bare.IndexOf(letters[at]);
            if (which < 0)
            {
                continue;
            }
            letters[at] = marked[which];
            if (letters[at] == 'ơ' && at > 0 && letters[at - 1] == 'u')
            {
                letters[at - 1] = 'ư';
            }
            return true;
        }
        return false;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'ă' or 'â' or 'ê' or 'ô' or 'ơ' or 'ư';
}
