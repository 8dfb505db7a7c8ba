using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Who is told what. The requester: in the chat by the words of Track, and by e-mail (the plan wants the answer in the account and the
/// e-mail). The reviewers of the commune: by the words of Review, with a door.
/// </summary>
internal static class RequestNews
{
    private const string ToRequesters = "Track";
    private const string ToReviewers = "Review";

    public static async Task TellReviewers(EffectScope scope, Request request, CancellationToken ct)
    {
        // Doors of an earlier sending lead to what is no longer so.
        await new CloseDoors(request.Number).Apply(scope, ct);
        var holders = await scope.Get<Policy>().Holders(Right.Review, request.Commune, scope.Now, ct);
        var commune = scope.CommuneInLine(request.Commune);
        foreach (var reviewer in holders)
        {
            // It is no work of theirs.
            if (await FourEyes.IsOwn(scope.Db, request, reviewer, ct))
            {
                continue;
            }
            await new Tell(reviewer, ToReviewers, "notice-new-request", Holes(("number", request.Number), ("commune", commune)),
                request.Number, ToReviewers, new Query(request.Number)).Apply(scope, ct);
        }
    }

    /// <param name="verdict">The end of the headings: <c>notice-changed</c>, <c>mail-changed</c>.</param>
    /// <param name="withMail">By e-mail too.</param>
    /// <param name="mailWaits">The e-mail goes out when the answer can no longer be taken back: a letter cannot be unsent.</param>
    public static async Task TellRequester(EffectScope scope, Request request, string verdict, CancellationToken ct, bool withMail = true, bool mailWaits = true)
    {
        await new CloseDoors(request.Number).Apply(scope, ct);
        var kept = request.KeptFields;
        var holes = Holes(
            ("number", request.Number),
            ("reason", request.Reason ?? ""),
            ("taken", Named(request.Body.Changed.Except(kept), request.Language)),
            ("kept", Named(kept, request.Language)),
            ("code", (request.IssuedCode ?? request.TargetCode)?.Grouped ?? ""),
            ("original", Register.AddressCode.TryRead(request.DuplicateOf, out var original) ? original.Grouped : ""));
        var email = withMail ? await Reach.EmailFor(scope.Db, request.PersonId, ct) : null;
        await new Tell(request.PersonId, ToRequesters, $"notice-{verdict}", holes, request.Number, ToRequesters, new Query(request.Number)) { IsMailed = email is not null }.Apply(scope, ct);
        if (email is not null)
        {
            await new Mail(email, ToRequesters, $"mail-{verdict}", holes, request.Language)
            {
                About = request.Number,
                Waits = mailWaits ? Limits.UndoWithin : TimeSpan.Zero,
            }.Apply(scope, ct);
        }
    }

    private static string Named(IEnumerable<RequestField> fields, string language) => string.Join(", ", fields.Select(field => field.In(language)));

    private static string CommuneInLine(this EffectScope scope, string commune) =>
        scope.Get<Register.AdministrativeUnits>().Find(new(Register.UnitSystem.Since2025, commune))?.InLine ?? commune;

    private static Dictionary<string, string> Holes(params (string Hole, string Value)[] holes) => holes.ToDictionary(hole => hole.Hole, hole => hole.Value);
}
