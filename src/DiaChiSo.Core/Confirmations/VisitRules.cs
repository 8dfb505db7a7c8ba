using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Core.Confirmations;

/// <summary>What a visit may change by itself, and what a reviewer must see first (domain.md §2).</summary>
public static class VisitRules
{
    /// <summary>
    /// Of the corrections, those for review: a gate further than <see cref="Limits.GateFarMetres"/> from the register's, and the detail where
    /// the commune is another one. Where the register has no gate, the one taken on the spot is the best there is.
    /// </summary>
    public static IReadOnlyList<RequestField> ForReview(PublicAddress address, RequestBody corrections)
    {
        var fields = new List<RequestField>();
        // Village and house number mean something only inside their commune, so the whole detail waits.
        if (corrections.Changes(RequestField.Detail) && corrections.Detail!.Commune != address.Commune.Key)
        {
            fields.Add(RequestField.Detail);
        }
        if (corrections.Changes(RequestField.Gate) && address.Gate is { } known && known.MetresTo(corrections.Gate!.Point) > Limits.GateFarMetres)
        {
            fields.Add(RequestField.Gate);
        }
        return fields;
    }

    /// <summary>What happens to the register at once; null: nothing.</summary>
    internal static AddressChange? ChangeOf(Visit visit, AddressStatus status, IReadOnlyList<RequestField> forReview) => visit.Outcome switch
    {
        VisitOutcome.Done => Corrected(visit.Corrections, forReview) with { Status = AddressStatus.Confirmed, StatusReason = new New<string?>(null) },
        // What was confirmed once stays so when a later visit finds nobody, or nobody willing.
        VisitOutcome.NobodyHome or VisitOutcome.Refused when status == AddressStatus.Confirmed => null,
        VisitOutcome.NobodyHome => new() { Status = AddressStatus.Appointed, StatusReason = nameof(VisitOutcome.NobodyHome) },
        _ => new() { Status = AddressStatus.NotConfirmable, StatusReason = visit.Outcome.ToString() },
    };

    private static AddressChange Corrected(RequestBody body, IReadOnlyList<RequestField> forReview)
    {
        var change = new AddressChange();
        foreach (var field in body.Changed.Except(forReview))
        {
            change = field switch
            {
                RequestField.Category => change with { Category = body.Category! },
                RequestField.Name => change with { Name = new New<string?>(body.Name) },
                RequestField.Contact => change with { Contact = new New<Contact?>(body.Contact) },
                RequestField.Gate => change with { Gate = new New<GeoPoint?>(body.Gate!.Point) },
                _ => change with
                {
                    House = new New<string?>(body.Detail!.House),
                    Street = new New<string?>(body.Detail.Street),
                    Village = new New<string?>(body.Detail.Village),
                    FormerCommune = new New<UnitKey?>(body.Detail.FormerCommune),
                },
            };
        }
        return change;
    }
}
