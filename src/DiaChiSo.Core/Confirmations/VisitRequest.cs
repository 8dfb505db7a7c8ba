using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Confirmations;

/// <summary>
/// What a visit may not change by itself becomes an update request in the collaborator's name: a reviewer answers it like any other. Unlike a
/// citizen's it needs no e-mail account: the collaborator has a duty and is answered in the chat.
/// </summary>
internal static class VisitRequest
{
    /// <param name="address">As it is with everything else applied.</param>
    /// <returns>The request's number.</returns>
    public static async Task<string> Send(EffectScope scope, PublicAddress address, RequestBody corrections, IReadOnlyList<RequestField> forReview, CancellationToken ct)
    {
        var body = new RequestBody
        {
            Changed = forReview,
            Detail = forReview.Contains(RequestField.Detail) ? corrections.Detail : null,
            Gate = forReview.Contains(RequestField.Gate) ? corrections.Gate : null,
            Seen = SeenAddress.Of(address),
        };
        var request = new Request
        {
            Number = await RequestNumber.Next(scope.Db, scope.Now, ct),
            Kind = RequestKind.Update,
            PersonId = scope.Turn.PersonId,
            Language = scope.Turn.Language,
            // The reviewers of where the address is on record answer for its leaving.
            Commune = address.Commune.Key.Code,
            TargetCode = address.Code,
            BaseVersion = address.Version,
            BodySealed = JsonSerializer.Serialize(body, Saved.Json),
            SentAt = scope.Now,
        };
        new RequestLifecycle(request).Take(RequestStep.Send);
        scope.Db.Add(request);
        await scope.Db.SaveChangesAsync(ct);
        await RequestNews.TellReviewers(scope, request, ct);
        return request.Number;
    }
}
