using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using PhoneNumbers;

namespace DiaChiSo.Core.People;

/// <summary>A Vietnamese phone number as people type it. A family may share one, so it is no identity (domain.md §6).</summary>
public static class Phone
{
    private const string Country = "VN";

    /// <summary>
    /// The number as dialled in Vietnam, figures only ("0912345678", "02153825123"), or null when the text holds none that can exist.
    /// Reads +84 and 84, any separators, words beside it, the letter O for zero, and the 11-figure mobile numbers until 2018.
    /// </summary>
    public static string? Read(string? text)
    {
        var plain = VietnameseText.Plain(text);
        if (plain.Length > Limits.AnswerLength)
        {
            return null;
        }
        var figures = PhoneText.Find(plain) ?? PhoneText.Find(WithZeros(plain));
        return figures is not null && Exists(figures) ? figures : null;
    }

    /// <summary>"0912 345 678", as it is read aloud; empty stays empty.</summary>
    public static string Spaced(string phone) =>
        phone.Length < 7 ? phone : $"{phone[..^6]} {phone[^6..^3]} {phone[^3..]}";

    private static bool Exists(string figures)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            return util.IsValidNumberForRegion(util.Parse(figures, Country), Country);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    // "O912 345 678": only where nothing but figures and such letters is left.
    private static string WithZeros(string plain) =>
        plain.All(letter => char.IsAsciiDigit(letter) || letter is 'o' or 'O' or 'l' or 'I' or ' ' or '.' or '-' or '+' or '(' or ')')
            ? plain.Replace('o', '0').Replace('O', '0').Replace('l', '1').Replace('I', '1')
            : plain;
}
