using System.Text;

namespace DiaChiSo.Core.Register;

/// <summary>
/// Makes Vietnamese words comparable whatever the keyboard wrote: composed or decomposed marks, old or new place of the tone (hoà/hòa),
/// Eth for Đ, non-breaking and zero-width spaces, full-width letters. The tables are our own, because the program runs without
/// culture data (InvariantGlobalization), where the runtime's way of taking marks off does nothing.
/// </summary>
public static class VietnameseText
{
    /// <summary>Small letters, no marks, single spaces; punctuation and figures stay, emoji and other symbols go: "🔎 Số nhà 12/3" → "so nha 12/3".</summary>
    public static string Fold(string? text) => text is null ? "" : Fold(text.AsSpan());

    /// <inheritdoc cref="Fold(string?)"/>
    public static string Fold(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }
        var rented = text.Length <= 256 ? null : new char[text.Length];
        Span<char> folded = rented ?? stackalloc char[256];
        return new string(folded[..FoldInto(text, folded)]);
    }

    /// <summary>
    /// <see cref="Fold(string?)"/>, then only letters and figures, words parted by one space: "Bỏ qua!" → "bo qua".
    /// For comparing a typed answer with a button's label.
    /// </summary>
    public static string Words(string? text) => Words(text, keepSlash: false);

    /// <summary>Whether both say the same words, with or without tones, punctuation and icons. False when neither has a word.</summary>
    public static bool SameWords(string? one, string? other)
    {
        var words = Words(one);
        return words.Length > 0 && words == Words(other);
    }

    /// <summary>
    /// A key that keeps the tones and the hats: small letters, each syllable's tone moved to its end, so that hoà and hòa, composed or
    /// decomposed, are the same key. For telling "Tả Phìn" from "Tà Phin"; never shown.
    /// </summary>
    public static string ToneKey(string? text)
    {
        var key = new StringBuilder(text?.Length ?? 0);
        var tone = VietnameseLetters.NoMark;
        foreach (var typed in Plain(text))
        {
            var (letter, itsTone) = VietnameseLetters.WithoutTone(char.ToLowerInvariant(typed));
            tone = itsTone == VietnameseLetters.NoMark ? tone : itsTone;
            if (char.IsLetterOrDigit(letter))
            {
                key.Append(letter);
                continue;
            }
            EndSyllable();
            if (key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }
        EndSyllable();
        return key.ToString().TrimEnd(' ');

        void EndSyllable()
        {
            if (tone != VietnameseLetters.NoMark)
            {
                key.Append(tone);
                tone = VietnameseLetters.NoMark;
            }
        }
    }

    /// <summary>
    /// The same text to be shown or stored: composed marks, Đ for Eth, ordinary spaces, nothing invisible, full-width figures made plain,
    /// typographic dashes and quotes made plain, trimmed. Case, tones and wording stay.
    /// </summary>
    public static string Plain(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var kept = FoldTable.PlainOf(text[i]);
            if (VietnameseLetters.IsMark(kept) && plain.Length > 0 && VietnameseLetters.With(plain[^1], kept) is { } whole)
            {
                plain[^1] = whole;
                continue;
            }
            if (kept != '\0' && !(kept == ' ' && (plain.Length == 0 || plain[^1] == ' ')) && !IsHalfOfPair(text, i))
            {
                plain.Append(kept);
            }
        }
        return plain.ToString().TrimEnd(' ');
    }

    internal static string Words(string? text, bool keepSlash)
    {
        var folded = Fold(text).AsSpan();
        Span<char> words = folded.Length <= 256 ? stackalloc char[256] : new char[folded.Length];
        var length = 0;
        foreach (var letter in folded)
        {
            var kept = char.IsLetterOrDigit(letter) || (keepSlash && letter is '/') ? letter : ' ';
            if (kept != ' ' || (length > 0 && words[length - 1] != ' '))
            {
                words[length++] = kept;
            }
        }
        return new string(words[..length].TrimEnd(' '));
    }

    private static int FoldInto(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var letter in text)
        {
            var kept = FoldTable.FoldOf(letter);
            if (kept == '\0' || (kept == ' ' && (length == 0 || folded[length - 1] == ' ')))
            {
                continue;
            }
            folded[length++] = kept;
        }
        return length > 0 && folded[length - 1] == ' ' ? length - 1 : length;
    }

    /// <summary>Half of a surrogate pair, as a hostile client may send it: no text, and some writers of JSON or of a database refuse it.</summary>
    private static bool IsHalfOfPair(string text, int at) =>
        char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at) && !(at > 0 && char.IsSurrogatePair(text, at - 1));
}
