using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.LookUp;

/// <summary>What a code, words, a number or a pin mean in a look-up.</summary>
public sealed partial class LookUp
{
    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.AskingQuery, Opened opened) => opened.As<Query>() is { } query ? await Begin(query, ct) : null,
        (State.ChoosingMatch, Picked picked) => await Pick(Draft.Matches[picked.Index], ct),
        (State.ChoosingUnit, Picked picked) => Choose(Draft.Units[picked.Index].Words),
        (_, Said said) => await Search(new Query(said.Words), ct),
        (_, SharedPlace place) => await Search(new Query(Place: place.Point), ct),
        _ => null,
    };

    private async Task<Trigger?> Begin(Query query, CancellationToken ct)
    {
        Draft.IsPicking = query.IsPicking;
        return query is { Words: null or "", Place: null } ? null : await Search(query, ct);
    }

    private async Task<Trigger?> Search(Query query, CancellationToken ct)
    {
        if (query.Place is { } shared)
        {
            Begin("", shared);
            return await Around(shared, ct);
        }
        var words = query.Words ?? "";
        var understood = understanding.Read(words);
        switch (understood.Kind)
        {
            case UnderstoodKind.Code:
                Begin(words, null);
                return await ByCode(understood.Code!.Value, ct);
            case UnderstoodKind.Place or UnderstoodKind.PlusCode when understood.Place is { } place:
                Begin("", place);
                return await Around(place, ct);
            case UnderstoodKind.Words:
                return await InWords(words, understood, ct);
            case UnderstoodKind.Nothing or UnderstoodKind.Greeting or UnderstoodKind.Thanks or UnderstoodKind.NationalId:
                return null;
            default:
                return SayWhatItIs(understood);
        }
    }

    private void Begin(string words, GeoPoint? place) => (Draft.Query, Draft.Place, Draft.Read) = (words, place, new Reading());

    /// <summary>No number is looked for, and none is guessed: what it is, is said. A question is then asked again; the answer to an older look-up is not.</summary>
    private Trigger? SayWhatItIs(Understood understood)
    {
        (string Says, (string Hole, string Value)[] Holes) what = understood switch
        {
            { Kind: UnderstoodKind.InvalidCode, Code: { } code } => ("unknown-area", [("read", code.Grouped), ("prefix", code.Area)]),
            { Kind: UnderstoodKind.Phone } => ("no-phones", []),
            { Kind: UnderstoodKind.Vpostcode, Commune: { } commune } => ("vpostcode", [("commune", commune.InLine)]),
            { Kind: UnderstoodKind.Vpostcode } => ("vpostcode-elsewhere", []),
            { Figures: AddressCode.Length } or { Kind: UnderstoodKind.UnknownNumber, Scheme: not null } => ("other-number", []),
            _ => ("not-a-code", [("figures", understood.Figures.ToString(CultureInfo.InvariantCulture))]),
        };
        if (Here is State.AskingQuery or State.AskingMore)
        {
            return Complain(what.Says, what.Holes);
        }
        Begin("", null);
        Draft.Read = new Reading { Says = what.Says, Holes = what.Holes.ToDictionary(hole => hole.Hole, hole => hole.Value) };
        return Trigger.FoundNone;
    }

    private async Task<Trigger?> ByCode(AddressCode code, CancellationToken ct)
    {
        if (await Show(code, ct))
        {
            return Trigger.FoundOne;
        }
        // A slip in a code is another code (domain.md §3): it is read back, with where it belongs.
        var here = units.OfCode(code).Select(units.PresentOf).FirstOrDefault();
        Draft.Read = here is null && units.ProvinceOfPostalCode(code.Area) is { } province && !understanding.IsServedProvince(province)
            ? new(Code: code.Grouped, Elsewhere: province.FullName)
            : new(Code: code.Grouped, Area: here?.InLine ?? "");
        return Trigger.FoundNone;
    }

    private async Task<Trigger?> InWords(string words, Understood understood, CancellationToken ct)
    {
        var address = understood.Address;
        // "Đội 5", said after "xã Mường Báng", is the one there.
        var within = Draft.Within.Length > 0 && address.Communes.Count == 0 && address.Higher is null && address.Verdict != AddressVerdict.OutOfArea ? Draft.Within : "";
        Begin(within.Length > 0 ? $"{words}, {within}" : words, null);
        Draft.Within = within;
        Draft.Read = Said(address);
        if (address.Verdict == AddressVerdict.OutOfArea)
        {
            return Trigger.FoundNone;
        }
        if (address is { Verdict: AddressVerdict.Ambiguous, IsUnitOnly: true })
        {
            // Never across communes by a score (domain.md §5): the person says which.
            Draft.Units = [.. address.Candidates.Take(Limits.Matches).Select(LineOf)];
            return Trigger.UnitUnclear;
        }
        if (address is { Verdict: AddressVerdict.Unit, IsUnitOnly: true })
        {
            return AskMore(NameOf(address));
        }
        var matches = await register.Search(within.Length > 0 ? Draft.Query : understood.Words, Limits.Matches, ct);
        Draft.Matches = [.. matches.Select(match => new Match(match.Address.Code, match.Label))];
        Draft.Read = Draft.Read with { Missing = Missing(matches) };
        return await Among(ct);
    }

    private static string Missing(IReadOnlyList<AddressMatch> matches)
    {
        var missing = matches.Count == 0 ? "" : string.Join(' ', matches[0].Unmatched.Where(word => matches.All(match => match.Unmatched.Contains(word))));
        return missing.Length > Limits.LongestEcho ? "" : missing;
    }

    private Trigger? Choose(string unit)
    {
        Begin(unit, null);
        Draft.Read = Said(understanding.Read(unit).Address);
        return AskMore(unit);
    }

    /// <summary>A commune alone is no address, and has more of them than anybody wants to be shown.</summary>
    private Trigger? AskMore(string unit)
    {
        Draft.Within = unit;
        return Trigger.UnitOnly;
    }

    private Reading Said(AddressReading address) => address switch
    {
        { Verdict: AddressVerdict.OutOfArea } => new(Elsewhere: NameOf(address)),
        { Former: { } former, Present: { } present } when former.Name != present.Name => new(former.FullName, present.InLine, IsGuess: address.IsGuess),
        _ => new(),
    };

    private static string NameOf(AddressReading address) =>
        address.Former is { District: { } district } former && address.Present is null ? $"{former.FullName}, {district}"
        : (address.Former ?? address.Present)?.FullName ?? address.Higher?.FullName ?? address.Candidates.Select(choice => choice.FullName).FirstOrDefault("");

    private async Task<Trigger?> Around(GeoPoint place, CancellationToken ct)
    {
        var near = await register.Nearby(place, Limits.NearbyMetres * 4, Limits.Matches, ct);
        Draft.Matches = [.. near.Select(one => new Match(one.Address.Code, string.Create(CultureInfo.InvariantCulture, $"{one.Address.Label} ({one.Metres:0} m, {one.Direction.In(Turn.Language)})")))];
        if (near.Count == 0 && await communes.Find(place, ct) is { } placed)
        {
            Draft.Read = new(Placed: placed.Commune.InLine, IsGuess: placed.IsGuess);
        }
        return await Among(ct);
    }

    private async Task<Trigger?> Pick(Match match, CancellationToken ct)
    {
        Draft.Read = Draft.Read with { Missing = "" };
        return await Show(match.Code, ct) ? Trigger.MatchPicked : Trigger.FoundNone;
    }

    private async Task<Trigger?> Among(CancellationToken ct) => Draft.Matches.Count switch
    {
        0 => Trigger.FoundNone,
        1 => await Show(Draft.Matches[0].Code, ct) ? Trigger.FoundOne : Trigger.FoundNone,
        _ => Trigger.FoundSeveral,
    };

    private async Task<bool> Show(AddressCode code, CancellationToken ct)
    {
        address = await register.Find(code, ct);
        Draft.Code = address?.Code;
        return address is not null;
    }
}
