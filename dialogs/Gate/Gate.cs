using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Gate;

/// <summary>Vị trí cổng: the position, taken exactly at the gate or main door (the plan, mục II). Other dialogs call it.</summary>
[Dialog]
public sealed class Gate(IAddressRegister register, Understanding understanding, AdministrativeUnits units) : Dialog<Gate.State, Gate.Trigger, Gate.Notes>
{
    public enum State { AskingPlace, ExplainingCoordinates, AskingBetterFix, AskingWhetherSoFar, AskingWhetherHere, Taken }

    public enum Trigger { FixIsGood, FixIsRough, FixIsFar, UseRoughFix, CannotShare, KeepKnown, Right, TakeAgain }

    public sealed class Notes
    {
        public GateNeed Need { get; set; } = new(null, null);
        public GateFix? Fix { get; set; }

        /// <summary>Of the live position that is being shared; none where the fix is a single pin.</summary>
        public List<PositionFix> Fixes { get; set; } = [];

        /// <summary>How many fixes the place shown is the mean of; 1: one alone.</summary>
        public int Together { get; set; } = 1;

        public bool WasAskedAgain { get; set; }

        /// <summary>Why the place was asked about: metres to the middle of the commune; or null.</summary>
        public double? MetresFromCentre { get; set; }

        /// <summary>Why the place was asked about: the commune of the addresses around it; or empty.</summary>
        public string AmongCommune { get; set; } = "";

        public bool IsFar => MetresFromCentre is not null || AmongCommune.Length > 0;
    }

    /// <summary>Fewer say nothing that one of them does not.</summary>
    private const int FixesForAMean = 4;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingPlace)
            .Permit(Trigger.FixIsGood, State.AskingWhetherHere)
            .Permit(Trigger.FixIsRough, State.AskingBetterFix)
            .Permit(Trigger.FixIsFar, State.AskingWhetherSoFar)
            .Permit(Trigger.CannotShare, State.ExplainingCoordinates)
            .PermitIf(Trigger.KeepKnown, State.Taken, () => Draft.Need.Known is not null)
            // The wrong place: its fixes say nothing about the right one.
            .OnEntryFrom(Trigger.TakeAgain, () => Draft.Fixes = []);
        map.Configure(State.ExplainingCoordinates)
            .Permit(Trigger.FixIsGood, State.AskingWhetherHere)
            .Permit(Trigger.FixIsRough, State.AskingBetterFix)
            .Permit(Trigger.FixIsFar, State.AskingWhetherSoFar);
        // A rough fix is asked again once; under a roof or in a valley the phone may never do better, so there is a way out.
        map.Configure(State.AskingBetterFix)
            .Permit(Trigger.FixIsGood, State.AskingWhetherHere)
            .Permit(Trigger.FixIsFar, State.AskingWhetherSoFar)
            .PermitIf(Trigger.UseRoughFix, State.AskingWhetherHere, () => !Draft.IsFar)
            .PermitIf(Trigger.UseRoughFix, State.AskingWhetherSoFar, () => Draft.IsFar);
        map.Configure(State.AskingWhetherSoFar)
            .PermitReentry(Trigger.FixIsFar)
            .Permit(Trigger.FixIsGood, State.AskingWhetherHere)
            .Permit(Trigger.FixIsRough, State.AskingBetterFix)
            .Permit(Trigger.Right, State.Taken)
            .Permit(Trigger.TakeAgain, State.AskingPlace);
        map.Configure(State.AskingWhetherHere)
            .PermitReentry(Trigger.FixIsGood)
            .Permit(Trigger.FixIsFar, State.AskingWhetherSoFar)
            .Permit(Trigger.FixIsRough, State.AskingBetterFix)
            .Permit(Trigger.Right, State.Taken)
            .Permit(Trigger.TakeAgain, State.AskingPlace);
        map.Configure(State.Taken)
            .OnEntryFrom(Trigger.KeepKnown, () => Draft.Fix = new GateFix(Draft.Need.Known!.Value, null));
    }

    // A place in any of these states is a better answer to the same question.
    protected override Asks Asks => Asks.Place;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (incoming)
        {
            case Opened opened:
                Draft.Need = opened.As<GateNeed>() ?? Draft.Need;
                return null;
            case SharedPlace { Kind: PlaceKind.LiveUpdate, AccuracyMetres: null }:
                return Quietly();
            case SharedPlace { Kind: PlaceKind.LiveUpdate, AccuracyMetres: { } accuracy } update:
                Draft.Fixes = SteadyFix.With(Draft.Fixes, new(update.Point, accuracy));
                return SteadyFix.Of(Draft.Fixes) is { } steady && Improves(steady) ? await Take(new(steady.Point, steady.AccuracyMetres), steady.Fixes, ct) : Quietly();
            case SharedPlace place:
                Draft.Fixes = place is { Kind: PlaceKind.LiveStart, AccuracyMetres: { } first } ? [new(place.Point, first)] : [];
                return await Take(new(place.Point, place.AccuracyMetres), 1, ct);
            // Figures that look like a position and are none; or the way told in words.
            case Said said when said.Words.Any(char.IsAsciiDigit):
                return Complain("not-coordinates");
            case Said said when understanding.Read(said.Words).Kind == UnderstoodKind.Words:
                return Complain("only-words");
            default:
                return null;
        }
    }

    /// <param name="fix">A pin, or the mean of a live position's fixes.</param>
    /// <param name="together">Of how many fixes.</param>
    private async Task<Trigger?> Take(GateFix fix, int together, CancellationToken ct)
    {
        if (!fix.Point.IsInVietnam)
        {
            return Complain("outside");
        }
        (Draft.Fix, Draft.Together) = (fix, together);
        await Judge(fix.Point, ct);
        // Asked again once: the second rough one is taken as the best there is, its accuracy said.
        var isRough = fix.AccuracyMetres > Limits.GateAccuracyMetres && !Draft.WasAskedAgain;
        Draft.WasAskedAgain |= isRough;
        return isRough ? Trigger.FixIsRough : Draft.IsFar ? Trigger.FixIsFar : Trigger.FixIsGood;
    }

    // Whether the place can lie in the commune it should: by the middle of the commune, and by the addresses around it.
    private async Task Judge(GeoPoint point, CancellationToken ct)
    {
        (Draft.MetresFromCentre, Draft.AmongCommune) = (null, "");
        if (units.Find(Draft.Need.Commune) is not { } unit)
        {
            return;
        }
        var commune = units.PresentOf(unit);
        if (understanding.Places.At(point) is { IsGuess: false, Commune: var within })
        {
            // Outlines are loaded: no need to guess by the neighbours.
            Draft.AmongCommune = within.Key == commune.Key ? "" : within.InLine;
            return;
        }
        if (commune.Centre is { } centre && point.MetresTo(centre) is var metres && metres > Limits.GateFarFromCommuneMetres)
        {
            Draft.MetresFromCentre = metres;
            return;
        }
        var around = await register.Nearby(point, Limits.GateNeighbourMetres, Limits.Matches, ct);
        if (around.Count > 0 && around.All(near => near.Address.Commune.Key != commune.Key))
        {
            Draft.AmongCommune = around[0].Address.Commune.InLine;
        }
    }

    // A live position goes on telling, and its fixes are averaged. It is shown anew (and only what was shown is taken) when its accuracy is clearly
    // better, or when several fixes together stand elsewhere by more than half of the accuracy that was said.
    private bool Improves(SteadyFix steady) => Draft.Fix switch
    {
        null => steady.AccuracyMetres <= Limits.GateAccuracyMetres,
        _ when Here == State.AskingBetterFix => steady.AccuracyMetres <= Limits.GateAccuracyMetres,
        { AccuracyMetres: { } before } shown => steady.AccuracyMetres < before * 0.7
            || (steady.Fixes >= FixesForAMean && steady.AccuracyMetres <= before && steady.Point.MetresTo(shown.Point) > before / 2),
        _ => false,
    };

    protected override bool IsWorthReminding => true;

    protected override object Result() => Draft.Fix!;

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var fix = Draft.Fix;
        return new Dictionary<string, string>
        {
            ["known"] = Draft.Need.Known is { } known ? AddressCardWords.InWords(known) : "",
            ["coordinates"] = fix is null ? "" : AddressCardWords.InWords(fix.Point),
            ["place"] = fix is null ? "" : AddressCardWords.InWords(fix.Point),
            ["accuracy"] = fix?.AccuracyMetres is { } metres ? Whole(metres) : "",
            ["together"] = fix is not null && Draft.Together > 1 ? Draft.Together.ToString(CultureInfo.InvariantCulture) : "",
            ["limit"] = Whole(Limits.GateAccuracyMetres),
            ["moved"] = fix is not null && Draft.Need.Known is { } old && old.MetresTo(fix.Point) is var moved && moved >= 1 ? Whole(moved) : "",
            ["direction"] = fix is not null && Draft.Need.Known is { } from ? from.DirectionTo(fix.Point).In(Turn.Language) : "",
            ["commune"] = units.Find(Draft.Need.Commune)?.InLine ?? "",
            ["kilometres"] = Draft.MetresFromCentre is { } far ? Whole(far / 1000) : "",
            ["among"] = Draft.AmongCommune,
        };
    }

    private static string Whole(double metres) => Math.Round(metres).ToString("0", CultureInfo.InvariantCulture);
}
