using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

public enum DataVerdict
{
    /// <summary>The person is told what will happen; the work stays open.</summary>
    Answered,

    Done,
    Refused,
}

/// <summary>
/// An officer answers a data request; the person reads <paramref name="Reply"/> word for word, in the chat and by e-mail. Asked at every time: the
/// right in its commune, four eyes, and whether it is still open.
/// </summary>
/// <param name="Tells">Told whether it was written; false: somebody was quicker, or it is not this officer's.</param>
public sealed record AnswerDataRequest(string Number, DataVerdict Verdict, string Reply, Action<bool> Tells) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var request = await scope.Db.Set<DataRequest>().FirstOrDefaultAsync(row => row.Number == Number, ct);
        if (request is null || !request.IsOpen || (Verdict == DataVerdict.Answered && request.Status == DataRequestStatus.Answered)
            || request.PersonId == scope.Turn.PersonId || !await scope.Get<Policy>().May(scope.Turn.PersonId, Right.Office, scope.Now, request.Commune, ct))
        {
            Tells(false);
            return;
        }
        request.Status = Verdict switch { DataVerdict.Answered => DataRequestStatus.Answered, DataVerdict.Done => DataRequestStatus.Done, _ => DataRequestStatus.Refused };
        request.Reply = Reply;
        request.HandledBy = scope.Turn.PersonId;
        request.AnsweredAt ??= scope.Now;
        request.Version++;
        scope.Write(Verdict switch { DataVerdict.Answered => AuditAct.DataRequestAnswered, DataVerdict.Done => AuditAct.DataRequestDone, _ => AuditAct.DataRequestRefused }, number: Number, by: Right.Office);
        if (request.IsOpen)
        {
            request.LookAt = scope.Get<DataDeadlines>().NextLook(request, scope.Now);
        }
        else
        {
            (request.SettledAt, request.LookAt) = (scope.Now, null);
            await new CloseDoors(Number).Apply(scope, ct);
        }
        await DataRequestNews.TellPerson(scope, request, Verdict.ToString().ToLowerInvariant(), ct);
        Tells(true);
    }

    public override string ToString() => $"{nameof(AnswerDataRequest)} ({Verdict})";
}
