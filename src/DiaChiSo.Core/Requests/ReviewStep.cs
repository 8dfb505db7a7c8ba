using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// What a reviewer does to a request. Asked every time: the right in the request's commune, four eyes, in whose hands it is, and whether the
/// step may follow now. The outcome goes back by <paramref name="Tells"/>; nothing is thrown for what a person did.
/// </summary>
public abstract record ReviewStep(string Number, Action<RequestOutcome> Tells) : Effect
{
    public override bool IsSubmission => true;

    internal abstract RequestStep Step { get; }

    public sealed override async Task Apply(EffectScope scope, CancellationToken ct) => Tells(await Try(scope, ct));

    /// <summary>Does it, or says why not. The status has not changed yet; it does when the outcome is done.</summary>
    internal abstract Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct);

    /// <summary>After the status changed and everything is saved: who is told.</summary>
    internal virtual Task TellOthers(EffectScope scope, Request request, CancellationToken ct) => Task.CompletedTask;

    internal virtual bool IsInRightHands(Request request, EffectScope scope) => request.ClaimedBy == scope.Turn.PersonId;

    private async Task<RequestOutcome> Try(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        if (await scope.Db.Set<Request>().FirstOrDefaultAsync(row => row.Number == Number, ct) is not { } request
            || !await scope.Get<Policy>().May(me, Right.Review, scope.Now, request.Commune, ct))
        {
            return RequestOutcome.Refused(Number, Refusal.NotThere);
        }
        if (await FourEyes.IsOwn(scope.Db, request, me, ct))
        {
            return RequestOutcome.Refused(Number, Refusal.OwnRequest);
        }
        var life = new RequestLifecycle(request);
        if (!life.Permits(Step))
        {
            return RequestOutcome.Refused(Number, Refusal.TooLate);
        }
        if (!IsInRightHands(request, scope))
        {
            return RequestOutcome.Refused(Number, Refusal.InOtherHands);
        }
        var outcome = await Decide(scope, request, ct);
        if (outcome.IsDone)
        {
            life.Take(Step);
            request.Version++;
            scope.Write(ActOf(Step), request.TargetCode ?? request.IssuedCode, request.Number, Right.Review);
            await scope.Db.SaveChangesAsync(ct);
            await TellOthers(scope, request, ct);
        }
        return outcome;
    }

    private static AuditAct ActOf(RequestStep step) => step switch
    {
        RequestStep.Claim => AuditAct.RequestTaken,
        RequestStep.Release => AuditAct.RequestPutBack,
        RequestStep.AskForMore => AuditAct.MoreWanted,
        RequestStep.Approve => AuditAct.RequestApproved,
        RequestStep.Reject => AuditAct.RequestRejected,
        RequestStep.MarkDuplicate => AuditAct.RequestMarkedDuplicate,
        RequestStep.ApproveWithoutCode => AuditAct.RequestApprovedWithoutCode,
        RequestStep.TakeBack => AuditAct.AnswerTakenBack,
        _ => throw new InvalidOperationException($"{step} is not a reviewer's step"),
    };
}

/// <summary>Takes a request in hand: from now on it is this reviewer's, until decided, put back, or held longer than <see cref="Limits.ClaimHeld"/>.</summary>
public sealed record ClaimRequest(string Number, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.Claim;

    internal override bool IsInRightHands(Request request, EffectScope scope) =>
        request.ClaimedBy is null || request.ClaimedBy == scope.Turn.PersonId || request.ClaimedAt + Limits.ClaimHeld <= scope.Now;

    internal override Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        request.ClaimedBy = scope.Turn.PersonId;
        request.ClaimedAt = scope.Now;
        return Task.FromResult(RequestOutcome.Done(Number));
    }
}

/// <summary>Puts a request back for the other reviewers.</summary>
public sealed record ReleaseRequest(string Number, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.Release;

    internal override Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        request.ClaimedBy = null;
        request.ClaimedAt = null;
        return Task.FromResult(RequestOutcome.Done(Number));
    }
}

/// <summary>Turns a request down. The requester reads <paramref name="Reason"/> word for word.</summary>
public sealed record RejectRequest(string Number, string Reason, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.Reject;

    internal override Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct) =>
        Task.FromResult(request.Answer(scope, Reason));

    internal override Task TellOthers(EffectScope scope, Request request, CancellationToken ct) => RequestNews.TellRequester(scope, request, "rejected", ct);
}

/// <summary>Asks the requester for more. They read <paramref name="What"/> word for word, and their answer keeps the number.</summary>
public sealed record AskForMore(string Number, string What, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.AskForMore;

    internal override Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        var outcome = request.Answer(scope, What);
        request.ClaimedBy = null;
        request.ClaimedAt = null;
        return Task.FromResult(outcome);
    }

    internal override Task TellOthers(EffectScope scope, Request request, CancellationToken ct) => RequestNews.TellRequester(scope, request, "more-wanted", ct);
}

/// <summary>Says that a request repeats <paramref name="Of"/>: ten figures of an address, or another request's number.</summary>
public sealed record MarkDuplicate(string Number, string Of, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.MarkDuplicate;

    internal override async Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        string? original = null;
        if (Register.AddressCode.TryRead(Of, out var code))
        {
            original = await scope.Db.Set<Register.DigitalAddress>().AnyAsync(address => address.Code == code, ct) ? code.ToString() : null;
        }
        else if (RequestNumber.TryRead(Of, out var other) && other != Number)
        {
            original = await scope.Db.Set<Request>().AnyAsync(row => row.Number == other, ct) ? other : null;
        }
        if (original is null)
        {
            return RequestOutcome.Refused(Number, Refusal.OriginalNotThere);
        }
        request.DuplicateOf = original;
        return request.Answer(scope, reason: null);
    }

    internal override Task TellOthers(EffectScope scope, Request request, CancellationToken ct) => RequestNews.TellRequester(scope, request, "duplicate", ct);
}

internal static class Answers
{
    /// <summary>Writes down who answered, when, and in which words.</summary>
    public static RequestOutcome Answer(this Request request, EffectScope scope, string? reason)
    {
        request.DecidedBy = scope.Turn.PersonId;
        request.DecidedAt = scope.Now;
        request.ReasonBefore = request.Reason;
        request.Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        return RequestOutcome.Done(request.Number);
    }
}
