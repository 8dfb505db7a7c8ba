using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.HumanHelp;

/// <summary>
/// Gặp người giúp: one tap from any error and from the menu, and an officer of the area is told. Until its end is said the person's words go to the
/// officer, and the bot asks nothing.
/// </summary>
[Dialog(Command = "gapnguoi", Alias = "human", Menu = 100, Duty = Duty.Helping)]
public sealed class HumanHelp(IMyTicket tickets, OfficeTable offices, OfficeSettings keeper, ServedArea area, AdministrativeUnits units, Texts texts)
    : Dialog<HumanHelp.State, HumanHelp.Trigger, HumanHelp.Notes>
{
    public enum State { AskingCommune, Talking, CallInstead, ShowingEnd, Closed }

    public enum Trigger { Asked, GoesOn, CannotBeAsked, Done, Over, Close }

    public sealed class Notes
    {
        /// <summary>The ticket's.</summary>
        public string Number { get; set; } = "";

        /// <summary>Code of today's commune; null: not known.</summary>
        public string? Commune { get; set; }

        /// <summary>The dialog in which the person stood.</summary>
        public string Where { get; set; } = "";

        public string Words { get; set; } = "";
        public TicketAnswer Answer { get; set; }
    }

    private MyTicket? ticket;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingCommune)
            .Permit(Trigger.Asked, State.Talking)
            .Permit(Trigger.GoesOn, State.Talking)
            .Permit(Trigger.CannotBeAsked, State.CallInstead)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.Talking)
            .OnEntryFrom(Trigger.Asked, () => Do(new OpenTicket(Draft.Commune, Draft.Where, Draft.Words, (answer, number) => (Draft.Answer, Draft.Number) = (answer, number))))
            .Permit(Trigger.Done, State.ShowingEnd)
            .Permit(Trigger.Over, State.Closed);
        map.Configure(State.ShowingEnd)
            .OnEntryFrom(Trigger.Done, () => Do(new EndMyTicket()))
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.CallInstead).Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here == State.Talking ? Asks.Words | Asks.Figures | Asks.Place | Asks.Talk : Here == State.AskingCommune ? Asks.Words : Asks.Choice;

    protected override bool IsQuiet => Here == State.Talking;

    // Said at once where a question waits below.
    protected override bool IsAnswer => Here is State.ShowingEnd or State.CallInstead;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.AskingCommune, Opened opened):
                return await Begin(opened.As<HelpWanted>(), ct);
            case (State.AskingCommune, Picked picked):
                Draft.Commune = picked.Index < Served.Count ? Served[picked.Index].Key.Code : null;
                return await Ask(ct);
            case (State.AskingCommune, Said said):
                return area.CommuneCalled(said.Words, units) is { } code ? await Ask(ct, code) : null;
            case (State.Talking, Said said):
                return await Say(said.Words, ct);
            case (State.Talking, SharedPlace { Kind: PlaceKind.LiveUpdate }):
                return Quietly();
            case (State.Talking, SharedPlace place):
                return await Say(string.Create(CultureInfo.InvariantCulture, $"📍 {place.Point.Latitude:0.00000},{place.Point.Longitude:0.00000}"), ct);
            case (State.Talking, Noticed { Section: "notice-closed" or "notice-silent" }):
                return Trigger.Over;
            default:
                return null;
        }
    }

    private async Task<Trigger?> Begin(HelpWanted? wanted, CancellationToken ct)
    {
        (Draft.Where, Draft.Words) = (wanted?.Dialog ?? "", wanted?.Words ?? "");
        if (await tickets.Open(Turn.PersonId, ct) is { } open)
        {
            Draft.Number = open.Number;
            return Trigger.GoesOn;
        }
        if (await tickets.CommuneOf(Turn.PersonId, Turn.ConversationId, Turn.Now, ct) is { } known)
        {
            return await Ask(ct, known);
        }
        // Where one office answers for all there is nothing to ask.
        return Served.Select(unit => offices.For(unit.Key.Code).Key).Distinct().Count() == 1 ? await Ask(ct) : null;
    }

    private async Task<Trigger?> Ask(CancellationToken ct, string? commune = null)
    {
        Draft.Commune = commune ?? Draft.Commune;
        Draft.Answer = await tickets.Ask(Turn.PersonId, Draft.Commune, Turn.Now, ct);
        return Draft.Answer is TicketAnswer.Opened or TicketAnswer.GoesOn ? Trigger.Asked : Trigger.CannotBeAsked;
    }

    private async Task<Trigger?> Say(string words, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return null;
        }
        if (await tickets.Find(Draft.Number, Turn.PersonId, ct) is not { IsOpen: true })
        {
            return Trigger.Done;
        }
        Do(new SayToOfficer(words));
        return Quietly();
    }

    private IReadOnlyList<AdministrativeUnit> Served => area.UnitsIn(units);

    protected override async Task Gather(CancellationToken ct) =>
        ticket = Here is State.Talking or State.ShowingEnd && Draft.Number.Length > 0 ? await tickets.Find(Draft.Number, Turn.PersonId, ct) : null;

    protected override IEnumerable<string> Entries() => Here == State.AskingCommune ? [.. Served.Select(unit => unit.FullName), Say("elsewhere")] : [];

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("asked", ticket is { IsOpen: true, IsTaken: false }), ("taken", ticket is { IsOpen: true, IsTaken: true }), ("open", ticket is { IsOpen: true }), ("over", ticket is not { IsOpen: true }),
        ("nobody", Draft.Answer == TicketAnswer.NobodyThere), ("often", Draft.Answer == TicketAnswer.TooOften));

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var office = ticket?.Office ?? offices.For(Draft.Commune);
        var contact = office.Contact.Length > 0 ? office.Contact : keeper.Contact;
        return new Dictionary<string, string>
        {
            ["office"] = office.Name.Length > 0 ? office.Name : Say("some-office"),
            ["until"] = ticket is null ? "" : OfficeTable.Said(ticket.DueAt, Turn.Language),
            ["hours"] = offices.HoursOf(office).In(Turn.Language),
            ["contact"] = contact,
            ["whom"] = contact.Length > 0 ? contact : Say("some-office"),
        };
    }

    private string Say(string key) => texts.Phrase(nameof(HumanHelp), Turn.Language, "asking-commune", key);
}
