using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Approves several requests that wish the same, each in its own right: taken in hand, looked at again, decided, told. What is no longer as it was
/// shown, or no longer alike, is left as it is and named in the outcomes.
/// </summary>
/// <param name="Tells">Hears what became of each, in their order.</param>
public sealed record ApproveAlike(AlikeRequests Alike, Action<IReadOnlyList<RequestOutcome>> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var outcomes = new List<RequestOutcome>();
        foreach (var shown in Alike.Requests.Take(Limits.AlikeAtOnce))
        {
            outcomes.Add(await Approve(scope, shown, ct));
        }
        Tells(outcomes);
    }

    private async Task<RequestOutcome> Approve(EffectScope scope, AlikeRequest shown, CancellationToken ct)
    {
        if (await scope.Db.Set<Request>().FirstOrDefaultAsync(row => row.Number == shown.Number, ct) is not { } request)
        {
            return RequestOutcome.Refused(shown.Number, Refusal.NotThere);
        }
        if (request.Version != shown.Version
            || await AlikeChange.Of(scope.Db, request, scope.Turn.PersonId, ct) is not { } now || now.Change != Alike.Change || now.AddressVersion != shown.AddressVersion)
        {
            return RequestOutcome.Refused(shown.Number, Refusal.NotAlike);
        }
        var outcome = RequestOutcome.Refused(shown.Number, Refusal.NotThere);
        await new ClaimRequest(shown.Number, told => outcome = told).Apply(scope, ct);
        if (outcome.IsDone)
        {
            await new ApproveRequest(shown.Number, null, shown.AddressVersion, told => outcome = told).Apply(scope, ct);
        }
        return outcome;
    }
}
