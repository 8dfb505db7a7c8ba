using System.Text;

namespace DiaChiSo.Core.Register.Search;

/// <summary>What is left in a folded word when the keyboard's software was off: Telex ("muwowngf", "chuaf") and VNI ("tu3a").</summary>
internal static class KeyboardTails
{
    /// <summary>The word without the letters or figures that were to become marks; null when it has none.</summary>
    public static string? Without(string word)
    {
        if (word.Length is < 2 or > 12 || !char.IsAsciiLetter(word[0]))
        {
            return null;
        }
        var meant = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var isDoubled = meant.Length > 0 && letter is 'a' or 'e' or 'o' or 'd' && meant[^1] == letter;
            if (!char.IsAsciiDigit(letter) && letter != 'w' && !isDoubled)
            {
                meant.Append(letter);
            }
        }
        if (meant.Length > 1 && meant[^1] is 's' or 'f' or 'r' or 'x' or 'j')
        {
            meant.Length--;
        }
        return meant.Length == word.Length || meant.Length == 0 ? null : meant.ToString();
    }
}
