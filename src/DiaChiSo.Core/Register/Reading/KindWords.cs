namespace DiaChiSo.Core.Register.Reading;

/// <summary>What a word before a name says that the name is.</summary>
internal enum NameKind
{
    None,
    Commune,
    District,
    Province,

    /// <summary>"Thành phố": a province or a former district.</summary>
    City,
    Village,
    Street,
}

/// <summary>A word or two of kind, in any of its spellings.</summary>
/// <param name="Words">Folded, one or more.</param>
/// <param name="Label">As it is written in full: "Thị trấn".</param>
/// <param name="Tones">The tone key of each word, to tell "bản" from "bạn"; null where the word is an abbreviation.</param>
internal sealed record KindWord(string[] Words, NameKind Kind, string Label, string[]? Tones)
{
    /// <summary>One letter, or an abbreviation: it counts only with a name behind it.</summary>
    public bool IsShort => Tones is null;
}

/// <summary>The words of kind that addresses are made of (domain.md §5).</summary>
internal static class KindWords
{
    private static readonly KindWord[] Table =
    [
        .. Of(NameKind.Commune, "Xã", "x"), .. Of(NameKind.Commune, "Phường", "p", "f"), .. Of(NameKind.Commune, "Thị trấn", "tt"), .. Of(NameKind.Commune, "Đặc khu"),
        .. Of(NameKind.District, "Huyện", "h"), .. Of(NameKind.District, "Quận", "q"), .. Of(NameKind.District, "Thị xã", "tx"), .. Of(NameKind.City, "Thành phố", "tp"),
        .. Of(NameKind.Province, "Tỉnh", "t"),
        .. Of(NameKind.Village, "Thôn"), .. Of(NameKind.Village, "Bản"), .. Of(NameKind.Village, "Đội"), .. Of(NameKind.Village, "Tổ dân phố", "tdp"), .. Of(NameKind.Village, "Tổ"),
        .. Of(NameKind.Village, "Khu phố", "kp"), .. Of(NameKind.Village, "Khu"), .. Of(NameKind.Village, "Xóm"), .. Of(NameKind.Village, "Ấp"), .. Of(NameKind.Village, "Làng"),
        .. Of(NameKind.Village, "Buôn"), .. Of(NameKind.Village, "Khóm"), .. Of(NameKind.Village, "Khối phố"), .. Of(NameKind.Village, "Khối"), .. Of(NameKind.Village, "Sóc"),
        .. Of(NameKind.Street, "Đường"), .. Of(NameKind.Street, "Phố"), .. Of(NameKind.Street, "Ngõ"), .. Of(NameKind.Street, "Ngách"), .. Of(NameKind.Street, "Hẻm"),
        .. Of(NameKind.Street, "Kiệt"), .. Of(NameKind.Street, "Quốc lộ", "ql"), .. Of(NameKind.Street, "Tỉnh lộ", "tl"),
    ];

    private static readonly ILookup<string, KindWord> ByFirst = Table.OrderByDescending(kind => kind.Words.Length).ToLookup(kind => kind.Words[0]);

    /// <summary>Every word in it, folded.</summary>
    public static IEnumerable<string> All => Table.SelectMany(kind => kind.Words).Distinct();

    /// <summary>The word of kind that begins at this word; the longest. Null where there is none, or where the tone typed says another word ("bạn", "tôi").</summary>
    public static KindWord? At(IReadOnlyList<TypedWord> words, int at)
    {
        foreach (var kind in ByFirst[words[at].Folded])
        {
            if (at + kind.Words.Length <= words.Count && IsHere(kind, words, at))
            {
                return kind;
            }
        }
        return null;
    }

    /// <summary>The one that ends just before this word, nothing between them but a point or a colon.</summary>
    public static KindWord? Before(IReadOnlyList<TypedWord> words, int at)
    {
        for (var length = Math.Min(3, at); length > 0; length--)
        {
            if (!words[at].AfterBreak && At(words, at - length) is { } kind && kind.Words.Length == length)
            {
                return kind;
            }
        }
        return null;
    }

    private static bool IsHere(KindWord kind, IReadOnlyList<TypedWord> words, int at)
    {
        for (var i = 0; i < kind.Words.Length; i++)
        {
            var word = words[at + i];
            if (word.Folded != kind.Words[i] || (i > 0 && word.AfterBreak) || (word.HasMarks && kind.Tones is { } tones && !IsNearTone(word.Tones, tones[i])))
            {
                return false;
            }
        }
        return true;
    }

    // The hook for the tilde and the other way round is heard as the same (domain.md §5: hỏi/ngã).
    private static bool IsNearTone(string typed, string meant) => typed == meant || typed.Replace('\u0309', '\u0303') == meant.Replace('\u0309', '\u0303');

    private static IEnumerable<KindWord> Of(NameKind kind, string label, params string[] shorts)
    {
        yield return new(VietnameseText.Words(label).Split(' '), kind, label, VietnameseText.ToneKey(label).Split(' '));
        foreach (var word in shorts)
        {
            yield return new([word], kind, label, null);
        }
    }
}
