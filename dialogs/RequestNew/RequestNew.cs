using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.RequestNew;

/// <summary>Phiếu yêu cầu cấp địa chỉ số: asks for a code for a place that has none. Also opened again when the post office wants more.</summary>
[Dialog(Command = "themmoi", Alias = "new", Menu = 2, KeepsDraft = true)]
public sealed partial class RequestNew(IAddressRegister register, IRequests requests, Understanding understanding, AdministrativeUnits units)
    : Dialog<RequestNew.State, RequestNew.Trigger, RequestNew.Form>
{
    public enum State
    {
        TakingAccount, TakingCategory, AskingName, TakingDetail, TakingContact, TakingGate, AskingWhetherSame, ShowingCandidate, AskingNote,
        Reviewing, Sent, Declined, HandedToLookUp, HandedToUpdateAddress, HandedToTrack, Closed,
    }

    public enum Trigger
    {
        AccountGiven, AccountRefused, CategoryTaken, NameGiven, NoName, DetailGiven, ContactGiven, GateTaken,
        CandidatePicked, NoneOfThese, NotThisOne, TakeItsCode, CorrectIt, NoteGiven, NothingToAdd, Submit, VerifyAgain, SeeRequest, Close,
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        // The plan (mục IV, bước 3): an account with a correct e-mail first, because the answer goes there.
        Calls(State.TakingAccount, "Account", () => AccountNeed.ForRequests);
        map.Configure(State.TakingAccount)
            .PermitIf(Trigger.AccountGiven, State.TakingCategory, () => !Draft.IsFilled)
            .PermitIf(Trigger.AccountGiven, State.AskingNote, () => Draft.IsFilled && Draft.IsNoteOpen)
            .PermitIf(Trigger.AccountGiven, State.Reviewing, () => Draft.IsFilled && !Draft.IsNoteOpen)
            .Permit(Trigger.AccountRefused, State.Declined);

        Calls(State.TakingCategory, "Category", () => Draft.Category);
        map.Configure(State.TakingCategory)
            .Permit(Trigger.CategoryTaken, State.AskingName);
        map.Configure(State.AskingName)
            .Permit(Trigger.NameGiven, State.TakingDetail)
            .PermitIf(Trigger.NoName, State.TakingDetail, () => Draft.MayBeNameless);
        Calls(State.TakingDetail, "DetailedAddress", () => Draft.Detail ?? Draft.Begin);
        map.Configure(State.TakingDetail)
            .OnEntryFrom(Trigger.NoName, () => (Draft.Name, Draft.HasNoName) = (null, true))
            .Permit(Trigger.DetailGiven, State.TakingContact);
        Calls(State.TakingContact, "ContactPerson", () => Draft.Contact);
        map.Configure(State.TakingContact)
            .Permit(Trigger.ContactGiven, State.TakingGate);
        Calls(State.TakingGate, "Gate", () => new GateNeed(Draft.Gate?.Point ?? Draft.HintPlace, Draft.Detail?.Commune));
        map.Configure(State.TakingGate)
            .PermitIf(Trigger.GateTaken, State.AskingWhetherSame, () => Draft.Candidates.Count > 0)
            .PermitIf(Trigger.GateTaken, State.Reviewing, () => Draft.Candidates.Count == 0);

        // One place, one code: what is nearby or called the same is shown before anything is sent.
        map.Configure(State.AskingWhetherSame)
            .OnEntryFrom(Trigger.NotThisOne, DropCandidate)
            .Permit(Trigger.CandidatePicked, State.ShowingCandidate)
            .Permit(Trigger.NoneOfThese, State.Reviewing);
        map.Configure(State.ShowingCandidate)
            .PermitIf(Trigger.NotThisOne, State.AskingWhetherSame, () => Draft.Candidates.Count > 1)
            .PermitIf(Trigger.NotThisOne, State.Reviewing, () => Draft.Candidates.Count <= 1)
            .Permit(Trigger.TakeItsCode, State.HandedToLookUp)
            .Permit(Trigger.CorrectIt, State.HandedToUpdateAddress);
        map.Configure(State.AskingNote)
            .Permit(Trigger.NoteGiven, State.Reviewing)
            .Permit(Trigger.NothingToAdd, State.Reviewing);

        map.Configure(State.Reviewing)
            .OnEntryFrom(Trigger.NoneOfThese, DropAllCandidates)
            .OnEntryFrom(Trigger.NotThisOne, DropCandidate)
            .OnEntryFrom(Trigger.NothingToAdd, () => (Draft.Note, Draft.IsNoteOpen) = (null, false))
            .Permit(Trigger.Submit, State.Sent);
        map.Configure(State.Sent)
            .OnEntryFrom(Trigger.Submit, () => Do(new SubmitRequest(Draft.Filled(units), outcome => Draft.Outcome = outcome)))
            .PermitIf(Trigger.VerifyAgain, State.TakingAccount, () => Draft.Outcome?.Refusal == Refusal.NoAccount)
            .PermitIf(Trigger.SeeRequest, State.HandedToTrack, () => Draft.Outcome?.IsDone == true)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.HandedToTrack)
            .OnEntry(() => Do(new HandOver("Track", new Query(Draft.Outcome!.Number))));
        map.Configure(State.HandedToLookUp)
            .OnEntry(() => Do(new HandOver("LookUp", new Query(Draft.Looking.ToString()))));
        map.Configure(State.HandedToUpdateAddress)
            .OnEntry(() => Do(new HandOver("UpdateAddress", new Query(Draft.Looking.ToString()))));
    }

    protected override bool IsQuiet => Here == State.Sent;

    protected override Asks Asks => Here is State.AskingName or State.AskingNote ? Asks.Words | Asks.Figures : Asks.Choice;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.TakingAccount, Opened opened):
                await Begin(opened, ct);
                return null;
            case (State.TakingAccount, Returned returned):
                return returned.As<AccountGiven>() is null ? Trigger.AccountRefused : Trigger.AccountGiven;
            case (State.TakingCategory, Returned returned):
                Draft.Category = returned.As<AddressCategory>();
                return Trigger.CategoryTaken;
            case (State.AskingName, Said said):
                return await TakeName(said.Words, ct);
            case (State.TakingDetail, Returned returned):
                Draft.Detail = returned.As<AddressDetail>();
                await LookAround(ct);
                return Trigger.DetailGiven;
            case (State.TakingContact, Returned returned):
                Draft.Contact = returned.As<Contact>();
                return Trigger.ContactGiven;
            case (State.TakingGate, Returned returned):
                Draft.Gate = returned.As<GateFix>();
                await LookAround(ct);
                return Trigger.GateTaken;
            case (State.AskingWhetherSame, Picked picked):
                Draft.Looking = Draft.Candidates[picked.Index].Code;
                return Trigger.CandidatePicked;
            case (State.AskingNote, Said said):
                return TakeNote(said.Words);
            default:
                return null;
        }
    }

    private async Task Begin(Opened opened, CancellationToken ct)
    {
        if (opened.As<MoreToAnswer>() is { Answers: { } number } && await requests.Find(Turn.PersonId, number, ct) is { Status: RequestStatus.MoreWanted } wanted)
        {
            Draft.TakeUp(wanted);
        }
        else if (opened.As<Query>() is { } query)
        {
            // What was looked for in vain is not asked again: the place is the first guess of the gate, certain words begin the address.
            Draft.Hint = VietnameseText.Plain(query.Words) is { Length: <= Limits.AnswerLength } hint ? hint : "";
            Draft.HintPlace = query.Place;
            Draft.Begin = WordsHint.Read(Draft.Hint, understanding, units);
        }
    }

    private async Task<Trigger?> TakeName(string words, CancellationToken ct)
    {
        if (!PlaceName.TryRead(words, out var name))
        {
            return Complain(name.Length > Limits.AnswerLength ? "too-long" : "no-name");
        }
        (Draft.Name, Draft.HasNoName) = (name, false);
        await LookAround(ct);
        return Trigger.NameGiven;
    }

    private Trigger? TakeNote(string words)
    {
        var note = VietnameseText.Plain(words);
        if (note.Length is 0 or > Form.LongestNote)
        {
            return Complain("too-long");
        }
        (Draft.Note, Draft.IsNoteOpen) = (note, false);
        return Trigger.NoteGiven;
    }

    protected override IEnumerable<(State Question, bool IsAnswered)> Questions() =>
    [
        (State.TakingCategory, Draft.Category is not null),
        (State.AskingName, Draft.IsNameAnswered),
        (State.TakingDetail, Draft.Detail is not null),
        (State.TakingContact, Draft.Contact is not null),
        (State.TakingGate, Draft.Gate is not null),
        (State.AskingWhetherSame, Draft.Candidates.Count == 0),
        (State.AskingNote, !Draft.IsNoteOpen),
    ];

    protected override bool IsWorthReminding => Here != State.Sent;

    protected override IEnumerable<string> Entries() => Here == State.AskingWhetherSame ? Draft.Candidates.Select(candidate => candidate.Line) : [];

    protected override async Task Gather(CancellationToken ct) =>
        candidate = Here == State.ShowingCandidate && Draft.Looking is { } code ? await register.Find(code, ct) : null;

    private PublicAddress? candidate;

    protected override IReadOnlyDictionary<string, string> Fill() => Here == State.ShowingCandidate
        ? candidate?.CardHoles(Turn.Language) ?? []
        : new Dictionary<string, string>(Draft.Body().Holes(units, Turn.Language))
        {
            ["hint"] = Draft.Hint,
            ["wanted"] = Draft.Wanted ?? "",
            ["number"] = Draft.Outcome?.Number ?? Draft.Answers ?? "",
        };

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("home", Draft.MayBeNameless), ("place", !Draft.MayBeNameless), ("answer", Draft.Answers is not null),
        ("done", Draft.Outcome?.IsDone == true), ("no-account", Draft.Outcome?.Refusal == Refusal.NoAccount),
        ("too-late", Draft.Outcome?.Refusal is Refusal.TooLate or Refusal.NotThere));
}
