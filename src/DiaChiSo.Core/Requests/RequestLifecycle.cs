using Stateless;
using Stateless.Graph;

namespace DiaChiSo.Core.Requests;

/// <summary>How far a request has come (domain.md §2). Stored by name.</summary>
public enum RequestStatus
{
    Draft,
    Sent,
    BeingVerified,
    MoreWanted,

    /// <summary>A new address that was approved and has no code yet: the post office issues it.</summary>
    WaitingForCode,
    Approved,
    Rejected,
    Duplicate,
    Withdrawn,
}

/// <summary>What happens to a request.</summary>
public enum RequestStep
{
    /// <summary>By the requester: handed in, also again after more was wanted.</summary>
    Send,

    /// <summary>By the requester: no longer wanted.</summary>
    Withdraw,

    /// <summary>The requester's consent is gone: nobody may work on it any more, in whosever hands it is (Law 91/2025/QH15).</summary>
    StopProcessing,

    /// <summary>By a reviewer: takes it in hand.</summary>
    Claim,

    /// <summary>By a reviewer: puts it back for the others.</summary>
    Release,

    AskForMore,
    Approve,

    /// <summary>By a reviewer: a new address is right, and its code is still to come.</summary>
    ApproveWithoutCode,
    Reject,
    MarkDuplicate,

    /// <summary>By the reviewer who answered: takes the answer back.</summary>
    TakeBack,

    /// <summary>By the post office: the data that it handed over have what was asked for, in whosever hands the request is.</summary>
    HandedOver,
}

/// <summary>
/// The life of a request, a second Stateless machine: every change of status goes through it. Who may do a step is not its business
/// (the effects ask the policy); what may follow what is.
/// </summary>
public sealed class RequestLifecycle
{
    private readonly StateMachine<RequestStatus, RequestStep> machine;

    public RequestLifecycle(Request request)
        : this(() => request.Status, status => request.Status = status)
    {
    }

    private RequestLifecycle(Func<RequestStatus> read, Action<RequestStatus> write)
    {
        machine = new StateMachine<RequestStatus, RequestStep>(read, write, FiringMode.Immediate);
        machine.Configure(RequestStatus.Draft)
            .Permit(RequestStep.Send, RequestStatus.Sent);
        // Until somebody opened it, it is the requester's own; then it is in somebody's hands.
        machine.Configure(RequestStatus.Sent)
            .Permit(RequestStep.Withdraw, RequestStatus.Withdrawn)
            .Permit(RequestStep.StopProcessing, RequestStatus.Withdrawn)
            .Permit(RequestStep.Claim, RequestStatus.BeingVerified)
            .Permit(RequestStep.HandedOver, RequestStatus.Approved);
        machine.Configure(RequestStatus.BeingVerified)
            .PermitReentry(RequestStep.Claim)
            .Permit(RequestStep.StopProcessing, RequestStatus.Withdrawn)
            .Permit(RequestStep.Release, RequestStatus.Sent)
            .Permit(RequestStep.AskForMore, RequestStatus.MoreWanted)
            .Permit(RequestStep.Approve, RequestStatus.Approved)
            .Permit(RequestStep.ApproveWithoutCode, RequestStatus.WaitingForCode)
            .Permit(RequestStep.Reject, RequestStatus.Rejected)
            .Permit(RequestStep.MarkDuplicate, RequestStatus.Duplicate)
            .Permit(RequestStep.HandedOver, RequestStatus.Approved);
        // The ball is with the requester: nobody works on it, so it may be answered or given up.
        machine.Configure(RequestStatus.MoreWanted)
            .Permit(RequestStep.Send, RequestStatus.Sent)
            .Permit(RequestStep.Withdraw, RequestStatus.Withdrawn)
            .Permit(RequestStep.StopProcessing, RequestStatus.Withdrawn)
            .Permit(RequestStep.TakeBack, RequestStatus.BeingVerified)
            .Permit(RequestStep.HandedOver, RequestStatus.Approved);
        // The plan, steps 6 and 7: it goes to the post office, and its code comes back with the next hand-over, or a reviewer types it.
        machine.Configure(RequestStatus.WaitingForCode)
            .Permit(RequestStep.StopProcessing, RequestStatus.Withdrawn)
            .Permit(RequestStep.Approve, RequestStatus.Approved)
            .Permit(RequestStep.HandedOver, RequestStatus.Approved)
            .Permit(RequestStep.TakeBack, RequestStatus.BeingVerified);
        // For a few minutes, by the one who answered; then it stands.
        foreach (var answered in (RequestStatus[])[RequestStatus.Approved, RequestStatus.Rejected, RequestStatus.Duplicate])
        {
            machine.Configure(answered).Permit(RequestStep.TakeBack, RequestStatus.BeingVerified);
        }
    }

    /// <summary>Whether this step may follow now.</summary>
    public bool Permits(RequestStep step) => machine.CanFire(step);

    /// <exception cref="InvalidOperationException">The step may not follow: ask <see cref="Permits"/> first.</exception>
    public void Take(RequestStep step) => machine.Fire(step);

    /// <summary>Whether a request of this status still waits for somebody.</summary>
    public static bool IsOpen(RequestStatus status) =>
        status is RequestStatus.Draft or RequestStatus.Sent or RequestStatus.BeingVerified or RequestStatus.MoreWanted or RequestStatus.WaitingForCode;

    /// <summary>The whole machine as a Mermaid drawing.</summary>
    public static string Diagram() => MermaidGraph.Format(new RequestLifecycle(() => RequestStatus.Draft, _ => { }).machine.GetInfo());
}
