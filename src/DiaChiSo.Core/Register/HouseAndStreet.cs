using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register;

/// <summary>A house number and a street, typed together: "15 đường Thắng Lợi", "sn 15", "đường 20/7, số 5", "12/34/5A".</summary>
public static partial class HouseAndStreet
{
    /// <summary>Both null where the text holds no letter and no figure. What is no house number is taken for the street, as typed.</summary>
    public static (string? House, string? Street) Read(string? text)
    {
        var plain = VietnameseText.Plain(text).Trim(',', '.', ';', '-', ' ');
        if (!plain.Any(char.IsLetterOrDigit))
        {
            return (null, null);
        }
        if (HouseFirst().Match(plain) is { Success: true } first)
        {
            return (first.Groups["house"].Value.ToUpperInvariant(), NullIfEmpty(first.Groups["street"].Value));
        }
        if (HouseLast().Match(plain) is { Success: true } last)
        {
            return (last.Groups["house"].Value.ToUpperInvariant(), NullIfEmpty(last.Groups["street"].Value));
        }
        return (null, plain);
    }

    private static string? NullIfEmpty(string street) => street.Trim(',', '.', ';', '-', ' ') is { Length: > 0 } left ? left : null;

    private const string Number = @"[A-Za-z]{0,2}\d{1,5}[A-Za-z]?([/-]\d{1,5}[A-Za-z]?)*";

    // "K448 H20/2" is one number of two parts; a word of kind ("đường 20/7") in front is no house.
    [GeneratedRegex($@"^((số\s+nhà|so\s+nha|nhà\s+số|nha\s+so|số|so|sn|nhà|nha)\s*[.:]?\s*)?(?<house>{Number}(\s+[A-Za-z]\d{{1,4}}(/\d{{1,4}})*)*)(?<street>$|[\s,;].*$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex HouseFirst();

    [GeneratedRegex($@"^(?<street>.+?)[\s,;]+(số\s+nhà|so\s+nha|nhà\s+số|nha\s+so|số|so|sn)\s*[.:]?\s*(?<house>{Number})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex HouseLast();
}
