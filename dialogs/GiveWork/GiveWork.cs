using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.GiveWork;

/// <summary>
/// Giao việc: an officer of a coordinating office gives a trained collaborator an invite: eight letters to read aloud, a link, a QR. Whoever opens
/// it first has the work in that chat; it is good once. Reviewers and officers are made on the operator's machine only.
/// </summary>
[Dialog(Command = "giaoviec", Alias = "givework", Needs = Right.Office)]
public sealed class GiveWork(Policy policy, OfficeTable offices, Nominations nominations, IVillages villages, IDeepLinks deepLinks, ServedArea area, AdministrativeUnits units, Texts texts)
    : Dialog<GiveWork.State, GiveWork.Trigger, GiveWork.Notes>
{
    public enum State { ChoosingNominee, AskingCommune, AskingVillages, AskingLastDay, Reviewing, ShowingInvite, NotForMe, Closed }

    public enum Trigger { NotMine, NomineePicked, SomebodyElse, CommuneGiven, VillagesGiven, WholeCommune, DayGiven, NoEnd, Make, Again, Close }

    public sealed class Notes
    {
        /// <summary>What the list showed: numbers of nominations, codes of communes, names of villages.</summary>
        public List<string> Shown { get; set; } = [];

        public string? Nomination { get; set; }
        public string? Commune { get; set; }
        public string Villages { get; set; } = "";
        public DateOnly? LastDay { get; set; }

        /// <summary>The letters, while they are shown.</summary>
        public string Code { get; set; } = "";

        public DateTimeOffset Until { get; set; }
    }

    private IReadOnlyList<Nomination> waiting = [];
    private IReadOnlyList<DeepLink> links = [];

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ChoosingNominee)
            .OnEntryFrom(Trigger.Again, () => (Draft.Nomination, Draft.Commune, Draft.Villages, Draft.LastDay) = (null, null, "", null))
            .Permit(Trigger.NomineePicked, State.AskingLastDay)
            .Permit(Trigger.SomebodyElse, State.AskingCommune)
            .Permit(Trigger.NotMine, State.NotForMe)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingCommune).Permit(Trigger.CommuneGiven, State.AskingVillages);
        map.Configure(State.AskingVillages)
            .Permit(Trigger.VillagesGiven, State.AskingLastDay)
            .Permit(Trigger.WholeCommune, State.AskingLastDay);
        map.Configure(State.AskingLastDay)
            .OnEntryFrom(Trigger.WholeCommune, () => Draft.Villages = "")
            .Permit(Trigger.DayGiven, State.Reviewing)
            .Permit(Trigger.NoEnd, State.Reviewing);
        map.Configure(State.Reviewing)
            .OnEntryFrom(Trigger.NoEnd, () => Draft.LastDay = null)
            .Permit(Trigger.Make, State.ShowingInvite)
            .Permit(Trigger.Again, State.ChoosingNominee);
        // The letters stand on this page and nowhere else: who leaves it makes a new invite.
        map.Configure(State.ShowingInvite)
            .OnEntryFrom(Trigger.Make, () => Do(new MakeInvite(new InviteFor(Role.Collaborator, Draft.Commune!, Draft.Villages, Draft.LastDay, Draft.Nomination), (code, until) => (Draft.Code, Draft.Until) = (code, until))))
            .OnExit(() => Draft.Code = "")
            .Permit(Trigger.Again, State.ChoosingNominee)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NotForMe).Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here is State.AskingVillages or State.AskingLastDay ? Asks.Words : Asks.Choice;

    protected override string? InCommune => Draft.Commune;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ChoosingNominee, Opened):
                return (await MyGrants(ct)).Count == 0 ? Trigger.NotMine : null;
            case (State.ChoosingNominee, Picked picked):
                var number = Draft.Shown[picked.Index];
                if ((await nominations.Waiting(await MyGrants(ct), ct)).FirstOrDefault(row => row.Number == number) is not { } row)
                {
                    return Complain("gone");
                }
                (Draft.Nomination, Draft.Commune, Draft.Villages) = (row.Number, row.Commune, row.Villages);
                return Trigger.NomineePicked;
            case (State.AskingCommune, Picked picked):
                Draft.Commune = Draft.Shown[picked.Index];
                return Trigger.CommuneGiven;
            case (State.AskingVillages, Picked picked):
                Draft.Villages = Draft.Shown[picked.Index];
                return Trigger.VillagesGiven;
            case (State.AskingVillages, Said said):
                if (VietnameseText.Words(said.Words).Length == 0 || said.Words.Length > Limits.AnswerLength)
                {
                    return null;
                }
                Draft.Villages = NominationFile.VillagesOf(said.Words);
                return Trigger.VillagesGiven;
            case (State.AskingLastDay, Picked picked):
                Draft.LastDay = Days[picked.Index];
                return Trigger.DayGiven;
            case (State.AskingLastDay, Said said):
                if (DayText.Read(said.Words, Today) is not { } day || day < Today)
                {
                    return Complain("not-a-day");
                }
                Draft.LastDay = day;
                return Trigger.DayGiven;
            default:
                return null;
        }
    }

    private DateOnly Today => Turn.Now.DayInVietnam();

    private DateOnly[] Days => [new(Today.Year, 12, 31), new(Today.Year + 1, 12, 31)];

    // A commune's own officer nominates; the right is given by the office that trained.
    private async Task<IReadOnlyList<RoleGrant>> MyGrants(CancellationToken ct) =>
        [.. (await policy.GrantsOf(Turn.PersonId, Right.Office, Turn.Now, ct)).Where(grant => offices.OfArea(grant.Area).Tier >= OfficeTier.Coordinating)];

    protected override async Task Gather(CancellationToken ct)
    {
        switch (Here)
        {
            case State.ChoosingNominee:
                waiting = [.. (await nominations.Waiting(await MyGrants(ct), ct)).Take(Limits.NominationsShown)];
                Draft.Shown = [.. waiting.Select(row => row.Number)];
                break;
            case State.AskingCommune:
                var grants = await MyGrants(ct);
                Draft.Shown = [.. area.UnitsIn(units).Select(unit => unit.Key.Code).Where(code => grants.Any(grant => grant.Covers(code)))];
                break;
            case State.AskingVillages:
                Draft.Shown = [.. (await villages.Of(new UnitKey(UnitSystem.Since2025, Draft.Commune!), null, ct)).Select(village => village.Name).Distinct().Take(Limits.NominationsShown)];
                break;
            case State.ShowingInvite when Draft.Code.Length > 0:
                links = await deepLinks.To($"nhanviec_{Draft.Code}", ct);
                break;
        }
    }

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ChoosingNominee => waiting.Select(row => $"{row.Number} · {row.Name} · {NameOf(row.Commune)}{(row.Status == NominationStatus.Trained ? " · " + Say("trained") : "")}"),
        State.AskingCommune => Draft.Shown.Select(NameOf),
        State.AskingVillages => Draft.Shown,
        State.AskingLastDay => Days.Select(InFigures),
        _ => [],
    };

    private string NameOf(string code) => units.Find(new UnitKey(UnitSystem.Since2025, code))?.FullName ?? code;

    private static string InFigures(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(("some", waiting.Count > 0), ("none", waiting.Count == 0), ("made", Draft.Code.Length > 0), ("not-made", Draft.Code.Length == 0)))
        {
            ["links"] = links.Select(link => new Dictionary<string, string> { ["channel"] = link.Channel, ["url"] = link.Url }),
        };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["nomination"] = Draft.Nomination ?? "",
        ["commune"] = Draft.Commune is { } code ? units.Find(new UnitKey(UnitSystem.Since2025, code))?.InLine ?? code : "",
        ["commune-name"] = Draft.Commune is { } named ? units.Find(new UnitKey(UnitSystem.Since2025, named))?.Name ?? named : "",
        ["villages"] = Draft.Villages.Length > 0 ? Draft.Villages : Say("whole-commune"),
        ["until"] = Draft.LastDay is { } day ? InFigures(day) : Say("no-end"),
        ["letters"] = SpokenCode.Grouped(Draft.Code),
        ["valid"] = Draft.Code.Length == 0 ? "" : OfficeTable.Said(Draft.Until, Turn.Language),
    };

    private string Say(string key) => texts.Phrase(nameof(GiveWork), Turn.Language, "choosing-nominee", key);
}
