namespace DiaChiSo.Core.Register.Reading;

/// <summary>How far a typed word is from a word of a name: 0 the same, some tenths where only tones or sounds differ, 1 for an edit.</summary>
internal static class WordCost
{
    public const float NoTone = 0.03f;
    public const float OtherTone = 0.15f;
    public const float NoHat = 0.12f;
    public const float OtherLetter = 0.45f;
    private const float HookForTilde = 0.1f;
    private const float Lips = 0.6f;

    /// <summary>Of two words that are the same without marks.</summary>
    /// <param name="typed">The typed word.</param>
    /// <param name="meant">The tone key of the name's word.</param>
    /// <param name="amongMarks">Whether the words around it were typed with marks, so that none here may mean none.</param>
    public static float OfTones(TypedWord typed, string meant, bool amongMarks)
    {
        if (typed.Tones == meant)
        {
            return 0;
        }
        if (!typed.HasMarks)
        {
            return amongMarks ? NoTone : 0;
        }
        var (letters, tone) = Parted(typed.Tones);
        var (meantLetters, meantTone) = Parted(meant);
        var ofTone = tone == meantTone ? 0 : (tone, meantTone) is ('\u0309', '\u0303') or ('\u0303', '\u0309') ? HookForTilde : OtherTone;
        return letters == meantLetters ? ofTone : LacksHats(letters, meantLetters) ? ofTone + NoHat : OtherLetter;
    }

    /// <summary>Of any two words, without marks.</summary>
    public static float Of(string typed, string meant)
    {
        var cost = Search.Slip.Cost(typed, meant);
        return cost > Lips && AreLips(typed, meant) ? Lips : cost;
    }

    // "Pháng" for "Báng": b, p and ph are told apart late by those whose first language has other lip sounds.
    private static bool AreLips(string typed, string meant) =>
        Lip(typed) is var one and > 0 && Lip(meant) is var other and > 0 && typed.AsSpan(one).SequenceEqual(meant.AsSpan(other));

    private static int Lip(string word) => word.StartsWith("ph", StringComparison.Ordinal) ? 2 : word[0] is 'b' or 'p' ? 1 : 0;

    // "Muờng" for "Mường": a hat was forgotten, none is another.
    private static bool LacksHats(string typed, string meant)
    {
        for (var at = 0; at < typed.Length && typed.Length == meant.Length; at++)
        {
            if (typed[at] != meant[at] && typed[at] != FoldTable.FoldOf(meant[at]))
            {
                return false;
            }
        }
        return typed.Length == meant.Length;
    }

    private static (string Letters, char Tone) Parted(string key) =>
        key.Length > 0 && VietnameseLetters.IsMark(key[^1]) ? (key[..^1], key[^1]) : (key, VietnameseLetters.NoMark);
}
