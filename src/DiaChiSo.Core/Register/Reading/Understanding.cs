using System.Text.RegularExpressions;
using DiaChiSo.Core.Register.Units;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// Says what a person's text is, in any state of any dialog: a code in any spelling, another scheme's code, a place, a phone, a citizen id,
/// an address in words, a greeting. One for the process; does not change once made.
/// </summary>
public sealed partial class Understanding
{
    /// <summary>Words behind this many letters are not read.</summary>
    public const int LongestWords = 500;

    private const int LongestText = 4_000;
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Lazy<Understanding> OfShipped = new(() => new(AdministrativeUnits.Shipped, new Schemes(), new ServedArea()));

    private readonly AdministrativeUnits units;
    private readonly Schemes schemes;
    private readonly UnitPlaces places;
    private readonly AddressReader reader;
    private readonly HashSet<string> knownPrefixes;

    /// <param name="units">The table of units.</param>
    /// <param name="schemes">The families of numbers.</param>
    /// <param name="served">The communes served.</param>
    /// <param name="boundaries">Where each commune lies; none: places are put into the commune with the nearest middle, as a guess.</param>
    public Understanding(AdministrativeUnits units, Schemes schemes, ServedArea served, Boundaries? boundaries = null)
    {
        this.units = units;
        this.schemes = schemes;
        places = new(units, served, boundaries ?? Boundaries.None);
        reader = new(units, KnownVillage.Shipped, served);
        // Of a province whose codes of today are in the table every area is known; of others only the list of 2018 is, and new codes may be right.
        knownPrefixes = [.. units.Present.Where(unit => unit.PostalCode is not null).Select(unit => unit.PostalCode![..2])];
    }

    /// <summary>With the shipped units and schemes, for the five communes that are served unless set.</summary>
    public static Understanding Shipped => OfShipped.Value;

    /// <summary>The table of units that texts are read with.</summary>
    public AdministrativeUnits Units => units;

    /// <summary>Where communes lie.</summary>
    public UnitPlaces Places => places;

    /// <summary>Whether it is one of the provinces (of either list) in which the served communes lie.</summary>
    public bool IsServedProvince(HigherUnit province) => reader.IsServed(province);

    /// <summary>Reads any text of any length. Opens nothing, keeps nothing, never throws.</summary>
    public Understood Read(string? text)
    {
        var plain = PlainOf(text);
        var words = VietnameseText.Words(plain);
        if (words.Length == 0)
        {
            return new(UnderstoodKind.Nothing);
        }
        if (NationalId.IsIn(plain, words))
        {
            return new(UnderstoodKind.NationalId);
        }
        return ReadPlusCode(plain) ?? ReadPlace(plain) ?? ReadNumber(plain, words) ?? ReadWords(plain, words);
    }

    /// <summary>
    /// The communes that these words name, by today's or former names and other spellings. All that fit come back: a name of both lists
    /// gives both, and choosing is for the person; a former one that was divided comes as those of today that it went into. Empty when no
    /// commune is named.
    /// </summary>
    public IReadOnlyList<AdministrativeUnit> FindCommunes(string? text) =>
        [.. reader.Read(PlainOf(text)).Communes.SelectMany(unit => unit.Successors.Count > 1 ? units.PresentsOf(unit) : [unit]).Distinct()];

    /// <summary>A greeting or thanks: no answer to any question, also where any words would do.</summary>
    public static bool IsSmallTalk(string? text) =>
        VietnameseText.Words(text is { Length: > 100 } ? "" : text) is { Length: > 0 } words && (SmallTalk.IsGreeting(words) || SmallTalk.IsThanks(words));

    /// <summary>Whether the text holds a citizen id, which is never stored, echoed or logged.</summary>
    public static bool HoldsNationalId(string? text)
    {
        var plain = PlainOf(text);
        return NationalId.IsIn(plain, VietnameseText.Words(plain));
    }

    // Lines of an address are its parts.
    private static string PlainOf(string? text) => VietnameseText.Plain((text is { Length: > LongestText } ? text[..LongestText] : text)?.ReplaceLineEndings(", "));

    private Understood? ReadPlace(string plain)
    {
        if (!GeoPoint.TryParse(plain, out var place))
        {
            return null;
        }
        var placed = places.At(place);
        return new(UnderstoodKind.Place) { Place = place, Commune = placed?.Commune, IsGuess = placed?.IsGuess ?? false };
    }

    private Understood? ReadPlusCode(string plain)
    {
        var isLink = plain.Contains("://", StringComparison.Ordinal);
        if (PlusCode.Find(isLink ? plain.Replace("%2B", "+", StringComparison.OrdinalIgnoreCase) : plain, out var rest) is not { } code
            || schemes.NameOf(SchemeKind.PlusCode, code.Text) is not { } scheme || (isLink && GeoPoint.TryParse(plain, out _)))
        {
            return null;
        }
        var named = isLink ? AddressReading.Nothing : reader.Read(rest);
        var near = code.IsFull ? null : places.MiddleOf(named);
        var place = code.Centre ?? ((near ?? places.MiddleOfServed) is { } middle ? code.Near(middle) : null);
        var placed = place is { } known ? places.At(known) : null;
        return new(UnderstoodKind.PlusCode)
        {
            Scheme = scheme,
            Place = place,
            Address = named,
            Commune = placed?.Commune,
            IsPlaceGuess = !code.IsFull && near is null,
            IsGuess = placed?.IsGuess ?? false,
        };
    }

    private Understood? ReadNumber(string plain, string words)
    {
        var figures = plain.Count(char.IsAsciiDigit);
        if (figures < 5)
        {
            return null;
        }
        if (ReadVpostcode(plain) is { } vpostcode)
        {
            return vpostcode;
        }
        var saysCode = schemes.SaysCode(words);
        if (!saysCode && schemes.Labelled(words, string.Concat(plain.Where(char.IsAsciiDigit))) is (var name, SchemeKind.Other))
        {
            return new(UnderstoodKind.UnknownNumber) { Scheme = name, Figures = figures };
        }
        var phone = PhoneText.Find(plain);
        if (AddressCode.TryRead(plain, out var code) && (phone is null || saysCode) && schemes.NameOf(SchemeKind.Code, code.ToString()) is { } scheme)
        {
            var isUnknownArea = knownPrefixes.Contains(code.Area[..2]) && units.OfCode(code).Count == 0;
            var isForeign = plain.Contains("://", StringComparison.Ordinal) && !schemes.IsOurs(plain[Math.Max(0, plain.IndexOf("http", StringComparison.OrdinalIgnoreCase))..]);
            return new(isUnknownArea ? UnderstoodKind.InvalidCode : UnderstoodKind.Code) { Scheme = scheme, Code = code, Figures = AddressCode.Length, IsForeignLink = isForeign };
        }
        if (phone is not null)
        {
            return HasWordsBeside(words) ? null : new(UnderstoodKind.Phone) { Phone = phone };
        }
        return ReadOtherFigures(plain, words, figures, saysCode);
    }

    /// <summary>Too many or too few figures: a slip in a code where they begin like one or are called one, else a number that means nothing here.</summary>
    private Understood? ReadOtherFigures(string plain, string words, int figures, bool saysCode)
    {
        if (figures < 7 || (!OnlyFigures().IsMatch(plain) && !(saysCode && !HasWordsBeside(words))))
        {
            return null;
        }
        var area = string.Concat(plain.Where(char.IsAsciiDigit).Take(AddressCode.AreaLength));
        var isMeant = figures <= 13 && (saysCode || units.OfPostalCode(area).Count > 0);
        return new(isMeant ? UnderstoodKind.InvalidCode : UnderstoodKind.UnknownNumber) { Scheme = isMeant ? schemes.NameOf(SchemeKind.Code) : null, Figures = figures };
    }

    private Understood? ReadVpostcode(string plain)
    {
        foreach (Match match in TwelveSigns().Matches(plain))
        {
            var compact = string.Concat(match.Value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
            if (compact.AsSpan(AddressCode.AreaLength).ContainsAnyInRange('A', 'Z') && schemes.NameOf(SchemeKind.Vpostcode, compact) is { } scheme)
            {
                var postal = units.OfPostalCode(compact[..AddressCode.AreaLength]);
                var commune = postal.Select(units.PresentOf).FirstOrDefault();
                return new(UnderstoodKind.Vpostcode) { Scheme = scheme, Commune = commune, Place = places.OfVpostcode(compact[AddressCode.AreaLength..], commune) };
            }
        }
        return null;
    }

    private Understood ReadWords(string plain, string words)
    {
        if (SmallTalk.IsGreeting(words))
        {
            return new(UnderstoodKind.Greeting);
        }
        if (SmallTalk.IsThanks(words))
        {
            return new(UnderstoodKind.Thanks);
        }
        var kept = PhoneText.Without(plain);
        kept = kept.Length > LongestWords ? kept[..LongestWords] : kept;
        return new(UnderstoodKind.Words) { Words = kept, Address = reader.Read(kept), Intent = SmallTalk.IntentOf(words) };
    }

    private static bool HasWordsBeside(string words) =>
        words.Split(' ').Any(word => word.Any(char.IsLetter) && !BesideFigures.Contains(word));

    private static readonly HashSet<string> BesideFigures =
    [
        "sdt", "dt", "so", "dien", "thoai", "tel", "phone", "zalo", "la", "em", "toi", "cua", "a", "nhe", "alo", "goi",
        "ma", "dia", "chi", "nha", "ndas", "minh", "day", "ah", "oi",
    ];

    [GeneratedRegex(@"^[\d .,_/-]+$", Plain)]
    private static partial Regex OnlyFigures();

    // Five figures, then seven of the letters of a Plus Code, with joints between the two halves or where the plus would stand.
    [GeneratedRegex(@"(?<![A-Za-z0-9])\d{5}[ .-]?[2-9CFGHJMPQRVWX]{4}[ +.-]?[2-9CFGHJMPQRVWX]{3}(?![A-Za-z0-9])", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex TwelveSigns();
}
