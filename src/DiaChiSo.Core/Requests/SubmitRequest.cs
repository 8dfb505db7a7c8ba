using System.Text.Json;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>What a form hands in.</summary>
/// <param name="Commune">Code of today's commune whose reviewers answer it.</param>
/// <param name="Target">For an update: the address.</param>
/// <param name="BaseVersion">For an update: its version as the requester saw it.</param>
/// <param name="Answers">The number of the request that wanted more, which this answers; null: a new one.</param>
public sealed record FilledForm(RequestKind Kind, RequestBody Body, string Commune, AddressCode? Target = null, int? BaseVersion = null, string? Answers = null);

/// <summary>Opens a form again: the answer to "more is wanted" for the request of this number.</summary>
public sealed record MoreToAnswer(string? Answers);

/// <summary>
/// Hands a form in and tells the commune's reviewers. The number goes back by <paramref name="Tells"/>; an answer to "more wanted" keeps its
/// number. Going back does not cross it.
/// </summary>
public sealed record SubmitRequest(FilledForm Form, Action<RequestOutcome> Tells) : Effect
{
    private bool isHandedIn = true;

    /// <summary>Not when it was refused: then nothing was handed in, and the form is still open.</summary>
    public override bool IsSubmission => isHandedIn;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var outcome = await Submit(scope, ct);
        isHandedIn = outcome.IsDone;
        Tells(outcome);
    }

    private async Task<RequestOutcome> Submit(EffectScope scope, CancellationToken ct)
    {
        // The answer goes to the e-mail (the plan, mục IV: "tài khoản có e-mail chính xác"), and nothing personal is taken without consent
        // (Law 91/2025); a draft may be older than either.
        var person = await scope.Db.People.FindAsync([scope.Turn.PersonId], ct);
        var hasAgreed = await scope.Db.Set<Consent>().AnyAsync(
            row => row.PersonId == scope.Turn.PersonId && row.Purpose == AccountNeed.ForRequests.Purpose && row.WithdrawnAt == null, ct);
        if (!hasAgreed || person?.Email is null || person.EmailVerifiedAt is null)
        {
            return RequestOutcome.Refused("", Refusal.NoAccount);
        }
        var request = Form.Answers is { } number ? await RequestsOf.Own(scope, number, ct) : await NewRequest(scope, ct);
        if (request is null)
        {
            return RequestOutcome.Refused(Form.Answers ?? "", Refusal.NotThere);
        }
        var life = new RequestLifecycle(request);
        if (!life.Permits(RequestStep.Send))
        {
            return RequestOutcome.Refused(request.Number, Refusal.TooLate);
        }
        life.Take(RequestStep.Send);
        request.BodySealed = JsonSerializer.Serialize(Form.Body, Saved.Json);
        request.Commune = Form.Commune;
        request.BaseVersion = Form.BaseVersion;
        request.Language = scope.Turn.Language;
        request.SentAt = scope.Now;
        request.ClaimedBy = null;
        request.ClaimedAt = null;
        request.Version++;
        scope.Write(AuditAct.RequestSent, request.TargetCode, request.Number);
        await scope.Db.SaveChangesAsync(ct);
        await RequestNews.TellReviewers(scope, request, ct);
        await OwnerNews.Asked(scope, request, ct);
        return RequestOutcome.Done(request.Number);
    }

    private async Task<Request> NewRequest(EffectScope scope, CancellationToken ct)
    {
        var request = new Request
        {
            Number = await RequestNumber.Next(scope.Db, scope.Now, ct),
            Kind = Form.Kind,
            PersonId = scope.Turn.PersonId,
            Language = scope.Turn.Language,
            Commune = Form.Commune,
            TargetCode = Form.Target,
            BodySealed = "{}",
        };
        scope.Db.Add(request);
        return request;
    }
}

/// <summary>Takes one's own request back, while nobody has it in hand.</summary>
public sealed record WithdrawRequest(string Number, Action<RequestOutcome> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct) => Tells(await Withdraw(scope, ct));

    private async Task<RequestOutcome> Withdraw(EffectScope scope, CancellationToken ct)
    {
        if (await RequestsOf.Own(scope, Number, ct) is not { } request)
        {
            return RequestOutcome.Refused(Number, Refusal.NotThere);
        }
        var life = new RequestLifecycle(request);
        if (!life.Permits(RequestStep.Withdraw))
        {
            return RequestOutcome.Refused(Number, Refusal.TooLate);
        }
        life.Take(RequestStep.Withdraw);
        request.Version++;
        scope.Write(AuditAct.RequestWithdrawn, request.TargetCode, request.Number);
        await scope.Db.SaveChangesAsync(ct);
        await new CloseDoors(Number).Apply(scope, ct);
        return RequestOutcome.Done(Number);
    }
}

/// <summary>The requests of the person who is being talked to.</summary>
internal static class RequestsOf
{
    public static Task<Request?> Own(EffectScope scope, string number, CancellationToken ct) =>
        scope.Db.Set<Request>().FirstOrDefaultAsync(row => row.Number == number && row.PersonId == scope.Turn.PersonId, ct);
}
