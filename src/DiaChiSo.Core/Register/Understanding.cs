using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register;

/// <summary>Says what a person's text is: a code, a place, a phone, a citizen id, a greeting, words.</summary>
public static partial class Understanding
{
    /// <summary>Words behind this many letters are not read.</summary>
    public const int LongestWords = 500;

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly HashSet<string> Greetings =
    [
        "chao", "xin chao", "chao em", "chao ban", "chao anh", "chao chi", "chao bot", "em chao anh chi", "hello", "hi", "alo", "a lo", "hey", "good morning",
        "chao buoi sang", "chao can bo", "nyob zoo",
    ];

    private static readonly string[] ThanksBegin = ["cam on", "xin cam on", "cam on ban", "thank", "thanks", "ua tsaug"];

    /// <summary>Reads any text of any length. Opens nothing, keeps nothing.</summary>
    public static Understood Read(string? text)
    {
        var plain = VietnameseText.Plain(text is { Length: > 4_000 } ? text[..4_000] : text);
        var words = VietnameseText.Words(plain);
        if (words.Length == 0)
        {
            return new(UnderstoodKind.Nothing);
        }
        if (HoldsNationalId(plain, words))
        {
            return new(UnderstoodKind.NationalId);
        }
        return ReadPlace(plain) ?? ReadCodeOrPhone(plain, words) ?? ReadWords(plain, words);
    }

    /// <summary>A greeting or thanks: no answer to any question, also where any words would do.</summary>
    public static bool IsSmallTalk(string? text) => Read(text).Kind is UnderstoodKind.Greeting or UnderstoodKind.Thanks;

    private static Understood? ReadPlace(string plain) =>
        GeoPoint.TryParse(plain, out var place) ? new(UnderstoodKind.Place) { Place = place } : null;

    private static Understood? ReadCodeOrPhone(string plain, string words)
    {
        var phone = PhoneText.Find(plain);
        var isLabelled = words.StartsWith("ndas", StringComparison.Ordinal) || words.Contains("dia chi so", StringComparison.Ordinal) || words.StartsWith("ma ", StringComparison.Ordinal);
        if (AddressCode.TryRead(plain, out var code) && (phone is null || isLabelled))
        {
            // Of this province every area is known, so an unknown one is a slip; of other provinces nothing is known.
            var isOurs = code.Area.StartsWith("32", StringComparison.Ordinal);
            return isOurs && AdministrativeUnits.Shipped.OfCode(code).Count == 0
                ? new(UnderstoodKind.InvalidCode) { Code = code, Figures = AddressCode.Length }
                : new(UnderstoodKind.Code) { Code = code };
        }
        if (phone is not null && !HasWordsBeside(words))
        {
            return new(UnderstoodKind.Phone) { Phone = phone };
        }
        var figures = plain.Count(char.IsAsciiDigit);
        return phone is null && figures is >= 7 and <= 20 && OnlyFigures().IsMatch(plain)
            ? new(UnderstoodKind.InvalidCode) { Figures = figures }
            : null;
    }

    private static Understood ReadWords(string plain, string words)
    {
        if (Greetings.Contains(words))
        {
            return new(UnderstoodKind.Greeting);
        }
        if (words.Length <= 40 && ThanksBegin.Any(thanks => words == thanks || words.StartsWith(thanks + " ", StringComparison.Ordinal)))
        {
            return new(UnderstoodKind.Thanks);
        }
        var kept = PhoneText.Without(plain);
        return new(UnderstoodKind.Words) { Words = kept.Length > LongestWords ? kept[..LongestWords] : kept };
    }

    /// <summary>Twelve figures that begin with a province (001–096), or nine to twelve behind a word like CCCD or CMND.</summary>
    private static bool HoldsNationalId(string plain, string words) =>
        TwelveFigures().IsMatch(plain)
        || (NationalIdWord().IsMatch(words) && plain.Count(char.IsAsciiDigit) is >= 9 and <= 12);

    private static bool HasWordsBeside(string words) =>
        words.Split(' ').Count(word => word.Any(char.IsLetter) && word is not ("sdt" or "dt" or "so" or "dien" or "thoai" or "tel" or "phone" or "zalo" or "la" or "em" or "toi" or "cua" or "a" or "nhe" or "alo" or "goi")) > 0;

    [GeneratedRegex(@"(?<!\d)0(\d[ .-]?){2}(\d[ .-]?){8}\d(?![\d])", Plain)]
    private static partial Regex TwelveFigures();

    [GeneratedRegex(@"\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh ca nhan)\b", Plain)]
    private static partial Regex NationalIdWord();

    [GeneratedRegex(@"^[\d .,_/-]+$", Plain)]
    private static partial Regex OnlyFigures();
}
