using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Review;

/// <summary>
/// Duyệt yêu cầu: a reviewer takes one waiting request at a time, sees old beside new, and answers it. Here: what may follow what.
/// Review.Hear: what free input means. Review.Fill: the values shown.
/// </summary>
/// <remarks><see cref="IReviewQueue"/> shows personal data, only of the communes in which the right holds now; each opening is written down.</remarks>
[Dialog(Command = "duyet", Alias = "review", Menu = 6, Needs = Right.Review)]
public sealed partial class Review(IReviewQueue queue, IAddressRegister register, AdministrativeUnits units, Texts texts) : Dialog<Review.State, Review.Trigger, Review.Notes>
{
    public enum State { ShowingQueue, ShowingRequest, NotForMe, AskingCode, AskingReason, AskingWish, AskingOriginal, ReviewingAnswer, Answered, Closed }

    public enum Trigger
    {
        Opened, CannotBeOpened, BackToQueue, Close, ShowPhone,
        Approve, IssueCode, Reject, AskForMore, Duplicate, PutBack, CodeGiven, ReasonGiven, WishGiven, OriginalGiven, Send, TypeAgain, LookAgain,
    }

    public enum Decision { Approve, IssueCode, Reject, AskForMore, Duplicate }

    public sealed class Notes
    {
        /// <summary>The numbers in the queue, as they were shown.</summary>
        public List<string> Shown { get; set; } = [];

        /// <summary>The request on the table.</summary>
        public string Number { get; set; } = "";

        public RequestKind Kind { get; set; }

        /// <summary>The address that it wants changed.</summary>
        public AddressCode? Target { get; set; }

        /// <summary>Code of the commune of today in which the right must hold.</summary>
        public string? Commune { get; set; }

        /// <summary>The version of the address that was shown beside the wish.</summary>
        public int? SeenVersion { get; set; }

        public bool ShowsPhone { get; set; }
        public Decision Decision { get; set; }
        public AddressCode? Issued { get; set; }

        /// <summary>The reviewer's words to the requester.</summary>
        public string Words { get; set; } = "";

        /// <summary>Ten figures of an address, or another request's number.</summary>
        public string Original { get; set; } = "";

        public RequestOutcome? Outcome { get; set; }
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingQueue)
            .OnEntryFrom(Trigger.BackToQueue, LeaveTheTable)
            .OnEntryFrom(Trigger.PutBack, () =>
            {
                Do(new ReleaseRequest(Draft.Number, _ => { }));
                LeaveTheTable();
            })
            .Permit(Trigger.Opened, State.ShowingRequest)
            .Permit(Trigger.CannotBeOpened, State.NotForMe)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NotForMe)
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);

        // Whoever opens a request has it in hand: two reviewers do not answer the same one.
        map.Configure(State.ShowingRequest)
            .OnEntryFrom(Trigger.Opened, () =>
            {
                Do(new ClaimRequest(Draft.Number, outcome => Draft.Outcome = outcome));
                WriteDown(AuditAct.SawContact);
            })
            .OnEntryFrom(Trigger.ShowPhone, () =>
            {
                Draft.ShowsPhone = true;
                WriteDown(AuditAct.SawWholeContact);
            })
            .OnEntryFrom(Trigger.LookAgain, () => (Draft.SeenVersion, Draft.Outcome) = (request?.Target?.Version, null))
            .OnExit(() => Draft.ShowsPhone = false)     // each showing is a tap of its own
            .PermitReentryIf(Trigger.ShowPhone, () => !Draft.ShowsPhone && HasContact, "there is a phone or an e-mail, and it is masked")
            .PermitIf(Trigger.Approve, State.Answered, () => Draft.Kind == RequestKind.Update, "an update")
            .PermitIf(Trigger.IssueCode, State.AskingCode, () => Draft.Kind == RequestKind.New, "a new address")
            .Permit(Trigger.Reject, State.AskingReason)
            .Permit(Trigger.AskForMore, State.AskingWish)
            .Permit(Trigger.Duplicate, State.AskingOriginal)
            .Permit(Trigger.PutBack, State.ShowingQueue);

        map.Configure(State.AskingCode).Permit(Trigger.CodeGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingReason).Permit(Trigger.ReasonGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingWish).Permit(Trigger.WishGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingOriginal).Permit(Trigger.OriginalGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        // A code has no check digit and an answer cannot be taken back: both are read back first (domain.md §3).
        map.Configure(State.ReviewingAnswer)
            .OnEntryFrom(Trigger.CodeGiven, () => Draft.Decision = Decision.IssueCode)
            .OnEntryFrom(Trigger.ReasonGiven, () => Draft.Decision = Decision.Reject)
            .OnEntryFrom(Trigger.WishGiven, () => Draft.Decision = Decision.AskForMore)
            .OnEntryFrom(Trigger.OriginalGiven, () => Draft.Decision = Decision.Duplicate)
            .Permit(Trigger.Send, State.Answered)
            .PermitIf(Trigger.TypeAgain, State.AskingCode, () => Draft.Decision == Decision.IssueCode, "a code")
            .PermitIf(Trigger.TypeAgain, State.AskingReason, () => Draft.Decision == Decision.Reject, "a reason")
            .PermitIf(Trigger.TypeAgain, State.AskingWish, () => Draft.Decision == Decision.AskForMore, "what more is wanted")
            .PermitIf(Trigger.TypeAgain, State.AskingOriginal, () => Draft.Decision == Decision.Duplicate, "the other one")
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.Answered)
            .OnEntryFrom(Trigger.Approve, () =>
            {
                Draft.Decision = Decision.Approve;
                Do(Answer());
            })
            .OnEntryFrom(Trigger.Send, () => Do(Answer()))
            .PermitIf(Trigger.LookAgain, State.ShowingRequest, () => Draft.Outcome is { IsDone: false, Refusal: not (Refusal.NotThere or Refusal.TooLate or Refusal.InOtherHands) }, "it still can be answered")
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);
    }

    private Effect Answer()
    {
        return Draft.Decision switch
        {
            Decision.Reject => new RejectRequest(Draft.Number, Draft.Words, Note),
            Decision.AskForMore => new AskForMore(Draft.Number, Draft.Words, Note),
            Decision.Duplicate => new MarkDuplicate(Draft.Number, Draft.Original, Note),
            Decision.IssueCode => new ApproveRequest(Draft.Number, Draft.Issued, null, Note),
            _ => new ApproveRequest(Draft.Number, null, Draft.SeenVersion, Note),
        };

        void Note(RequestOutcome outcome) => Draft.Outcome = outcome;
    }

    private void LeaveTheTable() => (Draft.Number, Draft.Commune, Draft.SeenVersion, Draft.Issued, Draft.Words, Draft.Original, Draft.Outcome) = ("", null, null, null, "", "", null);

    private void WriteDown(AuditAct act) => Do(new RecordSeen(act, Draft.Target, Draft.Number, Right.Review));

    protected override string? InCommune => Draft.Commune;
}
