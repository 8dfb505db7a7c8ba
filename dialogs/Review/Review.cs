using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Review;

/// <summary>
/// Duyệt yêu cầu: a reviewer takes one waiting request at a time, sees old beside new, and answers it; what is alike and undoubted several at once. Here:
/// what may follow what. Review.Notes: what is remembered. Review.Hear: what free input means. Review.Fill and Review.Words: the values shown.
/// </summary>
/// <remarks><see cref="IReviewQueue"/> shows personal data, only of the communes in which the right holds now; each opening is written down.</remarks>
[Dialog(Command = "duyet", Alias = "review", Menu = 6, Needs = Right.Review)]
public sealed partial class Review(IReviewQueue queue, IAddressRegister register, AdministrativeUnits units, Texts texts) : Dialog<Review.State, Review.Trigger, Review.Notes>
{
    public enum State
    {
        ShowingQueue, ChoosingFilter, ChoosingAlike, ReviewingAlike, AlikeApproved,
        ShowingRequest, NotForMe, AskingCode, DecidingField, AskingReason, AskingWish, AskingOriginal, ReviewingAnswer, Answered, TakenBack, Closed,
    }

    public enum Trigger
    {
        Opened, CannotBeOpened, BackToQueue, Close, ShowPhone, TurnPage, Filter, FilterPicked, SeveralAlike, AlikePicked, ApproveAll,
        Approve, DecideFields, TakeWish, KeepNow, IssueCode, ApproveWithoutCode, Reject, AskForMore, Duplicate, PutBack,
        CodeGiven, ReasonGiven, WishGiven, OriginalGiven, Send, TypeAgain, LookAgain, TakeBack,
    }

    public enum Decision { Approve, Fields, IssueCode, WithoutCode, Reject, AskForMore, Duplicate }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        MapQueue(map);
        MapRequest(map);
        MapAnswer(map);
    }

    private void MapQueue(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingQueue)
            .OnEntryFrom(Trigger.BackToQueue, () => Draft.LeaveTheTable())
            .OnEntryFrom(Trigger.PutBack, () =>
            {
                if (!Draft.WaitsForCode)
                {
                    Do(new ReleaseRequest(Draft.Number, _ => { }));
                }
                Draft.LeaveTheTable();
            })
            .PermitReentry(Trigger.TurnPage)
            .Permit(Trigger.Filter, State.ChoosingFilter)
            .Permit(Trigger.SeveralAlike, State.ChoosingAlike)
            .Permit(Trigger.Opened, State.ShowingRequest)
            .Permit(Trigger.CannotBeOpened, State.NotForMe)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingFilter)
            .Permit(Trigger.FilterPicked, State.ShowingQueue)
            .Permit(Trigger.BackToQueue, State.ShowingQueue);

        map.Configure(State.ChoosingAlike)
            .Permit(Trigger.AlikePicked, State.ReviewingAlike)
            .Permit(Trigger.BackToQueue, State.ShowingQueue);
        map.Configure(State.ReviewingAlike)
            .Permit(Trigger.ApproveAll, State.AlikeApproved)
            .Permit(Trigger.BackToQueue, State.ShowingQueue);
        map.Configure(State.AlikeApproved)
            .OnEntryFrom(Trigger.ApproveAll, () => Do(new ApproveAlike(Draft.Alike!, outcomes => Draft.Outcomes = [.. outcomes])))
            .Permit(Trigger.Opened, State.ShowingRequest)
            .Permit(Trigger.CannotBeOpened, State.NotForMe)
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);

        map.Configure(State.NotForMe)
            .PermitIf(Trigger.TakeBack, State.TakenBack, () => Draft.MayTakeBack, "one's own answer of minutes ago")
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);
    }

    // Whoever opens a request has it in hand: two reviewers do not answer the same one. What waits for its code is answered, and in nobody's.
    private void MapRequest(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingRequest)
            .OnEntryFrom(Trigger.Opened, () =>
            {
                if (!Draft.WaitsForCode)
                {
                    Do(new ClaimRequest(Draft.Number, outcome => Draft.Outcome = outcome));
                }
                WriteDown(AuditAct.SawContact);
            })
            .OnEntryFrom(Trigger.ShowPhone, () =>
            {
                Draft.ShowsPhone = true;
                WriteDown(AuditAct.SawWholeContact);
            })
            .OnEntryFrom(Trigger.LookAgain, () => Draft.Look(request))
            .OnExit(() => Draft.ShowsPhone = false)     // each showing is a tap of its own
            .PermitReentryIf(Trigger.ShowPhone, () => !Draft.ShowsPhone && HasContact, "there is a phone or an e-mail, and it is masked")
            .PermitIf(Trigger.Approve, State.Answered, () => Draft.Kind == RequestKind.Update && !Draft.IsContested, "an update that nothing speaks against")
            .PermitIf(Trigger.DecideFields, State.DecidingField, () => Draft.Kind == RequestKind.Update && (Draft.IsContested || Draft.Fields.Count > 1), "changed since, or several fields")
            .PermitIf(Trigger.IssueCode, State.AskingCode, () => Draft.Kind == RequestKind.New, "a new address")
            .PermitIf(Trigger.ApproveWithoutCode, State.Answered, () => Draft.Kind == RequestKind.New && !Draft.WaitsForCode, "a new address whose code is still to come")
            .PermitIf(Trigger.Reject, State.AskingReason, () => !Draft.WaitsForCode, "not answered yet")
            .PermitIf(Trigger.AskForMore, State.AskingWish, () => !Draft.WaitsForCode, "not answered yet")
            .PermitIf(Trigger.Duplicate, State.AskingOriginal, () => !Draft.WaitsForCode, "not answered yet")
            .Permit(Trigger.PutBack, State.ShowingQueue);

        map.Configure(State.AskingCode).Permit(Trigger.CodeGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        // Field by field: the wish, or what stands there now. What is not taken over needs a reason; nothing taken over is a rejection.
        map.Configure(State.DecidingField)
            .OnEntryFrom(Trigger.DecideFields, () => Draft.BeginFields())
            .OnEntryFrom(Trigger.TakeWish, () => Draft.Decide(isTaken: true))
            .OnEntryFrom(Trigger.KeepNow, () => Draft.Decide(isTaken: false))
            .PermitReentryIf(Trigger.TakeWish, () => !Draft.IsLastField, "another field")
            .PermitReentryIf(Trigger.KeepNow, () => !Draft.IsLastField, "another field")
            .PermitIf(Trigger.TakeWish, State.ReviewingAnswer, () => Draft.IsLastField && Draft.Kept.Count == 0, "all are taken over")
            .PermitIf(Trigger.TakeWish, State.AskingReason, () => Draft.IsLastField && Draft.Kept.Count > 0, "some are kept")
            .PermitIf(Trigger.KeepNow, State.AskingReason, () => Draft.IsLastField, "the last one is kept")
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingReason)
            .OnEntryFrom(Trigger.Reject, () => Draft.ForgetFields())
            .OnEntryFrom(Trigger.TakeWish, () => Draft.Decide(isTaken: true))
            .OnEntryFrom(Trigger.KeepNow, () => Draft.Decide(isTaken: false))
            .Permit(Trigger.ReasonGiven, State.ReviewingAnswer)
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingWish).Permit(Trigger.WishGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.AskingOriginal).Permit(Trigger.OriginalGiven, State.ReviewingAnswer).Permit(Trigger.LookAgain, State.ShowingRequest);
    }

    // A code has no check digit, and people read the answer at once: both are read back first (domain.md §3).
    private void MapAnswer(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ReviewingAnswer)
            .OnEntryFrom(Trigger.CodeGiven, () => Draft.Decision = Decision.IssueCode)
            .OnEntryFrom(Trigger.TakeWish, () =>
            {
                Draft.Decide(isTaken: true);
                Draft.Decision = Decision.Fields;
            })
            .OnEntryFrom(Trigger.ReasonGiven, () => Draft.Decision = Draft.Taken.Count > 0 ? Decision.Fields : Decision.Reject)
            .OnEntryFrom(Trigger.WishGiven, () => Draft.Decision = Decision.AskForMore)
            .OnEntryFrom(Trigger.OriginalGiven, () => Draft.Decision = Decision.Duplicate)
            .Permit(Trigger.Send, State.Answered)
            .PermitIf(Trigger.TypeAgain, State.AskingCode, () => Draft.Decision == Decision.IssueCode, "a code")
            .PermitIf(Trigger.TypeAgain, State.AskingReason, () => Draft.Decision == Decision.Reject || (Draft.Decision == Decision.Fields && Draft.Kept.Count > 0), "a reason")
            .PermitIf(Trigger.TypeAgain, State.AskingWish, () => Draft.Decision == Decision.AskForMore, "what more is wanted")
            .PermitIf(Trigger.TypeAgain, State.AskingOriginal, () => Draft.Decision == Decision.Duplicate, "the other one")
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.Answered)
            .OnEntryFrom(Trigger.Approve, () => Answer(Decision.Approve))
            .OnEntryFrom(Trigger.ApproveWithoutCode, () => Answer(Decision.WithoutCode))
            .OnEntryFrom(Trigger.Send, () => Answer(Draft.Decision))
            .PermitIf(Trigger.TakeBack, State.TakenBack, () => Draft.Outcome?.IsDone == true, "it is answered")
            .PermitIf(Trigger.LookAgain, State.ShowingRequest, () => Draft.Outcome is { IsDone: false, Refusal: not (Refusal.NotThere or Refusal.TooLate or Refusal.InOtherHands) }, "it still can be answered")
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.TakenBack)
            .OnEntryFrom(Trigger.TakeBack, () => Do(new TakeAnswerBack(Draft.Number, Note)))
            .PermitIf(Trigger.LookAgain, State.ShowingRequest, () => Draft.Outcome?.IsDone == true, "it is in one's hands again")
            .Permit(Trigger.BackToQueue, State.ShowingQueue)
            .Permit(Trigger.Close, State.Closed);
    }

    private void Answer(Decision decision)
    {
        Draft.Decision = decision;
        Do(decision switch
        {
            Decision.Reject => new RejectRequest(Draft.Number, Draft.Words, Note),
            Decision.AskForMore => new AskForMore(Draft.Number, Draft.Words, Note),
            Decision.Duplicate => new MarkDuplicate(Draft.Number, Draft.Original, Note),
            Decision.IssueCode => new ApproveRequest(Draft.Number, Draft.Issued, null, Note),
            Decision.WithoutCode => new ApproveWithoutCode(Draft.Number, Note),
            Decision.Fields => new ApproveRequest(Draft.Number, null, Draft.SeenVersion, Note) { Fields = [.. Draft.Taken], Reason = Draft.Words },
            _ => new ApproveRequest(Draft.Number, null, Draft.SeenVersion, Note),
        });
    }

    private void Note(RequestOutcome outcome) => Draft.Outcome = outcome;

    private void WriteDown(AuditAct act) => Do(new RecordSeen(act, Draft.Target, Draft.Number, Right.Review));

    protected override bool IsQuiet => Here == State.Answered;

    protected override string? InCommune => Draft.Commune;
}
