using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Tickets;

/// <summary>Người dân cần giúp: an officer sees who waits, takes one in hand, writes, hands it on or ends it.</summary>
[Dialog(Command = "hotro", Alias = "tickets", Menu = 7, Needs = Right.Office)]
public sealed class Tickets(ITicketDesk desk, OfficeTable offices, PersonCodes codes, AdministrativeUnits units, Texts texts) : Dialog<Tickets.State, Tickets.Trigger, Tickets.Notes>
{
    public enum State { ShowingList, ShowingTicket, Talking, ChoosingWhom, NotForMe, Closed }

    public enum Trigger { Opened, OpenedMine, CannotBeOpened, Take, HandOn, GivenOn, GoOn, End, Ended, BackToList, Close }

    public enum Outcome { None, GivenOn, NotGivenOn, Done, EndedByPerson }

    public sealed class Notes
    {
        /// <summary>The numbers in the list, as they were shown.</summary>
        public List<string> Shown { get; set; } = [];

        public string Number { get; set; } = "";

        /// <summary>Code of the commune of today in which the right must hold; null: any.</summary>
        public string? Commune { get; set; }

        /// <summary>Keys of the offices offered.</summary>
        public List<string> Offices { get; set; } = [];

        /// <summary>The one to hand on to; null: a colleague.</summary>
        public string? ToOffice { get; set; }

        public long? ToPerson { get; set; }
        public Outcome Last { get; set; }
    }

    private IReadOnlyList<DeskTicket> open = [];
    private DeskTicket? ticket;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingList)
            .OnEntryFrom(Trigger.BackToList, () => Draft.Last = Outcome.None)
            .OnEntryFrom(Trigger.GivenOn, () => Do(new HandOnTicket(Draft.Number, Draft.ToOffice, Draft.ToPerson, isDone => Draft.Last = isDone ? Outcome.GivenOn : Outcome.NotGivenOn)))
            .OnEntryFrom(Trigger.End, () => Do(new CloseTicket(Draft.Number, isDone => Draft.Last = isDone ? Outcome.Done : Outcome.None)))
            .OnEntryFrom(Trigger.Ended, () => Draft.Last = Outcome.EndedByPerson)
            .Permit(Trigger.Opened, State.ShowingTicket)
            .Permit(Trigger.OpenedMine, State.Talking)
            .Permit(Trigger.CannotBeOpened, State.NotForMe)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingTicket)
            .OnEntryFrom(Trigger.Opened, () => Do(new RecordHelpSeen(Draft.Number)))
            .Permit(Trigger.Take, State.Talking)
            .Permit(Trigger.BackToList, State.ShowingList);
        // Of two officers who take it, the first one has it, and the person may end it meanwhile: the effects say what came of it, not the map.
        map.Configure(State.Talking)
            .OnEntryFrom(Trigger.OpenedMine, () => Do(new RecordHelpSeen(Draft.Number)))
            .OnEntryFrom(Trigger.Take, () => Do(new TakeTicket(Draft.Number, _ => { })))
            .Permit(Trigger.End, State.ShowingList)
            .Permit(Trigger.HandOn, State.ChoosingWhom)
            .Permit(Trigger.Ended, State.ShowingList)
            .Permit(Trigger.BackToList, State.ShowingList);
        map.Configure(State.ChoosingWhom)
            .Permit(Trigger.GivenOn, State.ShowingList)
            .Permit(Trigger.GoOn, State.Talking);
        map.Configure(State.NotForMe)
            .Permit(Trigger.BackToList, State.ShowingList)
            .Permit(Trigger.Close, State.Closed);
    }

    private bool IsMine => ticket is { IsMine: true };

    protected override Asks Asks => Here switch
    {
        State.Talking => Asks.Words | Asks.Figures | Asks.Place | Asks.Talk,
        State.ChoosingWhom => Asks.Words,
        _ => Asks.Choice,
    };

    protected override bool IsQuiet => Here == State.Talking;

    protected override string? InCommune => Draft.Commune;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ShowingList, Opened opened):
                return opened.As<Query>()?.Words is { Length: > 0 } number ? await Take(number.Trim().ToUpperInvariant(), ct) : null;
            case (State.ShowingList, Picked picked):
                return await Take(Draft.Shown[picked.Index], ct);
            case (State.Talking, Said said):
                return await Say(said.Words, ct);
            case (State.Talking, SharedPlace { Kind: PlaceKind.LiveUpdate }):
                return Quietly();
            case (State.Talking, SharedPlace place):
                return await Say(string.Create(CultureInfo.InvariantCulture, $"📍 {place.Point.Latitude:0.00000},{place.Point.Longitude:0.00000}"), ct);
            case (State.Talking, Noticed { Section: "notice-ended" or "notice-silent" } news) when news.Holes.GetValueOrDefault("number") == Draft.Number:
                return Trigger.Ended;
            case (State.ChoosingWhom, Picked picked):
                (Draft.ToOffice, Draft.ToPerson) = (Draft.Offices[picked.Index], null);
                return Trigger.GivenOn;
            case (State.ChoosingWhom, Said said):
                if (!codes.TryRead(said.Words, out var colleague) || colleague == Turn.PersonId)
                {
                    return Complain("no-colleague");
                }
                (Draft.ToOffice, Draft.ToPerson) = (null, colleague);
                return Trigger.GivenOn;
            default:
                return null;
        }
    }

    private async Task<Trigger?> Take(string number, CancellationToken ct)
    {
        if (await desk.Find(number, Turn.PersonId, Turn.Now, ct) is not { } found)
        {
            return Trigger.CannotBeOpened;
        }
        (Draft.Number, Draft.Commune) = (found.Number, found.Commune);
        return found.IsMine ? Trigger.OpenedMine : Trigger.Opened;
    }

    private async Task<Trigger?> Say(string words, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return null;
        }
        if (await desk.Find(Draft.Number, Turn.PersonId, Turn.Now, ct) is not { IsMine: true })
        {
            return Complain("not-mine");
        }
        Do(new SayToPerson(Draft.Number, words, _ => { }));
        return Quietly();
    }

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.ShowingList)
        {
            open = [.. (await desk.Open(Turn.PersonId, Turn.Now, ct))];
            Draft.Shown = [.. open.Take(Limits.TicketsShown).Select(one => one.Number)];
        }
        ticket = Here is State.ShowingTicket or State.Talking or State.ChoosingWhom ? await desk.Find(Draft.Number, Turn.PersonId, Turn.Now, ct) : null;
        if (Here == State.ChoosingWhom)
        {
            // The office above first, then one's own colleagues, then the others that work there.
            Draft.Offices = [.. offices.All.Where(office => ticket?.Commune is null || office.WorksFor(ticket.Commune)).OrderBy(office => office.Key == ticket?.Office.ReportsTo ? 0 : office.Key == ticket?.Office.Key ? 1 : 2)
                .Take(Limits.TicketsShown).Select(office => office.Key)];
        }
    }

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ShowingList => open.Take(Limits.TicketsShown).Select(Line),
        State.ChoosingWhom => Draft.Offices.Select(key => offices.Find(key)?.Name ?? key),
        _ => [],
    };

    // "HT26-000001 · xã Sín Chải · hạn 11:30 thứ hai 23/11 · chưa ai nhận".
    private string Line(DeskTicket one) => Say(one.IsMine ? "line-mine" : one.IsTaken ? "line-taken" : "line-waiting",
        ("number", one.Number), ("commune", CommuneOf(one)), ("until", OfficeTable.Said(one.DueAt, Turn.Language)), ("who", one.TakenBy));

    private string CommuneOf(DeskTicket one) => one.Commune is { } code ? units.Find(new UnitKey(UnitSystem.Since2025, code))?.FullName ?? code : Say("anywhere");

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(
            ("some", open.Count > 0), ("none", open.Count == 0), ("given-on", Draft.Last == Outcome.GivenOn), ("not-given-on", Draft.Last == Outcome.NotGivenOn), ("done", Draft.Last == Outcome.Done),
            ("ended", Draft.Last == Outcome.EndedByPerson), ("mine", IsMine), ("late", !IsMine), ("free", ticket is { IsTaken: false })))
        {
            ["words"] = (ticket?.Words ?? []).Select(word => new Dictionary<string, string> { ["who"] = Say(word.IsOfficers ? "officer" : "person"), ["said"] = word.Words }),
        };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["count"] = open.Count.ToString(CultureInfo.InvariantCulture),
        ["number"] = Draft.Number,
        ["commune"] = ticket is null ? "" : CommuneOf(ticket),
        ["where"] = ticket is { Where.Length: > 0 } ? texts.Of(ticket.Where, Turn.Language).Title : "",
        ["opened"] = ticket is null ? "" : OfficeTable.Said(ticket.OpenedAt, Turn.Language),
        ["until"] = ticket is null ? "" : OfficeTable.Said(ticket.DueAt, Turn.Language),
        ["taken-by"] = ticket is { IsMine: false } ? ticket.TakenBy : "",
    };

    private string Say(string key, params IReadOnlyList<(string Hole, string Value)> holes) => texts.Phrase(nameof(Tickets), Turn.Language, "showing-list", key, holes);
}
