using System.Globalization;
using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// Reads a position from what people type and paste. Everything is read from the text itself: a link is never opened
/// (it could be anybody's, and opening it would tell them who asks).
/// </summary>
internal static partial class PlaceText
{
    private const int LongestText = 2_000;
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Number = @"[+-]?\d{1,3}([.,]\d{1,15})?";
    private const string Fraction = @"[+-]?\d{1,3}[.,]\d{2,15}";

    public static bool TryRead(string? text, out GeoPoint place)
    {
        place = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return false;
        }
        var plain = VietnameseText.Plain(text);
        return LooksLikeLink(plain)
            ? TryReadLink(plain, out place)
            : TryReadDegreesMinutesSeconds(plain, out place) || TryReadDecimals(plain, out place);
    }

    private static bool LooksLikeLink(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.StartsWith("geo:", StringComparison.OrdinalIgnoreCase)
        || LinkWithoutScheme().IsMatch(text);

    private static bool TryReadLink(string text, out GeoPoint place)
    {
        var link = Unescaped(text);
        // The pin of a shared place first (!3d!4d, q=): "@…" is only the middle of the screen that the sender looked at.
        return TryPair(link, PinInLink(), out place)
            || TryPair(link, QueryInLink(), out place)
            || TryPair(link, MarkerInLink(), out place)
            || TryPair(link, GeoLink(), out place)
            || TryPair(link, AtInLink(), out place)
            || TryPair(link, PathInLink(), out place);
    }

    private static bool TryReadDecimals(string text, out GeoPoint place) =>
        TryPair(text, Decimals(), out place);

    private static bool TryPair(string text, Regex pattern, out GeoPoint place)
    {
        place = default;
        var match = pattern.Match(text);
        if (!match.Success)
        {
            return false;
        }
        var first = Degrees(match.Groups["a"].Value);
        var second = Degrees(match.Groups["b"].Value);
        if (Math.Abs(first) > 90 && Math.Abs(second) <= 90)
        {
            (first, second) = (second, first);              // longitude first, as some tools write it: 103 is no latitude
        }
        var sign = Sign(match.Groups["x"].Value, match.Groups["y"].Value);
        return TryPlace(first * sign.North, second * sign.East, out place);
    }

    private static bool TryReadDegreesMinutesSeconds(string text, out GeoPoint place)
    {
        place = default;
        var match = LetterThenDegrees().Match(text) is { Success: true } before ? before : DegreesThenLetter().Match(text);
        if (!match.Success || !TrySum(match, "a", out var first) || !TrySum(match, "b", out var second))
        {
            return false;
        }
        var (north, east) = (match.Groups["x"].Value, match.Groups["y"].Value);
        if (first > 90 && second <= 90)
        {
            (first, second, north, east) = (second, first, east, north);
        }
        var sign = Sign(north, east);
        return TryPlace(first * sign.North, second * sign.East, out place);
    }

    private static bool TrySum(Match match, string name, out double degrees)
    {
        var minutes = Part("m");
        var seconds = Part("s");
        degrees = Part("d") + minutes / 60 + seconds / 3600;
        return minutes < 60 && seconds < 60;

        double Part(string part) => match.Groups[name + part] is { Success: true } group ? Degrees(group.Value) : 0;
    }

    /// <summary>B/N north, N south in Vietnamese (Nam): "N" beside a Vietnamese east or west is Nam, beside E, W or nothing it is North.</summary>
    private static (int North, int East) Sign(string north, string east)
    {
        var east1 = east.ToUpperInvariant();
        var vietnamese = east1 is "Đ" or "D" or "T";
        var south = north.ToUpperInvariant() switch { "S" => true, "N" => vietnamese, _ => false };
        return (south ? -1 : 1, east1 is "T" or "W" ? -1 : 1);
    }

    private static bool TryPlace(double latitude, double longitude, out GeoPoint place)
    {
        var fits = GeoPoint.AreDegrees(latitude, longitude);
        place = fits ? new GeoPoint(latitude, longitude) : default;
        return fits;
    }

    private static double Degrees(string number) =>
        double.Parse(number.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Unescaped(string link)
    {
        try
        {
            return Uri.UnescapeDataString(link).Replace('+', ' ');
        }
        catch (UriFormatException)
        {
            return link;
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)+/", Plain)]
    private static partial Regex LinkWithoutScheme();

    [GeneratedRegex($@"!3d(?<a>{Number})!4d(?<b>{Number})", Plain | RegexOptions.RightToLeft)]
    private static partial Regex PinInLink();

    [GeneratedRegex($@"[?&](q|query|ll|sll|destination|daddr|center|cp|pos|markers)=(loc:)?\s*(?<a>{Fraction})\s*[,~ ]\s*(?<b>{Fraction})", Plain)]
    private static partial Regex QueryInLink();

    [GeneratedRegex($@"[?&]m?lat=(?<a>{Number})&m?(lon|lng)=(?<b>{Number})", Plain)]
    private static partial Regex MarkerInLink();

    [GeneratedRegex($@"^geo:(?<a>{Number}),(?<b>{Number})", Plain)]
    private static partial Regex GeoLink();

    [GeneratedRegex($@"@(?<a>{Number}),(?<b>{Number})(,|$|\W)", Plain)]
    private static partial Regex AtInLink();

    [GeneratedRegex($@"/(?<a>{Fraction})[,/]\s*(?<b>{Fraction})(/|$|\W)", Plain)]
    private static partial Regex PathInLink();

    // A few words before ("toạ độ:", "vị trí nhà em") and after are let through; figures beside the pair are not.
    [GeneratedRegex($@"^[^\d+-]{{0,40}}?(?<a>{Fraction})\s*°?\s*(?<x>[NSB])?\s*[,;|/\s]\s*((lng|long|lon|kinh độ)\W{{0,3}})?(?<b>{Fraction})\s*°?\s*(?<y>[EWĐDTO])?[^\d]{{0,40}}$", Plain)]
    private static partial Regex Decimals();

    private const string Degree = @"(\s*°\s*|\s*độ\s*)";
    private const string Minute = @"(\s*['′]\s*|\s*phút\s*)";
    private const string Second = @"(\s*([""″]|''|′′)\s*|\s*giây\s*)";
    private const string Small = @"\d{1,2}([.,]\d{1,9})?";

    private const string FirstSum = $@"(?<ad>\d{{1,3}}([.,]\d+)?){Degree}((?<am>{Small}){Minute})?((?<as>{Small}){Second})?";
    private const string SecondSum = $@"(?<bd>\d{{1,3}}([.,]\d+)?){Degree}((?<bm>{Small}){Minute})?((?<bs>{Small}){Second})?";

    [GeneratedRegex($@"^[^\d+-]{{0,40}}?{FirstSum}(?<x>[NSBEWĐDT])?[\s,;/-]*{SecondSum}(?<y>[NSBEWĐDT])?\W{{0,10}}$", Plain)]
    private static partial Regex DegreesThenLetter();

    [GeneratedRegex($@"^([^\d+-]{{0,40}}\W)?(?<x>[NSBEWĐDT])\s*{FirstSum}[\s,;/-]*(?<y>[NSBEWĐDT])\s*{SecondSum}\W{{0,10}}$", Plain)]
    private static partial Regex LetterThenDegrees();
}
