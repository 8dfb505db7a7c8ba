using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.ConfirmAddress;

/// <summary>
/// Thông báo địa chỉ số: a collaborator at the gate tells the owner the code, reads the record out, corrects it and notes how the visit ended.
/// Here: what may follow what. ConfirmAddress.Hear: what free input means. ConfirmAddress.Fill: the values shown.
/// </summary>
/// <remarks>The people of the address (<see cref="IContactBook"/>) are read only from "bắt đầu thông báo" on, and that is written down.</remarks>
[Dialog(Command = "thongbao", Alias = "confirm", Menu = 5, Needs = Right.Confirm, KeepsDraft = true)]
public sealed partial class ConfirmAddress(IAddressRegister register, Understanding understanding, IContactBook book, IVisitBook visits, Policy policy)
    : Dialog<ConfirmAddress.State, ConfirmAddress.Trigger, ConfirmAddress.Notes>
{
    public enum State
    {
        AskingAddress, ChoosingMatch, ChoosingNearby, NothingFound, OutsideArea, ShowingAddress,
        CheckingRecord, ChoosingField, AskingName, TakingCategory, TakingDetail, TakingContact, TakingGate, ReviewingWithOwner, AskingNote,
        ChoosingOutcome, AskingDay, AskingOriginal, ReviewingOutcome, Recorded, HandedToRequestNew, Closed,
    }

    public enum Trigger
    {
        FoundOne, FoundSeveral, FoundNearby, FoundNone, FoundOutside, NotInList, SearchAgain, RequestNew, Close,
        Begin, AllCorrect, SomethingWrong, ShowPhone, CannotBeDone, LookAgain,
        WrongName, WrongCategory, WrongDetail, WrongContact, WrongGate, NoName, NameGiven, CategoryGiven, DetailGiven, ContactGiven, GateGiven,
        AgreedAloud, SignedPaper, OwnerRefused, AddNote, NoteGiven, NoNote,
        NobodyHome, Refused, NotFound, NoLongerThere, WrongArea, Duplicate, DayGiven, OriginalGiven, RecordOutcome, ChooseAgain, Next,
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        MapSearch(map);
        MapRecord(map);
        MapOtherOutcomes(map);
        map.Configure(State.Recorded)
            .PermitIf(Trigger.LookAgain, State.CheckingRecord, () => Draft.Result?.Refusal == VisitRefusal.AddressChanged, "the record was changed meanwhile")
            .Permit(Trigger.Next, State.AskingAddress)
            .Permit(Trigger.Close, State.Closed);
    }

    // Find it: by code or words; without a house number, among what lies around the person who stands there (domain.md §2).
    private void MapSearch(StateMachine<State, Trigger> map)
    {
        foreach (var searching in (State[])[State.AskingAddress, State.ChoosingMatch, State.ChoosingNearby, State.NothingFound, State.OutsideArea, State.ShowingAddress])
        {
            var page = map.Configure(searching).Permit(Trigger.Close, State.Closed);
            foreach (var (trigger, found) in (ReadOnlySpan<(Trigger, State)>)[(Trigger.FoundOne, State.ShowingAddress), (Trigger.FoundSeveral, State.ChoosingMatch),
                (Trigger.FoundNearby, State.ChoosingNearby), (Trigger.FoundNone, State.NothingFound), (Trigger.FoundOutside, State.OutsideArea)])
            {
                _ = found == searching ? page.PermitReentry(trigger) : page.Permit(trigger, found);
            }
            if (searching != State.AskingAddress)
            {
                page.Permit(Trigger.SearchAgain, State.AskingAddress);
            }
        }
        map.Configure(State.AskingAddress)
            .OnEntryFrom(Trigger.Next, () => Draft.Forget())
            .OnEntryFrom(Trigger.SearchAgain, () => Draft.Forget());
        map.Configure(State.ChoosingMatch).Permit(Trigger.NotInList, State.NothingFound);
        map.Configure(State.ChoosingNearby).Permit(Trigger.NotInList, State.NothingFound);
        // The plan (step 4): a collaborator too asks for a code where a house has none.
        map.Configure(State.NothingFound).Permit(Trigger.RequestNew, State.HandedToRequestNew);
        map.Configure(State.HandedToRequestNew).OnEntry(() => Do(new HandOver("RequestNew", new Query(Draft.Words, Draft.Place))));
        map.Configure(State.ShowingAddress)
            .Permit(Trigger.Begin, State.CheckingRecord)
            .Permit(Trigger.CannotBeDone, State.ChoosingOutcome);
    }

    // Read it out, correct it, have the owner agree.
    private void MapRecord(StateMachine<State, Trigger> map)
    {
        map.Configure(State.CheckingRecord)
            .OnEntryFrom(Trigger.Begin, () => WriteDown(AuditAct.SawContact))
            .OnEntryFrom(Trigger.ShowPhone, () =>
            {
                Draft.ShowsPhone = true;
                WriteDown(AuditAct.SawWholeContact);
            })
            .OnExit(() => Draft.ShowsPhone = false)     // each showing is a tap of its own
            .OnEntryFrom(Trigger.NoName, () => Draft.Correct(RequestField.Name, body => body with { Name = null }))
            .OnEntryFrom(Trigger.LookAgain, () =>
            {
                // Somebody changed the record meanwhile: from here on this is what was read out.
                Draft.SeenVersion = Draft.Result?.Version ?? Draft.SeenVersion;
                Draft.Result = null;
            })
            .PermitReentryIf(Trigger.ShowPhone, () => !Draft.ShowsPhone && Present is { Phone: not "" } or { Email: not "" }, "there is a phone or an e-mail, and it is masked")
            .Permit(Trigger.AllCorrect, State.ReviewingWithOwner)
            .Permit(Trigger.SomethingWrong, State.ChoosingField)
            .Permit(Trigger.CannotBeDone, State.ChoosingOutcome);
        map.Configure(State.ChoosingField)
            .Permit(Trigger.WrongName, State.AskingName)
            .Permit(Trigger.WrongCategory, State.TakingCategory)
            .Permit(Trigger.WrongDetail, State.TakingDetail)
            .Permit(Trigger.WrongContact, State.TakingContact)
            .Permit(Trigger.WrongGate, State.TakingGate)
            .Permit(Trigger.LookAgain, State.CheckingRecord);
        map.Configure(State.AskingName)
            .Permit(Trigger.NameGiven, State.CheckingRecord)
            .Permit(Trigger.NoName, State.CheckingRecord);
        map.Configure(State.TakingCategory).Permit(Trigger.CategoryGiven, State.CheckingRecord);
        map.Configure(State.TakingDetail).Permit(Trigger.DetailGiven, State.CheckingRecord);
        map.Configure(State.TakingContact).Permit(Trigger.ContactGiven, State.CheckingRecord);
        map.Configure(State.TakingGate).Permit(Trigger.GateGiven, State.CheckingRecord);
        Calls(State.TakingCategory, "Category", () => Draft.Corrections.Category ?? address?.Category);
        Calls(State.TakingDetail, "DetailedAddress", () => Draft.Corrections.Detail ?? KnownDetail);
        Calls(State.TakingContact, "ContactPerson", () => Present);
        Calls(State.TakingGate, "Gate", () => new GateNeed(Draft.Corrections.Gate?.Point ?? address?.Gate, address?.Commune.Key));

        map.Configure(State.ReviewingWithOwner)
            .Permit(Trigger.AgreedAloud, State.Recorded)
            .Permit(Trigger.SignedPaper, State.Recorded)
            .Permit(Trigger.OwnerRefused, State.ReviewingOutcome)
            .Permit(Trigger.AddNote, State.AskingNote)
            .Permit(Trigger.LookAgain, State.CheckingRecord);
        map.Configure(State.AskingNote)
            .OnEntryFrom(Trigger.AddNote, () => Draft.Note = null)
            .PermitIf(Trigger.NoteGiven, State.ReviewingWithOwner, () => Draft.Outcome == VisitOutcome.Done, "done")
            .PermitIf(Trigger.NoNote, State.ReviewingWithOwner, () => Draft.Outcome == VisitOutcome.Done, "done")
            .PermitIf(Trigger.NoteGiven, State.ReviewingOutcome, () => Draft.Outcome != VisitOutcome.Done, "not done")
            .PermitIf(Trigger.NoNote, State.ReviewingOutcome, () => Draft.Outcome != VisitOutcome.Done, "not done");
        map.Configure(State.Recorded)
            .OnEntryFrom(Trigger.AgreedAloud, () => Record(OwnerAgreement.SaidAloud))
            .OnEntryFrom(Trigger.SignedPaper, () => Record(OwnerAgreement.Signed));
    }

    // It could not be done: why, and what then (domain.md §2, the outcomes of a visit).
    private void MapOtherOutcomes(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ChoosingOutcome)
            .Permit(Trigger.NobodyHome, State.AskingDay)
            .Permit(Trigger.Refused, State.ReviewingOutcome)
            .Permit(Trigger.NotFound, State.ReviewingOutcome)
            .Permit(Trigger.NoLongerThere, State.ReviewingOutcome)
            .Permit(Trigger.WrongArea, State.ReviewingOutcome)
            .Permit(Trigger.Duplicate, State.AskingOriginal);
        map.Configure(State.AskingDay).Permit(Trigger.DayGiven, State.ReviewingOutcome);
        map.Configure(State.AskingOriginal).Permit(Trigger.OriginalGiven, State.ReviewingOutcome);
        map.Configure(State.ReviewingOutcome)
            .OnEntryFrom(Trigger.OwnerRefused, () => Draft.Outcome = VisitOutcome.Refused)
            .OnEntryFrom(Trigger.Refused, () => Draft.Outcome = VisitOutcome.Refused)
            .OnEntryFrom(Trigger.NotFound, () => Draft.Outcome = VisitOutcome.NotFound)
            .OnEntryFrom(Trigger.NoLongerThere, () => Draft.Outcome = VisitOutcome.NoLongerThere)
            .OnEntryFrom(Trigger.WrongArea, () => Draft.Outcome = VisitOutcome.WrongArea)
            .OnEntryFrom(Trigger.DayGiven, () => Draft.Outcome = VisitOutcome.NobodyHome)
            .OnEntryFrom(Trigger.OriginalGiven, () => Draft.Outcome = VisitOutcome.Duplicate)
            .Permit(Trigger.RecordOutcome, State.Recorded)
            .Permit(Trigger.AddNote, State.AskingNote)
            .Permit(Trigger.ChooseAgain, State.ChoosingOutcome);
        map.Configure(State.Recorded).OnEntryFrom(Trigger.RecordOutcome, () => Record(null));
        map.Configure(State.ReviewingWithOwner).OnEntryFrom(Trigger.AllCorrect, () => Draft.Outcome = VisitOutcome.Done);
    }

    private void WriteDown(AuditAct act) => Do(new RecordSeen(act, Draft.Code, null, Right.Confirm));

    private void Record(OwnerAgreement? agreement) => Do(new RecordVisit(
        new Visit(Draft.Code!.Value, Draft.SeenVersion, Draft.Outcome)
        {
            Corrections = Draft.Outcome == VisitOutcome.Done ? Draft.Corrections : new RequestBody(),
            Agreement = agreement,
            ComeAgainOn = Draft.Outcome == VisitOutcome.NobodyHome ? Draft.ComeAgainOn : null,
            DuplicateOf = Draft.Outcome == VisitOutcome.Duplicate ? Draft.Original : null,
            Note = Draft.Note,
        },
        result => Draft.Result = result));

    protected override bool IsQuiet => Here == State.Recorded;

    // At every turn, also while Gate or ContactPerson is on top.
    protected override string? InCommune => Draft.Commune;

    protected override string? InVillage => Draft.Village;
}
