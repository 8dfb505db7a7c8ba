using System.Globalization;
using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Bot.Commands;

/// <summary>What an input is taken for, in plain words for people who run the bot.</summary>
internal static class LookupWords
{
    public static string Of(string kind, Understood understood, IReadOnlyList<LookupMatch> matches, AdministrativeUnits units)
    {
        var said = new StringBuilder($"{kind}: {Meaning(understood, units)}");
        foreach (var (label, value) in new[] { ("house", understood.Address.House), ("street", understood.Address.Street), ("village", understood.Address.Village), ("landmark", understood.Address.Landmark) })
        {
            said.Append(value is null ? "" : $"\n  {label}: {value}");
        }
        foreach (var choice in understood.Address.Candidates)
        {
            said.Append(CultureInfo.InvariantCulture, $"\n  may be {Of(choice, units)}");
        }
        foreach (var match in matches)
        {
            var how = match.Metres is { } metres ? string.Create(CultureInfo.InvariantCulture, $" ({metres:0} m)") : match.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $" (score {score:0.##})") : "";
            said.Append(CultureInfo.InvariantCulture, $"\n  found {match.Code} {match.Line}{how}");
        }
        return said.Append(matches.Count == 0 && WantsMatches(understood) ? "\n  nothing found in the register" : "").ToString();
    }

    /// <summary>"old xã Sam Mứn 03355 -> new xã Thanh An 03352", "new xã Sam Mứn 03356", "old huyện Điện Biên 100", "thôn Háng Khúa, Sín Chải".</summary>
    public static string Of(UnitChoice choice, AdministrativeUnits units) => choice switch
    {
        { Village: { } village, Commune: { } commune } => $"{char.ToLowerInvariant(village.Kind[0])}{village.Kind[1..]} {(village.Name.StartsWith(village.Kind, StringComparison.Ordinal) ? village.Name[(village.Kind.Length + 1)..] : village.Name)}, {commune.Name}",
        { Commune: { IsFormer: true } former } => $"old {former.InLine} {former.Key.Code} -> {string.Join(" or ", units.PresentsOf(former).Select(present => $"new {present.InLine} {present.Key.Code}"))}",
        { Commune: { } present } => $"new {present.InLine} {present.Key.Code}",
        { Higher: { IsProvince: true } province } => province.InLine,
        _ => $"old {choice.Higher!.InLine} {choice.Higher.Key.Code}",
    };

    private static bool WantsMatches(Understood understood) =>
        understood.Kind is UnderstoodKind.Code or UnderstoodKind.Place || (understood.Kind == UnderstoodKind.Words && understood.Address.Verdict is not AddressVerdict.None and not AddressVerdict.OutOfArea);

    private static string Meaning(Understood understood, AdministrativeUnits units) => understood.Kind switch
    {
        UnderstoodKind.Nothing => "there is nothing to read",
        UnderstoodKind.Code => $"{understood.Code!.Value.Grouped}, area {LookupAnswer.AreaOf(understood.Code.Value, units) ?? ElsewhereOf(understood.Code.Value, units)}{(understood.IsForeignLink ? ", from a link that is not ours (Schemes:LinkBases)" : "")}",
        UnderstoodKind.InvalidCode when understood.Code is { } code => $"{code.Grouped} has ten figures, but {code.Area} is no commune's postal code in either list",
        UnderstoodKind.InvalidCode => $"a code has 10 figures, these are {understood.Figures}",
        UnderstoodKind.Vpostcode => $"a Vpostcode{In(understood)}; not a code of this register",
        UnderstoodKind.PlusCode => $"a Plus Code, {understood.Place}{In(understood)}",
        UnderstoodKind.Place => $"{understood.Place}{In(understood)}",
        UnderstoodKind.Phone => "a phone number; addresses are not found by it",
        UnderstoodKind.NationalId => "a citizen id; nothing of it is kept",
        UnderstoodKind.UnknownNumber => $"{understood.Figures} figures that fit no scheme{(understood.Scheme is { } scheme ? $" that is looked up ({scheme})" : "")}",
        UnderstoodKind.Greeting => "a greeting",
        UnderstoodKind.Thanks => "thanks",
        _ => Named(understood.Address, units),
    };

    private static string Named(AddressReading address, AdministrativeUnits units) => address switch
    {
        { Former: { } former, Present: { } present } => $"{former.FullName} {former.Key.Code} until 2025, now {present.FullName} {present.Key.Code}{Guess(address)}",
        { Former: { } former } => $"{former.FullName} {former.Key.Code}, which was divided in 2025",
        { Present: { } present } => $"{present.FullName} {present.Key.Code}, {present.ProvinceInLine}{Guess(address)}",
        { Higher: { } higher } => $"{higher.FullName} {higher.Key.Code}",
        { Verdict: AddressVerdict.Ambiguous } => "several units fit, the person is asked",
        { Verdict: AddressVerdict.OutOfArea } => $"{string.Join(", ", address.Candidates.Select(choice => Of(choice, units)).Take(1))} outside the province served",
        { Verdict: AddressVerdict.Address } => "parts of an address, and no unit that is in the table",
        _ => "no place is named",
    };

    private static string Guess(AddressReading address) => address.IsGuess ? " (a guess: by a likeness, or with a name that does not fit)" : "";

    private static string In(Understood understood) => understood.Commune is { } commune ? $" in {commune.FullName} {commune.Key.Code}{(understood.IsGuess ? " (a guess)" : "")}" : "";

    private static string ElsewhereOf(AddressCode code, AdministrativeUnits units) => units.ProvinceOfPostalCode(code.Area) is { } province ? $"of {province.FullName}" : "not known";
}
