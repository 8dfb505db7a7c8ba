using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.UpdateAddress;

/// <summary>
/// Cập nhật địa chỉ: asks for a change of an address that the register has. The page of old and new shows of the old only what a plate
/// shows: this dialog cannot see an owner's data. Also opened again when the post office wants more.
/// </summary>
[Dialog(Command = "capnhat", Alias = "update", Menu = 3, KeepsDraft = true)]
public sealed partial class UpdateAddress(IAddressRegister register, IRequests requests, AdministrativeUnits units)
    : Dialog<UpdateAddress.State, UpdateAddress.Trigger, UpdateAddress.Form>
{
    public enum State
    {
        TakingAccount, FindingAddress, AddressGone, ChoosingField, TakingCategory, AskingName, TakingDetail, TakingContact, TakingGate,
        NothingChanged, Reviewing, DroppingChange, AskingNote, Sent, Declined, HandedToRequestNew, HandedToTrack, Closed,
    }

    public enum Trigger
    {
        AccountGiven, AccountRefused, AddressPicked, AddressIsGone, RequestNew, FindAnother, ChangeCategory, ChangeName, ChangeDetail, ChangeContact,
        ChangeGate, Changed, NameNeeded, SameAsBefore, ChangeMore, DropChange, Compare, NoteGiven, NothingToAdd, Submit, VerifyAgain, SeeRequest, Close,
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        Calls(State.TakingAccount, "Account", () => AccountNeed.ForRequests);
        map.Configure(State.TakingAccount)
            .PermitIf(Trigger.AccountGiven, State.FindingAddress, () => Draft.Code is null)
            .PermitIf(Trigger.AccountGiven, State.AskingNote, () => Draft.IsNoteOpen)
            .PermitIf(Trigger.AccountGiven, State.Reviewing, () => Draft.Code is not null && !Draft.IsNoteOpen && Draft.Changed.Count > 0)
            .PermitIf(Trigger.AccountGiven, State.ChoosingField, () => Draft.Code is not null && !Draft.IsNoteOpen && Draft.Changed.Count == 0)
            .Permit(Trigger.AddressIsGone, State.AddressGone)
            .Permit(Trigger.AccountRefused, State.Declined);
        Calls(State.FindingAddress, "LookUp", () => new Query(Draft.Query?.Words, Draft.Query?.Place, IsPicking: true));
        map.Configure(State.FindingAddress)
            .OnEntryFrom(Trigger.FindAnother, () => Draft.Forget())
            .Permit(Trigger.AddressPicked, State.ChoosingField)
            .Permit(Trigger.AddressIsGone, State.AddressGone)
            // The plan (mục IV, bước 3): not found, so ask for a new one.
            .Permit(Trigger.RequestNew, State.HandedToRequestNew)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AddressGone)
            .Permit(Trigger.FindAnother, State.FindingAddress)
            .Permit(Trigger.Close, State.Closed);

        map.Configure(State.ChoosingField)
            .Permit(Trigger.ChangeContact, State.TakingContact)
            .Permit(Trigger.ChangeDetail, State.TakingDetail)
            .Permit(Trigger.ChangeName, State.AskingName)
            .Permit(Trigger.ChangeCategory, State.TakingCategory)
            .Permit(Trigger.ChangeGate, State.TakingGate)
            .PermitIf(Trigger.Compare, State.Reviewing, () => Draft.Changed.Count > 0)
            .PermitIf(Trigger.FindAnother, State.FindingAddress, () => Draft.Changed.Count == 0 && Draft.Answers is null);
        Calls(State.TakingCategory, "Category", () => Draft.CategoryAsWished);
        Calls(State.TakingDetail, "DetailedAddress", () => Draft.DetailAsWished);
        Calls(State.TakingContact, "ContactPerson", () => Draft.Contact);
        Calls(State.TakingGate, "Gate", () => new GateNeed(Draft.Gate?.Point ?? Draft.Seen?.Gate, Draft.DetailAsWished?.Commune));
        foreach (var asking in new[] { State.TakingCategory, State.AskingName, State.TakingDetail, State.TakingContact, State.TakingGate })
        {
            map.Configure(asking)
                .Permit(Trigger.Changed, State.Reviewing)
                .Permit(Trigger.SameAsBefore, State.NothingChanged);
        }
        // A home that becomes a shop or a school needs a name for its plate.
        map.Configure(State.TakingCategory)
            .Permit(Trigger.NameNeeded, State.AskingName);
        map.Configure(State.NothingChanged)
            .Permit(Trigger.ChangeMore, State.ChoosingField)
            .PermitIf(Trigger.Compare, State.Reviewing, () => Draft.Changed.Count > 0)
            .Permit(Trigger.Close, State.Closed);

        map.Configure(State.Reviewing)
            .OnEntryFrom(Trigger.NothingToAdd, () => (Draft.Note, Draft.IsNoteOpen) = (null, false))
            .Permit(Trigger.Submit, State.Sent)
            .Permit(Trigger.ChangeMore, State.ChoosingField)
            .PermitIf(Trigger.DropChange, State.DroppingChange, () => Draft.Changed.Count > 1);
        map.Configure(State.DroppingChange)
            .Permit(Trigger.Compare, State.Reviewing);
        map.Configure(State.AskingNote)
            .Permit(Trigger.NoteGiven, State.Reviewing)
            .Permit(Trigger.NothingToAdd, State.Reviewing);
        map.Configure(State.Sent)
            .OnEntryFrom(Trigger.Submit, () => Do(new SubmitRequest(Draft.Filled(), outcome => Draft.Outcome = outcome)))
            .PermitIf(Trigger.VerifyAgain, State.TakingAccount, () => Draft.Outcome?.Refusal == Refusal.NoAccount)
            .PermitIf(Trigger.SeeRequest, State.HandedToTrack, () => Draft.Outcome?.IsDone == true)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.HandedToTrack)
            .OnEntry(() => Do(new HandOver("Track", new Query(Draft.Outcome!.Number))));
        map.Configure(State.HandedToRequestNew)
            .OnEntry(() => Do(new HandOver("RequestNew", Draft.Query)));
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
                return returned.As<AccountGiven>() is null ? Trigger.AccountRefused : Draft.IsGone ? Trigger.AddressIsGone : Trigger.AccountGiven;
            case (State.FindingAddress, Returned returned):
                return await TakePicked(returned, ct);
            case (State.TakingCategory, Returned returned):
                return TakeCategory(returned.As<AddressCategory>()!);
            case (State.AskingName, Said said):
                return TakeName(said.Words);
            case (State.TakingDetail, Returned returned):
                Draft.Detail = returned.As<AddressDetail>();
                return Note(RequestField.Detail, Draft.Detail == Draft.Seen!.Detail);
            case (State.TakingContact, Returned returned):
                // Whether it is the same as on record is not for this dialog to know.
                Draft.Contact = returned.As<Contact>();
                return Note(RequestField.Contact, isSame: false);
            case (State.TakingGate, Returned returned):
                Draft.Gate = returned.As<GateFix>();
                return Note(RequestField.Gate, Draft.Gate?.Point == Draft.Seen!.Gate);
            case (State.DroppingChange, Picked picked):
                Draft.Changed.Remove(Draft.InOrder[picked.Index]);
                return Trigger.Compare;
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
            await See(wanted.Target!.Value, ct);
        }
        else if (opened.As<Query>() is { } query)
        {
            Draft.Query = query;
            // A code that the look-up has just shown; any other words go through the look-up, which reads the place back.
            if (AddressCode.TryRead(query.Words, out var code) && await register.Find(code, ct) is not null)
            {
                await See(code, ct);
            }
        }
    }

    private async Task<Trigger?> TakePicked(Returned returned, CancellationToken ct)
    {
        switch (returned.End)
        {
            case "AddressPicked":
                return await See(returned.As<AddressCode>(), ct) ? Trigger.AddressPicked : Trigger.AddressIsGone;
            case "HandedToRequestNew":
                Draft.Query = returned.As<Query>();
                return Trigger.RequestNew;
            default:
                return Trigger.Close;
        }
    }

    /// <summary>Notes the address as it is now: the "old" of the page of old and new, and what the reviewer measures changes by.</summary>
    private async Task<bool> See(AddressCode code, CancellationToken ct)
    {
        var address = await register.Find(code, ct);
        Draft.IsGone = address is null or { Status: AddressStatus.Withdrawn };
        if (address is not null)
        {
            (Draft.Code, Draft.Version, Draft.Seen) = (code, address.Version, SeenAddress.Of(address));
        }
        return !Draft.IsGone;
    }

    private Trigger TakeCategory(AddressCategory category)
    {
        Draft.Category = category;
        var next = Note(RequestField.Category, category == Draft.Seen!.Category);
        return next == Trigger.Changed && category.NameIsPublic && Draft.NameAsWished is null ? Trigger.NameNeeded : next;
    }

    private Trigger? TakeName(string words)
    {
        if (!PlaceName.TryRead(words, out var name))
        {
            return Complain(name.Length > Limits.AnswerLength ? "too-long" : "no-name");
        }
        Draft.Name = name;
        return Note(RequestField.Name, name == Draft.Seen!.Name);
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

    private Trigger Note(RequestField field, bool isSame)
    {
        Draft.Changed.Remove(field);
        if (isSame)
        {
            return Trigger.SameAsBefore;
        }
        Draft.Changed.Add(field);
        return Trigger.Changed;
    }

    protected override bool IsWorthReminding => Here != State.Sent;

    protected override IEnumerable<string> Entries() => Here == State.DroppingChange ? Draft.InOrder.Select(field => field.In(Turn.Language)) : [];
}
