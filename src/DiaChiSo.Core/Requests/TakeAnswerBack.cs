using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Takes an answer back, for <see cref="Limits.UndoWithin"/> and by the reviewer who gave it: the request is in their hands again, the register
/// gets back exactly the fields that the answer changed, the requester is told in the chat, and the e-mail that still waits is not sent. Refused where
/// somebody built on it since: changed the same fields, refers to the new address, or took it to the post office.
/// </summary>
public sealed record TakeAnswerBack(string Number, Action<RequestOutcome> Tells) : ReviewStep(Number, Tells)
{
    // Set where the register was written to: its owners are told of that too.
    private AddressCode? writtenTo;

    internal override RequestStep Step => RequestStep.TakeBack;

    internal override bool IsInRightHands(Request request, EffectScope scope) => true;

    internal override async Task<RequestOutcome> Decide(EffectScope scope, Request request, CancellationToken ct)
    {
        if (request.DecidedBy != scope.Turn.PersonId || request.DecidedAt + Limits.UndoWithin <= scope.Now || request.EmptiedAt is not null)
        {
            return RequestOutcome.Refused(Number, Refusal.TooLateToTakeBack);
        }
        if (await scope.Db.Set<ExportItem>().AnyAsync(item => item.Number == Number, ct))
        {
            return RequestOutcome.Refused(Number, Refusal.Exported);
        }
        var outcome = request switch
        {
            { Status: RequestStatus.Approved, Kind: RequestKind.New } => await TakeOut(scope, request.IssuedCode!.Value, ct),
            { Status: RequestStatus.Approved } => await PutBack(scope, request, ct),
            _ => RequestOutcome.Done(Number),
        };
        if (outcome.IsDone)
        {
            (request.Reason, request.ReasonBefore, request.DecidedBy, request.DecidedAt) = (request.ReasonBefore, null, null, null);
            (request.DuplicateOf, request.IssuedCode, request.TakenFields) = (null, null, null);
            (request.ClaimedBy, request.ClaimedAt) = (scope.Turn.PersonId, scope.Now);
        }
        return outcome;
    }

    internal override async Task TellOthers(EffectScope scope, Request request, CancellationToken ct)
    {
        // It waits for as long as an answer can be taken back, so it is still here; were it gone, another one corrects it.
        var waiting = await scope.Db.Mails.Where(mail => mail.About == Number && mail.Status == RowStatus.Pending).ToListAsync(ct);
        scope.Db.RemoveRange(waiting);
        await RequestNews.TellRequester(scope, request, "taken-back", ct, withMail: waiting.Count == 0, mailWaits: false);
        if (writtenTo is { } code)
        {
            await OwnerNews.Written(scope, code, "notice-changed", by: request.PersonId, ct);
        }
    }

    private async Task<RequestOutcome> PutBack(EffectScope scope, Request request, CancellationToken ct)
    {
        var code = request.TargetCode!.Value;
        var rows = await scope.Db.Set<RegisterChange>().AsNoTracking().Where(row => row.Code == code && row.At >= request.DecidedAt!.Value).OrderBy(row => row.Id).ToListAsync(ct);
        // An earlier approval of the same number, taken back before, is not this one; an answer that changed nothing has no row.
        var at = rows.FindLastIndex(row => row.By == Number);
        if (at < 0)
        {
            return RequestOutcome.Done(Number);
        }
        var mine = rows[at].Fields;
        var since = rows.Skip(at + 1).SelectMany(row => row.Fields).Select(change => change.Field).Intersect(mine.Select(change => change.Field)).ToList();
        if (since.Count > 0 || await scope.Db.Set<DigitalAddress>().FindAsync([code], ct) is null)
        {
            return RequestOutcome.Refused(Number, Refusal.ChangedSince, [.. since.Select(ChangedMeanwhile.FieldOf).OfType<RequestField>().Distinct()]);
        }
        await AddressChange.Back(mine).ApplyTo(scope.Db, code, Number + RegisterImport.UndoneMark, scope.Now, ct);
        // Whoever was not the owner any more because of this answer is it again.
        foreach (var owner in await scope.Db.Set<Ownership>().Where(row => row.Code == code && row.EndedBy == OwnershipEnd.OtherContact && row.EndedAt == request.DecidedAt).ToListAsync(ct))
        {
            owner.TakeEndBack();
        }
        writtenTo = code;
        return RequestOutcome.Done(Number);
    }

    private async Task<RequestOutcome> TakeOut(EffectScope scope, AddressCode code, CancellationToken ct)
    {
        var figures = code.ToString();
        if (await scope.Db.Set<DigitalAddress>().FindAsync([code], ct) is not { } address
            || address.Version > 1
            || await scope.Db.Set<Confirmation>().AnyAsync(visit => visit.Code == code || visit.DuplicateOf == figures, ct)
            || await scope.Db.Set<Request>().AnyAsync(other => other.Number != Number && (other.TargetCode == code || other.DuplicateOf == figures), ct))
        {
            return RequestOutcome.Refused(Number, Refusal.ChangedSince);
        }
        AddressChange.TakeOut(scope.Db, address, Number + RegisterImport.UndoneMark, scope.Now);
        return RequestOutcome.Done(Number);
    }
}
