using System.Text.Json;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Confirmations;

/// <summary>
/// Writes the minutes of a visit and does what follows from it, in one transaction (domain.md §2): <see cref="VisitOutcome.Done"/> corrects and
/// confirms the address, except what a reviewer must see first; any other outcome sets the address's status. Going back does not cross it.
/// </summary>
/// <param name="Tells">Hears what became of it.</param>
public sealed record RecordVisit(Visit Visit, Action<VisitResult> Tells) : Effect
{
    private bool isRecorded = true;

    /// <summary>Not when it was refused: then nothing was handed in, and the visit is still open.</summary>
    public override bool IsSubmission => isRecorded;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var result = await Record(scope, ct);
        isRecorded = result.IsRecorded;
        Tells(result);
    }

    private async Task<VisitResult> Record(EffectScope scope, CancellationToken ct)
    {
        var units = scope.Get<AdministrativeUnits>();
        var row = await scope.Db.FindAsync<DigitalAddress>([Visit.Code], ct);
        if (row is null || row.Status == AddressStatus.Withdrawn)
        {
            return VisitResult.Refused(VisitRefusal.AddressGone);
        }
        var address = row.ToPublic(units);
        var commune = address.Commune.Key.Code;
        if (!await scope.Get<Policy>().May(scope.Turn.PersonId, Right.Confirm, scope.Now, commune, ct, row.Village ?? ""))
        {
            return VisitResult.Refused(VisitRefusal.NoRight);
        }
        if (Visit.Outcome == VisitOutcome.Done && row.Version != Visit.SeenVersion)
        {
            return VisitResult.Refused(VisitRefusal.AddressChanged, row.Version);
        }
        if (Visit.Outcome == VisitOutcome.Duplicate && !await IsAnotherAddress(scope, Visit.DuplicateOf, ct))
        {
            return VisitResult.Refused(VisitRefusal.OriginalNotThere, row.Version);
        }

        var seen = SeenAddress.Of(address) with { Name = address.Name ?? PrivatePart.Of(row).HomeName };
        var seenContact = PrivatePart.Of(row).Contact;
        var number = await ConfirmationNumber.Next(scope.Db, scope.Now, ct);
        var forReview = Visit.Outcome == VisitOutcome.Done ? VisitRules.ForReview(address, Visit.Corrections) : [];
        if (VisitRules.ChangeOf(Visit, address.Status, forReview) is { } change)
        {
            await change.ApplyTo(scope.Db, Visit.Code, number, scope.Now, ct);
        }
        var request = forReview.Count == 0 ? null : await VisitRequest.Send(scope, row.ToPublic(units), Visit.Corrections, forReview, ct);
        // Who was met and agreed is told eight letters: by them they can show later that the address is theirs.
        var letters = Visit.Outcome == VisitOutcome.Done ? scope.Get<INumbers>().NewSpokenCode() : "";
        scope.Db.Add(new Confirmation
        {
            Number = number,
            PersonId = scope.Turn.PersonId,
            Code = Visit.Code,
            Commune = commune,
            Outcome = Visit.Outcome,
            At = scope.Now,
            ComeAgainOn = Visit.ComeAgainOn,
            DuplicateOf = Visit.DuplicateOf?.ToString(),
            RequestNumber = request,
            OwnerCodeHash = letters.Length == 0 ? null : OwnerCode.HashOf(scope.Get<Secrets>(), number, letters),
            BodySealed = JsonSerializer.Serialize(
                new Minutes(seen, seenContact, Visit.Corrections, forReview, Visit.Agreement, Visit.Note, scope.Turn.Channel), Saved.Json),
        });
        scope.Write(AuditAct.VisitRecorded, Visit.Code, number, Right.Confirm);
        if (Visit.Outcome == VisitOutcome.Done)
        {
            await OwnerNews.Written(scope, Visit.Code, "notice-confirmed", by: null, ct);
        }
        return new VisitResult(number, request ?? "", null, row.Version) { OwnerCode = letters };
    }

    private async Task<bool> IsAnotherAddress(EffectScope scope, AddressCode? other, CancellationToken ct) =>
        other is { } code && code != Visit.Code && await scope.Db.FindAsync<DigitalAddress>([code], ct) is not null;
}
