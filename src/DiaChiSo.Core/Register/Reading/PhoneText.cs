using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>Vietnamese phone numbers in a text (domain.md §6). A number is not an identity: a family may share one.</summary>
internal static partial class PhoneText
{
    private static readonly Dictionary<string, string> OldPrefixes = new()
    {
        // The eleven-figure numbers until 2018, as operators renumbered them.
        ["0162"] = "032",
        ["0163"] = "033",
        ["0164"] = "034",
        ["0165"] = "035",
        ["0166"] = "036",
        ["0167"] = "037",
        ["0168"] = "038",
        ["0169"] = "039",
        ["0120"] = "070",
        ["0121"] = "079",
        ["0122"] = "077",
        ["0126"] = "076",
        ["0128"] = "078",
        ["0123"] = "083",
        ["0124"] = "084",
        ["0125"] = "085",
        ["0127"] = "081",
        ["0129"] = "082",
        ["0186"] = "056",
        ["0188"] = "058",
        ["0199"] = "059",
    };

    /// <summary>The first number of the text as dialled in Vietnam, figures only; null when there is none.</summary>
    public static string? Find(string plain)
    {
        foreach (Match match in Candidate().Matches(plain))
        {
            var figures = string.Concat(match.Value.Where(char.IsAsciiDigit));
            if (Normalised(figures) is { } phone)
            {
                return phone;
            }
        }
        return null;
    }

    /// <summary>The text with its phone numbers taken out.</summary>
    public static string Without(string plain) =>
        VietnameseText.Plain(Candidate().Replace(plain, match =>
            Normalised(string.Concat(match.Value.Where(char.IsAsciiDigit))) is null ? match.Value : " "));

    private static string? Normalised(string figures)
    {
        var dialled = figures.StartsWith("84", StringComparison.Ordinal) && figures.Length > 10 ? "0" + figures[2..] : figures;
        if (dialled.Length == 11 && OldPrefixes.TryGetValue(dialled[..4], out var prefix))
        {
            dialled = prefix + dialled[4..];
        }
        return Mobile().IsMatch(dialled) || Landline().IsMatch(dialled) ? dialled : null;
    }

    [GeneratedRegex(@"(?<![\d/])(\+?84|0)([ .()-]{0,2}\d){8,10}(?![\d/])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^02\d{9}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Landline();
}
