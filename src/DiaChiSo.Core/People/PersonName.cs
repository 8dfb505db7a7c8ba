using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.People;

/// <summary>A full name as people type it: "vàng a páo", "Sùng Thị Mỷ".</summary>
public static class PersonName
{
    private const int Longest = 60;

    /// <summary>
    /// The name with plain spaces, and with capitals where it was typed all small or all capital; null when it cannot be a name
    /// (figures, signs, no letter, too long). One word is a name: some people have no more.
    /// </summary>
    public static string? Read(string? text)
    {
        var plain = VietnameseText.Plain(text).Trim('.', ',', ';', ' ');
        if (plain.Length is < 2 or > Longest || !plain.All(IsOfName) || plain.Count(char.IsLetter) < 2)
        {
            return null;
        }
        var letters = plain.Where(char.IsLetter).ToList();
        return letters.All(char.IsLower) || (letters.All(char.IsUpper) && letters.Count > 3) ? Capitalised(plain) : plain;
    }

    private static bool IsOfName(char letter) => char.IsLetter(letter) || letter is ' ' or '\'' or '.' or '-';

    private static string Capitalised(string name) =>
        string.Join(' ', name.Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));
}
