namespace DiaChiSo.Core.Register.Reading;

/// <summary>One word of a text, as typed and as compared.</summary>
/// <param name="Folded">Small letters without marks; "tuar" typed by Telex is "tua" here.</param>
/// <param name="Tones">With hats and the tone behind the syllable (<see cref="VietnameseText.ToneKey"/>).</param>
/// <param name="Start">Where it begins in the plain text.</param>
/// <param name="End">Behind its last letter.</param>
/// <param name="AfterBreak">A comma, a dash or the like stands before it.</param>
internal sealed record TypedWord(string Folded, string Tones, int Start, int End, bool AfterBreak)
{
    /// <summary>Whether any mark was typed in it; a word without marks says nothing about its tone.</summary>
    public bool HasMarks => Tones != Folded;

    public bool IsNumber => Folded.Length > 0 && char.IsAsciiDigit(Folded[0]);

    /// <summary>It was typed by the keys of Telex or VNI.</summary>
    public bool IsByKeys { get; init; }

    /// <summary>Its number in the vocabulary; −1 where no name has it.</summary>
    public int Id { get; init; } = Vocabulary.Unknown;
}
