using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// A Plus Code (Open Location Code): a small field of the earth by letters, "7PH5R8XV+46"; short, "R8XV+46", only together with a place
/// near it. Pairs of base 20 down to 1/8000 of a degree, then a grid of 4 columns and 5 rows for each further letter.
/// </summary>
public sealed partial record PlusCode
{
    private const string Alphabet = "23456789CFGHJMPQRVWX";
    private const int Separator = 8;
    private const int PairLetters = 10;
    private const int MostLetters = 15;

    private PlusCode(string text) => Text = text;

    /// <summary>In capitals, with its plus: "R8XV+46".</summary>
    public string Text { get; }

    /// <summary>Whether it needs no place beside it.</summary>
    public bool IsFull => Text.IndexOf('+') == Separator;

    /// <summary>The middle of its field; null for a short one.</summary>
    public GeoPoint? Centre => IsFull ? CentreOf(Letters(Text)) : null;

    /// <summary>The field of this code that is nearest to the place.</summary>
    /// <param name="place">For a short code: within about 50 km of what is meant, for the usual four letters before the plus.</param>
    public GeoPoint Near(GeoPoint place)
    {
        if (Centre is { } centre)
        {
            return centre;
        }
        var missing = Separator - Text.IndexOf('+');
        var field = Math.Pow(20, 2 - missing / 2);              // degrees that the missing letters tell apart
        var found = CentreOf(Encoded(place)[..missing] + Letters(Text));
        var latitude = Nearest(found.Latitude, place.Latitude, field);
        var longitude = Nearest(found.Longitude, place.Longitude, field);
        return GeoPoint.AreDegrees(latitude, longitude) ? new(latitude, longitude) : found;
    }

    /// <summary>Finds the one in a text, and what else the text says: "R8XV+46 Tủa Chùa" → the code, "Tủa Chùa".</summary>
    public static PlusCode? Find(string plain, out string rest)
    {
        rest = "";
        if (!plain.Contains('+'))
        {
            return null;
        }
        foreach (Match match in Candidate().Matches(plain))
        {
            var text = string.Concat(match.Value.Where(letter => letter != ' ')).ToUpperInvariant();
            if (IsCode(text))
            {
                rest = $"{plain[..match.Index]} {plain[(match.Index + match.Length)..]}".Trim(' ', ',');
                return new PlusCode(text);
            }
        }
        return null;
    }

    /// <summary>A short code from its letters without plus, four before it and the rest behind, as in a Vpostcode.</summary>
    internal static PlusCode OfLocalLetters(string letters) => new($"{letters[..4]}+{letters[4..]}");

    private static bool IsCode(string text)
    {
        var plus = text.IndexOf('+');
        var head = text[..plus];
        var tail = text[(plus + 1)..];
        var zeros = head.Length - head.TrimEnd('0').Length;
        var isPadded = zeros > 0 && zeros % 2 == 0 && plus == Separator && zeros < Separator && tail.Length == 0;
        var letters = head[..^zeros];
        // Of the first two letters not all stand for degrees that exist.
        var isOnEarth = plus < Separator || (Alphabet.IndexOf(head[0]) < 9 && Alphabet.IndexOf(head[1]) < 18);
        return (zeros == 0 ? tail.Length is >= 2 and <= MostLetters - Separator : isPadded)
            && plus is 4 or 6 or Separator && isOnEarth && letters.All(Alphabet.Contains) && tail.All(Alphabet.Contains);
    }

    private static string Letters(string text) => string.Concat(text.Where(letter => letter is not '+' and not '0'));

    private static GeoPoint CentreOf(string letters)
    {
        var (south, west, height, width) = (-90d, -180d, 400d, 400d);
        for (var at = 0; at < letters.Length; at++)
        {
            var digit = Alphabet.IndexOf(letters[at]);
            if (at >= PairLetters)
            {
                (height, width) = (height / 5, width / 4);
                (south, west) = (south + digit / 4 * height, west + digit % 4 * width);
            }
            else if (at % 2 == 0)
            {
                height /= 20;
                south += digit * height;
            }
            else
            {
                width /= 20;
                west += digit * width;
            }
        }
        return new(Math.Clamp(south + height / 2, -90, 90), Math.Clamp(west + width / 2, -180, 180));
    }

    private static string Encoded(GeoPoint place)
    {
        var (north, east) = (Math.Min(place.Latitude + 90, 179.9999), Math.Min(place.Longitude + 180, 359.9999));
        Span<char> letters = stackalloc char[Separator];
        var size = 20d;
        for (var at = 0; at < Separator; at += 2, size /= 20)
        {
            letters[at] = Alphabet[(int)(north / size) % 20];
            letters[at + 1] = Alphabet[(int)(east / size) % 20];
        }
        return new(letters);
    }

    private static double Nearest(double found, double wanted, double field) =>
        found > wanted + field / 2 ? found - field : found < wanted - field / 2 ? found + field : found;

    [GeneratedRegex(@"(?<![A-Za-z0-9+])[23456789CFGHJMPQRVWX0]{4,8} ?\+ ?[23456789CFGHJMPQRVWX]{0,7}(?![A-Za-z0-9+])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Candidate();
}
