using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Nominate;

/// <summary>
/// Đề cử cộng tác viên: an officer of a commune names one person at a time (plan, step 3). Smartphone, mobile data and skill with apps are its
/// conditions: what is missing is noted and said, and decided by people. Nobody is named who was not asked.
/// </summary>
[Dialog(Command = "decu", Alias = "nominate", Menu = 8, Needs = Right.Office, KeepsDraft = true)]
public sealed class Nominate(Policy policy, IVillages villages, ServedArea area, AdministrativeUnits units, Texts texts) : Dialog<Nominate.State, Nominate.Trigger, Nominate.Notes>
{
    public enum State { AskingCommune, AskingName, AskingPhone, AskingSmartphone, AskingData, AskingSkill, AskingVillages, AskingConsent, AskFirst, Reviewing, Sent, Closed }

    public enum Trigger
    {
        CommuneGiven, NameGiven, PhoneGiven, HasSmartphone, NoSmartphone, HasData, NoData, CallsOnly, SendsMessages, FillsForms, VillagesGiven, WholeCommune, Agreed, NotAskedYet, Send, LookAgain, Again, Close,
    }

    public sealed class Notes
    {
        /// <summary>Code of today's commune.</summary>
        public string? Commune { get; set; }

        public string Name { get; set; } = "";
        public string Phone { get; set; } = "";
        public bool? Smartphone { get; set; }
        public bool? Data { get; set; }
        public AppSkill? Skill { get; set; }

        /// <summary>As <see cref="RoleGrant.Villages"/>; null: not answered.</summary>
        public string? Villages { get; set; }

        public bool HasAgreed { get; set; }
        public List<string> Shown { get; set; } = [];
        public NamingResult? Result { get; set; }
        public string Number { get; set; } = "";

        public void Forget() => (Name, Phone, Smartphone, Data, Skill, Villages, HasAgreed, Result, Number) = ("", "", null, null, null, null, false, null, "");
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingCommune).Permit(Trigger.CommuneGiven, State.AskingName);
        map.Configure(State.AskingName)
            .OnEntryFrom(Trigger.Again, () => Draft.Forget())
            .Permit(Trigger.NameGiven, State.AskingPhone);
        map.Configure(State.AskingPhone).Permit(Trigger.PhoneGiven, State.AskingSmartphone);
        map.Configure(State.AskingSmartphone)
            .Permit(Trigger.HasSmartphone, State.AskingData)
            .Permit(Trigger.NoSmartphone, State.AskingData);
        map.Configure(State.AskingData)
            .OnEntryFrom(Trigger.HasSmartphone, () => Draft.Smartphone = true)
            .OnEntryFrom(Trigger.NoSmartphone, () => Draft.Smartphone = false)
            .Permit(Trigger.HasData, State.AskingSkill)
            .Permit(Trigger.NoData, State.AskingSkill);
        map.Configure(State.AskingSkill)
            .OnEntryFrom(Trigger.HasData, () => Draft.Data = true)
            .OnEntryFrom(Trigger.NoData, () => Draft.Data = false)
            .Permit(Trigger.CallsOnly, State.AskingVillages)
            .Permit(Trigger.SendsMessages, State.AskingVillages)
            .Permit(Trigger.FillsForms, State.AskingVillages);
        map.Configure(State.AskingVillages)
            .OnEntryFrom(Trigger.CallsOnly, () => Draft.Skill = AppSkill.None)
            .OnEntryFrom(Trigger.SendsMessages, () => Draft.Skill = AppSkill.Messages)
            .OnEntryFrom(Trigger.FillsForms, () => Draft.Skill = AppSkill.Forms)
            .Permit(Trigger.VillagesGiven, State.AskingConsent)
            .Permit(Trigger.WholeCommune, State.AskingConsent);
        map.Configure(State.AskingConsent)
            .OnEntryFrom(Trigger.WholeCommune, () => Draft.Villages = "")
            .Permit(Trigger.Agreed, State.Reviewing)
            .Permit(Trigger.NotAskedYet, State.AskFirst);
        // Law 91/2025: a person's name and phone are passed on only with that person's own consent.
        map.Configure(State.AskFirst).Permit(Trigger.Agreed, State.Reviewing);
        map.Configure(State.Reviewing)
            .OnEntryFrom(Trigger.Agreed, () => Draft.HasAgreed = true)
            .Permit(Trigger.Send, State.Sent);
        map.Configure(State.Sent)
            .OnEntryFrom(Trigger.Send, () => Do(new NameCollaborator(
                new Nominee(Draft.Commune!, Draft.Villages ?? "", Draft.Name, Draft.Phone, Draft.Smartphone == true, Draft.Data == true, Draft.Skill ?? AppSkill.None),
                (result, number) => (Draft.Result, Draft.Number) = (result, number))))
            .PermitIf(Trigger.LookAgain, State.Reviewing, () => Draft.Result == NamingResult.OtherName, "it was not taken")
            .Permit(Trigger.Again, State.AskingName)
            .Permit(Trigger.Close, State.Closed);
    }

    protected override IEnumerable<(State Question, bool IsAnswered)> Questions() =>
    [
        (State.AskingCommune, Draft.Commune is not null),
        (State.AskingName, Draft.Name.Length > 0),
        (State.AskingPhone, Draft.Phone.Length > 0),
        (State.AskingSmartphone, Draft.Smartphone is not null),
        (State.AskingData, Draft.Data is not null),
        (State.AskingSkill, Draft.Skill is not null),
        (State.AskingVillages, Draft.Villages is not null),
        (State.AskingConsent, Draft.HasAgreed),
    ];

    protected override Asks Asks => Here switch
    {
        State.AskingPhone => Asks.Words | Asks.Figures,
        State.AskingName or State.AskingVillages or State.AskingCommune => Asks.Words,
        _ => Asks.Choice,
    };

    protected override bool IsWorthReminding => Here != State.Sent;

    protected override string? InCommune => Draft.Commune;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.AskingCommune, Opened):
                Draft.Shown = await Communes(ct);
                Draft.Commune = Draft.Shown is [var only] ? only : null;
                return Draft.Commune is null ? null : Trigger.CommuneGiven;
            case (State.AskingCommune, Picked picked):
                Draft.Commune = Draft.Shown[picked.Index];
                return Trigger.CommuneGiven;
            case (State.AskingCommune, Said said) when area.CommuneCalled(said.Words, units) is { } called:
                if (!(await Communes(ct)).Contains(called))
                {
                    return Complain("not-yours");
                }
                Draft.Commune = called;
                return Trigger.CommuneGiven;
            case (State.AskingName, Said said):
                if (PersonName.Read(said.Words) is not { } name)
                {
                    return Complain("no-name");
                }
                Draft.Name = name;
                return Trigger.NameGiven;
            case (State.AskingPhone, Said said):
                return TakePhone(Phone.Read(said.Words));
            case (State.AskingPhone, SharedContact card):
                return TakePhone(Phone.Read(card.Phone));
            case (State.AskingVillages, Picked picked):
                Draft.Villages = Draft.Shown[picked.Index];
                return Trigger.VillagesGiven;
            case (State.AskingVillages, Said said):
                return await TakeVillages(said.Words, ct);
            default:
                return null;
        }
    }

    private Trigger? TakePhone(string? phone)
    {
        if (phone is null)
        {
            return Complain("no-phone");
        }
        Draft.Phone = phone;
        return Trigger.PhoneGiven;
    }

    // The register's spelling where it knows the village; the list of villages is not complete, so others are taken as they were typed.
    private async Task<Trigger?> TakeVillages(string words, CancellationToken ct)
    {
        var known = await KnownVillages(ct);
        var names = NominationFile.VillagesOf(words).Split(RoleGrant.VillagesApart, StringSplitOptions.RemoveEmptyEntries);
        if (names.Any(name => VietnameseText.Words(name).Length == 0) || words.Length > Limits.AnswerLength)
        {
            return Complain("no-villages");
        }
        Draft.Villages = string.Join(RoleGrant.VillagesApart, names.Select(name => VillageWords.Same(known, name) is [var one, ..] ? one.Name : name).Distinct());
        return Trigger.VillagesGiven;
    }

    private async Task<List<string>> Communes(CancellationToken ct)
    {
        var grants = await policy.GrantsOf(Turn.PersonId, Right.Office, Turn.Now, ct);
        return [.. area.UnitsIn(units).Select(unit => unit.Key.Code).Where(code => grants.Any(grant => grant.Covers(code)))];
    }

    private Task<IReadOnlyList<Village>> KnownVillages(CancellationToken ct) => villages.Of(new UnitKey(UnitSystem.Since2025, Draft.Commune!), null, ct);

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.AskingCommune)
        {
            Draft.Shown = await Communes(ct);
        }
        else if (Here == State.AskingVillages)
        {
            Draft.Shown = [.. (await KnownVillages(ct)).Select(village => village.Name).Distinct().Take(Limits.NominationsShown)];
        }
    }

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.AskingCommune => Draft.Shown.Select(NameOf),
        State.AskingVillages => Draft.Shown,
        _ => [],
    };

    private string NameOf(string code) => units.Find(new UnitKey(UnitSystem.Since2025, code))?.FullName ?? code;

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("named", Draft.Result == NamingResult.Named), ("merged", Draft.Result == NamingResult.Merged), ("other-name", Draft.Result == NamingResult.OtherName), ("not-taken", Draft.Result is null),
        ("unfit", Missing.Length > 0));

    // Said before it is sent and after: the office decides, not the bot.
    private string Missing => string.Join(", ", new[]
    {
        Draft.Smartphone == false ? Say("smartphone") : null, Draft.Data == false ? Say("data") : null, Draft.Skill == AppSkill.None ? Say("skill") : null,
    }.OfType<string>());

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["commune"] = Draft.Commune is { } code ? units.Find(new UnitKey(UnitSystem.Since2025, code))?.InLine ?? code : "",
        ["commune-name"] = Draft.Commune is { } named ? units.Find(new UnitKey(UnitSystem.Since2025, named))?.Name ?? named : "",
        ["name"] = Draft.Name,
        ["phone"] = Phone.Spaced(Draft.Phone),
        ["smartphone"] = Draft.Smartphone is { } has ? Say(has ? "yes" : "no") : "",
        ["data"] = Draft.Data is { } hasData ? Say(hasData ? "yes" : "no") : "",
        ["skill"] = Draft.Skill switch { AppSkill.None => Say("calls-only"), AppSkill.Messages => Say("sends-messages"), AppSkill.Forms => Say("fills-forms"), _ => "" },
        ["villages"] = Draft.Villages is { Length: > 0 } some ? some : Say("whole-commune"),
        ["missing"] = Missing,
        ["number"] = Draft.Number,
    };

    private string Say(string key) => texts.Phrase(nameof(Nominate), Turn.Language, "asking-skill", key);
}
