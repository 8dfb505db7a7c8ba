using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>The name of a place as a person types it: "Trạm y tế Mường Báng".</summary>
public static class PlaceName
{
    private const int FewestLetters = 2;

    /// <summary>Made plain (marks composed, nothing invisible). False where it has hardly a letter or is longer than <see cref="Limits.AnswerLength"/>.</summary>
    public static bool TryRead(string words, out string name)
    {
        name = VietnameseText.Plain(words);
        return name.Length <= Limits.AnswerLength && name.Count(char.IsLetter) >= FewestLetters;
    }
}
