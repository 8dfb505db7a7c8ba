using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// Whether a text holds a citizen id. Only yes or no: the figures are never stored, repeated or logged (domain.md §3), so nothing here
/// gives them out.
/// </summary>
internal static partial class NationalId
{
    private const int Length = 12;

    /// <param name="plain">Plain text.</param>
    /// <param name="words">The same, folded (<see cref="VietnameseText.Words(string?)"/>).</param>
    public static bool IsIn(string plain, string words) =>
        HasTwelveFigures(plain) || (Label().IsMatch(words) && plain.Count(char.IsAsciiDigit) is >= 9 and <= Length);

    /// <summary>Twelve figures, whole or in groups, that can be an id: a province (001–096), then the century (0–3), then the year and six figures.</summary>
    private static bool HasTwelveFigures(string plain)
    {
        for (var at = 0; at < plain.Length; at++)
        {
            if (IsZero(plain[at]) && (at == 0 || !char.IsLetterOrDigit(plain[at - 1])) && IsIdAt(plain, at))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsIdAt(string plain, int at)
    {
        Span<char> figures = stackalloc char[Length];
        var (count, joints) = (0, 0);
        for (; at < plain.Length && count < Length; at++)
        {
            var figure = FigureOf(plain[at]);
            if (figure != '\0')
            {
                figures[count++] = figure;
                joints = 0;
            }
            else if (plain[at] is not (' ' or '.' or '-' or '_' or '·' or '\'') || ++joints > 3)
            {
                return false;
            }
        }
        return count == Length && (at == plain.Length || !char.IsAsciiDigit(plain[at]))
            && int.Parse(figures[..3]) is >= 1 and <= 96 && figures[3] <= '3';
    }

    private static bool IsZero(char letter) => FigureOf(letter) == '0';

    private static char FigureOf(char letter) => letter switch { >= '0' and <= '9' => letter, 'O' or 'o' => '0', 'l' or 'I' or '|' => '1', _ => '\0' };

    [GeneratedRegex(@"\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh ca nhan)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
