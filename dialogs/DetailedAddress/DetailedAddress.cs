using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.DetailedAddress;

/// <summary>Địa chỉ chi tiết: commune, village, house number and street. Other dialogs call it, with what is on record or with nothing.</summary>
[Dialog]
public sealed class DetailedAddress(Understanding understanding, AdministrativeUnits units, ServedArea area, IVillages villages, Texts texts)
    : Dialog<DetailedAddress.State, DetailedAddress.Trigger, DetailedAddress.Notes>
{
    public enum State { AskingCommune, ChoosingCommune, AskingVillage, ChoosingVillage, AskingHouse, ShowingDetail, Given }

    public enum Trigger
    {
        StartWithPresent, CommuneGiven, CommuneUnclear, NotInList, VillageGiven, VillageUnclear, UseAsTyped, NoVillage, MoreVillages,
        HouseGiven, NoHouse, Done,
    }

    public sealed class Notes
    {
        public UnitKey? Commune { get; set; }
        public UnitKey? FormerCommune { get; set; }
        public List<UnitKey> Communes { get; set; } = [];

        /// <summary>Null: not asked yet; empty: in no village.</summary>
        public string? Village { get; set; }

        /// <summary>The villages that are offered now: a part of the list, which turns like pages.</summary>
        public List<Village> Villages { get; set; } = [];
        public int VillagesFrom { get; set; }
        public bool HasMoreVillages { get; set; }

        /// <summary>The villages that resemble what was typed.</summary>
        public List<Village> Alike { get; set; } = [];

        public string Typed { get; set; } = "";
        public string? House { get; set; }
        public string? Street { get; set; }
        public bool HouseIsAnswered { get; set; }

        /// <summary>Called with what is on record: each part can be changed, and the others stay.</summary>
        public bool WasOnRecord { get; set; }
    }

    // A longer list is not shown as buttons; the name is typed.
    private const int MostCommunesListed = 8;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingCommune)
            .Permit(Trigger.StartWithPresent, State.ShowingDetail)
            .Permit(Trigger.CommuneGiven, State.AskingVillage)
            .Permit(Trigger.CommuneUnclear, State.ChoosingCommune);
        // Which of two communes of one name is meant is the person's to say, never a guess (domain.md §5).
        map.Configure(State.ChoosingCommune)
            .Permit(Trigger.CommuneGiven, State.AskingVillage)
            .PermitReentry(Trigger.CommuneUnclear)
            .Permit(Trigger.NotInList, State.AskingCommune);
        map.Configure(State.AskingVillage)
            .Permit(Trigger.VillageGiven, State.AskingHouse)
            .Permit(Trigger.VillageUnclear, State.ChoosingVillage)
            .Permit(Trigger.NoVillage, State.AskingHouse)
            .PermitReentry(Trigger.MoreVillages);
        map.Configure(State.ChoosingVillage)
            .Permit(Trigger.VillageGiven, State.AskingHouse)
            .PermitReentry(Trigger.VillageUnclear)
            .PermitIf(Trigger.UseAsTyped, State.AskingHouse, () => Draft.Typed.Any(char.IsLetter));
        map.Configure(State.AskingHouse)
            .OnEntryFrom(Trigger.NoVillage, () => Draft.Village = "")
            .OnEntryFrom(Trigger.UseAsTyped, () => Draft.Village = Draft.Typed)
            .PermitIf(Trigger.HouseGiven, State.Given, () => !Draft.WasOnRecord)
            .PermitIf(Trigger.HouseGiven, State.ShowingDetail, () => Draft.WasOnRecord)
            .PermitIf(Trigger.NoHouse, State.Given, () => !Draft.WasOnRecord)
            .PermitIf(Trigger.NoHouse, State.ShowingDetail, () => Draft.WasOnRecord);
        map.Configure(State.ShowingDetail)
            .OnEntryFrom(Trigger.NoHouse, () => TakeHouse(null, null))
            .Permit(Trigger.Done, State.Given);
        map.Configure(State.Given)
            .OnEntryFrom(Trigger.NoHouse, () => TakeHouse(null, null));
    }

    protected override Asks Asks => Here is State.ShowingDetail ? Asks.Choice : Asks.Words;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.AskingCommune, Opened opened) => await Begin(opened.As<AddressDetail>(), ct),
        (State.AskingCommune, Picked picked) => await TakeCommune(Listed()[picked.Index], ct),
        (State.ChoosingCommune, Picked picked) => await TakeCommune(units[Draft.Communes[picked.Index]], ct),
        (_, Said said) when Understanding.IsSmallTalk(said.Words) => null,
        (State.AskingCommune or State.ChoosingCommune, Said said) => await FindCommune(said.Words, ct),
        (State.AskingVillage, Picked picked) when picked.Index == Draft.Villages.Count => await TurnPage(ct),
        (State.AskingVillage, Picked picked) => TakeVillage(Draft.Villages[picked.Index]),
        (State.ChoosingVillage, Picked picked) => TakeVillage(Draft.Alike[picked.Index]),
        (State.AskingVillage or State.ChoosingVillage, Said said) => await FindVillage(said.Words, ct),
        (State.AskingHouse, Said said) => ReadHouse(said.Words),
        _ => null,
    };

    private async Task<Trigger?> Begin(AddressDetail? present, CancellationToken ct)
    {
        if (present is null)
        {
            return null;
        }
        if (present is { House: null, Street: null, Village: null } && units.Find(present.FormerCommune ?? present.Commune) is { } known)
        {
            // Only the commune is known: the rest is asked as for a new address.
            return await TakeCommune(known, ct);
        }
        (Draft.Commune, Draft.FormerCommune, Draft.Village) = (present.Commune, present.FormerCommune, present.Village ?? "");
        TakeHouse(present.House, present.Street);
        Draft.WasOnRecord = true;
        await ListVillages(0, ct);
        return Trigger.StartWithPresent;
    }

    private async Task<Trigger?> FindCommune(string words, CancellationToken ct)
    {
        var named = understanding.FindCommunes(words);
        var served = named.Where(unit => area.Serves(unit, units)).ToList();
        switch (named, served)
        {
            case ([], _):
                return Complain("unknown");
            case (_, []):
                return Complain("not-served", ("commune", named[0].FullName));
            case (_, [var one]):
                return await TakeCommune(one, ct);
            default:
                Draft.Communes = [.. served.Take(Limits.Matches).Select(unit => unit.Key)];
                return Trigger.CommuneUnclear;
        }
    }

    private async Task<Trigger?> TakeCommune(AdministrativeUnit unit, CancellationToken ct)
    {
        var present = units.PresentOf(unit);
        var isSame = Draft.Commune == present.Key;
        (Draft.Commune, Draft.FormerCommune) = (present.Key, unit.IsFormer ? unit.Key : isSame ? Draft.FormerCommune : null);
        var known = await ListVillages(0, ct);
        if (!isSame && Draft.Village is { Length: > 0 } village && VillageWords.Same(known, village).Count == 0)
        {
            // A village of the other commune is not in this one: asked again.
            Draft.Village = null;
        }
        return Trigger.CommuneGiven;
    }

    private async Task<IReadOnlyList<Village>> ListVillages(int from, CancellationToken ct)
    {
        var known = await villages.Of(Draft.Commune!.Value, Draft.FormerCommune, ct);
        Draft.VillagesFrom = from < known.Count ? from : 0;
        Draft.Villages = [.. known.Skip(Draft.VillagesFrom).Take(Limits.Matches)];
        Draft.HasMoreVillages = known.Count > Limits.Matches;
        return known;
    }

    // Behind the last page comes the first one again.
    private async Task<Trigger?> TurnPage(CancellationToken ct)
    {
        await ListVillages(Draft.VillagesFrom + Limits.Matches, ct);
        return Trigger.MoreVillages;
    }

    private async Task<Trigger?> FindVillage(string words, CancellationToken ct)
    {
        Draft.Typed = VillageName(words);
        var isNumber = Draft.Typed.Length is >= 1 and <= 3 && Draft.Typed.All(char.IsAsciiDigit);
        if (Draft.Typed.Length > Limits.AnswerLength || (!isNumber && !Draft.Typed.Any(char.IsLetter)))
        {
            return Complain("not-a-village");
        }
        var all = await villages.Of(Draft.Commune!.Value, Draft.FormerCommune, ct);
        var same = isNumber ? [] : VillageWords.Same(all, Draft.Typed);
        if (same.Count == 1)
        {
            return TakeVillage(same[0]);
        }
        var like = same.Count > 0 ? same : VillageWords.Like(all, Draft.Typed);
        if (like.Count > 0)
        {
            Draft.Alike = [.. like.Take(Limits.Matches)];
            return Trigger.VillageUnclear;
        }
        if (isNumber)
        {
            // Đội, Tổ, Khu? Nobody can tell.
            return Complain("only-a-number", ("number", Draft.Typed));
        }
        Draft.Village = Draft.Typed;
        return Trigger.VillageGiven;
    }

    private Trigger? TakeVillage(Village village)
    {
        Draft.Village = village.Name;
        Draft.FormerCommune = village.Former ?? Draft.FormerCommune;
        return Trigger.VillageGiven;
    }

    // "bản hột" is written "Bản hột": only the first letter is sure to be a capital.
    private static string VillageName(string words) =>
        VietnameseText.Plain(words).Trim('.', ',', ';', ' ') is { Length: > 0 } plain ? char.ToUpperInvariant(plain[0]) + plain[1..] : "";

    private Trigger? ReadHouse(string words)
    {
        var (house, street) = HouseAndStreet.Read(words);
        if ((house ?? street) is null || words.Length > Limits.AnswerLength)
        {
            return Complain("not-a-house");
        }
        TakeHouse(house, street);
        return Trigger.HouseGiven;
    }

    private void TakeHouse(string? house, string? street) => (Draft.House, Draft.Street, Draft.HouseIsAnswered) = (house, street, true);

    private IReadOnlyList<AdministrativeUnit> Listed() => area.UnitsIn(units) is { Count: <= MostCommunesListed } all ? all : [];

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.AskingCommune => Listed().Select(unit => unit.FullName),
        State.ChoosingCommune => Draft.Communes.Select(key => Line(units[key])),
        State.AskingVillage when Draft.HasMoreVillages => [.. Draft.Villages.Select(village => Line(village, Draft.Villages)), Say("more-villages")],
        State.AskingVillage => Draft.Villages.Select(village => Line(village, Draft.Villages)),
        State.ChoosingVillage => Draft.Alike.Select(village => Line(village, Draft.Alike)),
        _ => [],
    };

    private string Line(AdministrativeUnit unit) => unit.IsFormer
        ? Say("former-commune", ("commune", unit.FullName), ("now", units.PresentOf(unit).InLine))
        : Say("present-commune", ("commune", unit.FullName));

    // Two villages of one name in the two halves of a merged commune are told apart by the half.
    private string Line(Village village, List<Village> among) =>
        among.Count(other => other.Name == village.Name) > 1 && units.Find(village.Former) is { } former
            ? Say("village-of", ("village", village.Name), ("commune", former.InLine))
            : village.Name;

    private string Say(string key, params IReadOnlyList<(string Hole, string Value)> holes) =>
        texts.Phrase(nameof(DetailedAddress), Turn.Language, Texts.KeyOf(Here.ToString()), key, holes);

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var former = units.Find(Draft.FormerCommune);
        return new Dictionary<string, string>
        {
            ["commune"] = units.Find(Draft.Commune)?.InLine ?? "",
            ["former"] = former?.FullName ?? "",
            ["village"] = Draft.Village ?? "",
            ["house"] = Draft.House ?? "",
            ["street"] = Draft.Street ?? "",
            ["typed"] = Draft.Typed,
        };
    }

    protected override IEnumerable<(State Question, bool IsAnswered)> Questions() =>
    [
        (State.AskingCommune, Draft.Commune is not null),
        (State.AskingVillage, Draft.Village is not null),
        (State.AskingHouse, Draft.HouseIsAnswered),
    ];

    protected override bool IsWorthReminding => true;

    protected override object Result() => new AddressDetail(
        Draft.House, Draft.Street, string.IsNullOrEmpty(Draft.Village) ? null : Draft.Village, Draft.Commune!.Value, Draft.FormerCommune);
}
