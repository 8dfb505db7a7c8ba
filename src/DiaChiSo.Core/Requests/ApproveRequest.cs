using DiaChiSo.Core.Owners;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Approves a request and changes the register in the same transaction. An update is refused when one of its fields was changed since the
/// requester saw the address, unless the reviewer has seen that too. A new address needs the code that the post office issued; it then waits
/// to be confirmed (domain.md §2, step 7).
/// </summary>
/// <param name="Issued">For a new address: its code. Null for an update.</param>
/// <param name="SeenVersion">For an update: the version of the address that the reviewer was shown beside the wish; null: none was.</param>
public sealed record ApproveRequest(string Number, AddressCode? Issued, int? SeenVersion, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    /// <summary>For an update: of what is wished, the fields to take over; the others stay as the register has them. Null: all. At least one.</summary>
    public IReadOnlyList<RequestField>? Fields { get; init; }

    /// <summary>Why the others are not taken over. The requester reads it word for word.</summary>
    public string? Reason { get; init; }

    internal override RequestStep Step => RequestStep.Approve;

    // What waits for its code is in nobody's hands.
    internal override bool IsInRightHands(Request request, EffectScope scope) =>
        request.Status == RequestStatus.WaitingForCode || base.IsInRightHands(request, scope);

    internal override async Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        var outcome = request.Kind == RequestKind.New ? await AddToRegister(scope, request, ct) : await ChangeRegister(scope, request, ct);
        return outcome.IsDone ? request.Answer(scope, request.TakenFields is null ? null : Reason) : outcome;
    }

    internal override async Task TellOthers(EffectScope scope, Request request, CancellationToken ct)
    {
        await RequestNews.TellRequester(scope, request, request.Kind == RequestKind.New ? "code-issued" : request.TakenFields is null ? "changed" : "changed-in-part", ct);
        if (request is { Kind: RequestKind.Update, TargetCode: { } code })
        {
            await OwnerNews.Written(scope, code, "notice-changed", by: request.PersonId, ct);
        }
    }

    private async Task<RequestOutcome> AddToRegister(EffectScope scope, Request request, CancellationToken ct)
    {
        if (Issued is not { } code || !IsOfArea(code, request.Commune, scope.Get<AdministrativeUnits>()))
        {
            return RequestOutcome.Refused(Number, Refusal.CodeOfOtherArea);
        }
        if (await scope.Db.Set<DigitalAddress>().AnyAsync(address => address.Code == code, ct))
        {
            return RequestOutcome.Refused(Number, Refusal.CodeTaken);
        }
        await request.Body.ToNewAddress().AddTo(scope.Db, code, Number, scope.Now, ct);
        request.IssuedCode = code;
        return RequestOutcome.Done(Number);
    }

    private async Task<RequestOutcome> ChangeRegister(EffectScope scope, Request request, CancellationToken ct)
    {
        var wished = request.Body;
        var taken = Fields is null ? wished : wished with { Changed = [.. wished.Changed.Intersect(Fields)] };
        if (taken.Changed.Count == 0)
        {
            throw new InvalidOperationException("an approval takes at least one field over; none is a rejection, with its reason");
        }
        var code = request.TargetCode!.Value;
        if (await scope.Db.Set<DigitalAddress>().FindAsync([code], ct) is not { Status: not AddressStatus.Withdrawn } address)
        {
            return RequestOutcome.Refused(Number, Refusal.AddressGone);
        }
        var conflicts = await ChangedMeanwhile.Among(scope.Db, request, taken, address, ct);
        if (conflicts.Count > 0 && SeenVersion != address.Version)
        {
            return RequestOutcome.Refused(Number, Refusal.AddressChanged, conflicts);
        }
        await taken.ToChange().ApplyTo(scope.Db, code, Number, scope.Now, ct);
        request.TakenFields = taken.Changed.Count < wished.Changed.Count ? string.Join(' ', taken.Changed) : null;
        return RequestOutcome.Done(Number);
    }

    /// <summary>
    /// Whether a code's first five figures are of this commune of today. Old and new prefixes are both valid (domain.md §3).
    /// </summary>
    public static bool IsOfArea(AddressCode code, string commune, AdministrativeUnits units) =>
        units.OfCode(code).SelectMany(units.PresentsOf).Any(unit => unit.Key == new UnitKey(UnitSystem.Since2025, commune));
}

/// <summary>
/// Approves a new address that has no code yet. It goes to the post office with the next export, and its code comes back with the next hand-over
/// (the plan, steps 6 and 7); the register gets it then.
/// </summary>
public sealed record ApproveWithoutCode(string Number, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    internal override RequestStep Step => RequestStep.ApproveWithoutCode;

    internal override Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        if (request.Kind != RequestKind.New)
        {
            throw new InvalidOperationException("an update has its code");
        }
        var outcome = request.Answer(scope, reason: null);
        (request.ClaimedBy, request.ClaimedAt) = (null, null);
        return Task.FromResult(outcome);
    }

    internal override Task TellOthers(EffectScope scope, Request request, CancellationToken ct) => RequestNews.TellRequester(scope, request, "waiting-for-code", ct);
}
