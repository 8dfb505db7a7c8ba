using System.Text.Json;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>Opens data requests, inside the turn in which the person asked.</summary>
internal static class DataRequests
{
    /// <summary>
    /// One open request of each kind: who asks twice gets the number they have. Where nothing is left for an officer it is written down as done.
    /// </summary>
    public static async Task<DataRequest> Open(EffectScope scope, long personId, DataRequestKind kind, string? wish, Concerned concerned, string? commune, bool isLeftToOfficer, CancellationToken ct)
    {
        var same = await scope.Db.Set<DataRequest>().FirstOrDefaultAsync(
            row => row.PersonId == personId && row.Kind == kind && (row.Status == DataRequestStatus.Received || row.Status == DataRequestStatus.Answered), ct);
        if (same is not null)
        {
            return same;
        }
        var deadlines = scope.Get<DataDeadlines>();
        var (answerBy, doneBy) = deadlines.For(kind, scope.Now);
        var request = new DataRequest
        {
            Number = await DataRequestNumber.Next(scope.Db, scope.Now, ct),
            Kind = kind,
            PersonId = personId,
            Language = scope.Turn.Language,
            Commune = commune,
            ReceivedAt = scope.Now,
            AnswerBy = answerBy,
            DoneBy = doneBy,
            Wish = wish,
            ConcernedSealed = JsonSerializer.Serialize(concerned, Saved.Json),
            Status = isLeftToOfficer ? DataRequestStatus.Received : DataRequestStatus.Done,
            AnsweredAt = isLeftToOfficer ? null : scope.Now,
            SettledAt = isLeftToOfficer ? null : scope.Now,
        };
        scope.Db.Add(request);
        scope.Write(AuditAct.DataRequested, number: request.Number);
        if (isLeftToOfficer)
        {
            await DataRequestNews.TellOfficers(scope, request, "notice-new", ct);
        }
        return request;
    }

    /// <summary>What the person has with the office: where an officer has to look, and in which commune.</summary>
    public static async Task<(Concerned Concerned, string? Commune)> Of(EffectScope scope, long personId, CancellationToken ct)
    {
        var requests = await scope.Db.Set<Request>().AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.Id)
            .Select(row => new { row.Number, row.Commune, row.Status, row.TargetCode, row.IssuedCode }).ToListAsync(ct);
        var owned = await scope.Get<Owners.OwnedAddresses>().Standing(personId, ct);
        var written = requests.Where(row => row.Status == RequestStatus.Approved).Select(row => row.IssuedCode ?? row.TargetCode);
        var addresses = owned.Select(one => (Register.AddressCode?)one.Address.Code).Concat(written).OfType<Register.AddressCode>().Select(code => code.ToString()).Distinct();
        return (new Concerned([.. requests.Select(row => row.Number).Take(Limits.ConcernedShown)], [.. addresses.Take(Limits.ConcernedShown)]),
            requests.FirstOrDefault()?.Commune ?? owned.FirstOrDefault()?.Address.Commune.Key.Code);
    }
}

/// <summary>Asks an officer to see, correct, restrict, or to stop what the person objects to.</summary>
/// <param name="Wish">The person's words, at most <see cref="Limits.NoteLength"/> letters; null: nothing to add.</param>
/// <param name="Tells">Told the row's number and days, before the page is made.</param>
public sealed record AskAboutData(DataRequestKind Kind, string? Wish, Action<DataReceipt> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var (concerned, commune) = await DataRequests.Of(scope, scope.Turn.PersonId, ct);
        Tells(DataReceipt.Of(await DataRequests.Open(scope, scope.Turn.PersonId, Kind, Wish, concerned, commune, isLeftToOfficer: true, ct)));
    }

    public override string ToString() => $"{nameof(AskAboutData)} ({Kind})";
}

/// <summary>What a person gets for a data request: its number, and until when it is answered and done.</summary>
/// <param name="IsDone">Nothing was left for an officer.</param>
public sealed record DataReceipt(string Number, DateOnly AnswerBy, DateOnly DoneBy, bool IsDone)
{
    internal static DataReceipt Of(DataRequest row) => new(row.Number, row.AnswerBy, row.DoneBy, !row.IsOpen);
}
