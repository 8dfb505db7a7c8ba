using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.LookUp;

/// <summary>What the pages of a look-up show.</summary>
public sealed partial class LookUp
{
    private PublicAddress? address;

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ChoosingMatch => Draft.Matches.Select(match => match.Line),
        State.ChoosingUnit => Draft.Units.Select(unit => unit.Line),
        _ => [],
    };

    /// <summary>"xã Tủa Chùa (nay)", "thị trấn Tủa Chùa cũ, nay là xã Tủa Chùa", "huyện Tủa Chùa cũ".</summary>
    private UnitLine LineOf(UnitChoice choice) => choice switch
    {
        { Commune: { IsFormer: true } former } => new(
            Say("former-unit", ("unit", former.FullName), ("now", string.Join(" / ", units.PresentsOf(former).Select(present => present.InLine)))), $"{former.FullName}, {former.District}"),
        { Commune: { } present } => new(Say("present-unit", ("unit", present.FullName)), present.FullName),
        { Higher: { IsProvince: true } province } => new(province.FullName, province.FullName),
        _ => new(Say("former-district", ("unit", choice.FullName)), choice.FullName),
    };

    // "Xã Tủa Chùa", in the middle of a sentence.
    private static string InLine(string unit) => unit.Length == 0 ? "" : char.ToLowerInvariant(unit[0]) + unit[1..];

    private string Say(string key, params IReadOnlyList<(string Hole, string Value)> holes) => texts.Phrase(nameof(LookUp), Turn.Language, "choosing-unit", key, holes);

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here is State.ShowingAddress or State.ShowingCard && Draft.Code is { } code)
        {
            address = await register.Find(code, ct);
        }
    }

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>(address?.CardHoles(Turn.Language) ?? [])
    {
        // A code is read back in its own line, and a place elsewhere in its own.
        ["query"] = Draft.Read is { Code: "", Elsewhere: "", Says: "" } ? Draft.Query : "",
        ["around"] = Draft.Query.Length == 0 && Draft.Place is { } place ? AddressCardWords.InWords(place) : "",
        ["read"] = Draft.Read.Elsewhere.Length == 0 ? Draft.Read.Code : "",
        ["area"] = Draft.Read.Area,
        ["far-code"] = Draft.Read.Elsewhere.Length > 0 ? Draft.Read.Code : "",
        ["elsewhere"] = Draft.Read.Elsewhere,
        ["far-place"] = Draft.Read.Code.Length == 0 ? Draft.Read.Elsewhere : "",
        ["old"] = Draft.Read.Former,
        ["now"] = Draft.Read.Present,
        ["placed"] = Draft.Read.IsGuess ? "" : Draft.Read.Placed,
        ["perhaps"] = Draft.Read.IsGuess ? Draft.Read.Placed : "",
        ["missing"] = Draft.Read.Missing,
        ["meant"] = Draft.Read.Former.Length == 0 ? InLine(Draft.Within) : "",
        ["meant-old"] = InLine(Draft.Read.Former),
        ["says"] = Draft.Read is { Says: { Length: > 0 } says, Holes: var holes } ? texts.Phrase(nameof(LookUp), Turn.Language, "asking-query", says, [.. holes.Select(hole => (hole.Key, hole.Value))]) : "",
    };

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(("ours", !IsNothingOfOurs));
}
