using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>
/// How the work with somebody's data stops: one way, whether a consent is taken back or everything is deleted. What an officer or reviewer
/// had in hand is out of their hands, what was half-filled is gone, and no mail that was on its way goes out.
/// </summary>
internal static class Processing
{
    /// <summary>Ends everything that rests on the consent to requests. Returns the numbers of the requests that it withdrew.</summary>
    public static async Task<IReadOnlyList<string>> StopRequests(EffectScope scope, long personId, bool dutiesToo, CancellationToken ct)
    {
        var stopped = new List<string>();
        foreach (var request in await scope.Db.Set<Request>().Where(row => row.PersonId == personId).OrderBy(row => row.Id).ToListAsync(ct))
        {
            var life = new RequestLifecycle(request);
            if (RequestLifecycle.IsOpen(request.Status) && life.Permits(RequestStep.StopProcessing))
            {
                life.Take(RequestStep.StopProcessing);
                (request.ClaimedBy, request.ClaimedAt) = (null, null);
                request.Empty(scope.Now);
                await new CloseDoors(request.Number).Apply(scope, ct);
                scope.Write(AuditAct.RequestWithdrawn, request.TargetCode, request.Number);
                stopped.Add(request.Number);
            }
        }
        await DropForms(scope, personId, dutiesToo, ct);
        await DropMails(scope, personId, ct);
        return stopped;
    }

    // Kept ones, those in the person's other chats, and those that lie below in this very talk.
    private static async Task DropForms(EffectScope scope, long personId, bool dutiesToo, CancellationToken ct)
    {
        var catalogue = scope.Get<Catalogue>();
        foreach (var draft in await scope.Db.Drafts.Where(row => row.PersonId == personId).ToListAsync(ct))
        {
            if (dutiesToo || OpenForms.IsOwn(draft.Dialog, catalogue))
            {
                scope.Db.Remove(draft);
            }
        }
        foreach (var other in await scope.Db.Conversations.Where(row => row.PersonId == personId && row.Id != scope.Turn.ConversationId).ToListAsync(ct))
        {
            var talk = other.Open();
            if (OpenForms.Drop(talk, catalogue, dutiesToo, keepsTop: false))
            {
                other.Close(talk);
                other.Turn++;
            }
        }
        scope.DropForms(dutiesToo);
    }

    // A mail is sealed, so the few that wait are opened one by one.
    private static async Task DropMails(EffectScope scope, long personId, CancellationToken ct)
    {
        if (await scope.Db.People.FindAsync([personId], ct) is not { Email: { } email })
        {
            return;
        }
        foreach (var mail in await scope.Db.Mails.Where(row => row.Status == RowStatus.Pending).ToListAsync(ct))
        {
            if (EmailText.Key(mail.To) == EmailText.Key(email))
            {
                (mail.Status, mail.To, mail.Subject, mail.Body) = (RowStatus.Parked, "", "", "");
            }
        }
    }
}

/// <summary>
/// The person takes back what they agreed to for one purpose, and the work that rested on it stops in the same transaction: requests that nobody
/// has answered are withdrawn and emptied, half-filled forms go, no mail goes out any more; or no address counts as theirs any more.
/// </summary>
/// <param name="Purpose">Its key; see <see cref="Purposes"/>.</param>
/// <param name="Tells">Told what became of it, before the page is made.</param>
public sealed record WithdrawConsent(string Purpose, Action<Stopped>? Tells = null) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        var standing = await scope.Db.Set<Consent>().Where(row => row.PersonId == me && row.Purpose == Purpose && row.WithdrawnAt == null).ToListAsync(ct);
        if (standing.Count == 0)
        {
            Tells?.Invoke(new Stopped([], null));
            return;
        }
        standing.ForEach(consent => consent.WithdrawnAt = scope.Now);
        scope.Write(AuditAct.ConsentWithdrawn);
        // Read before anything is emptied: what was handed in before is in the register, and that is the office's.
        var (concerned, commune) = await DataRequests.Of(scope, me, ct);
        IReadOnlyList<string> stopped = [];
        if (Purpose == AccountNeed.ForRequests.Purpose)
        {
            stopped = await Processing.StopRequests(scope, me, dutiesToo: false, ct);
        }
        else if (Purpose == Purposes.OwnAddresses)
        {
            await scope.Get<Owners.OwnedAddresses>().EndAll(me, Owners.OwnershipEnd.ConsentWithdrawn, scope.Now, ct);
        }
        var isLeft = Purpose == AccountNeed.ForRequests.Purpose && !concerned.IsNothing;
        var row = await DataRequests.Open(scope, me, DataRequestKind.Withdraw, null, concerned, commune, isLeft, ct);
        await scope.Db.SaveChangesAsync(ct);
        Tells?.Invoke(new Stopped(stopped, DataReceipt.Of(row)));
    }
}

/// <param name="Requests">The numbers that were withdrawn.</param>
/// <param name="Receipt">Of the row for the office; null: there was no such consent.</param>
public sealed record Stopped(IReadOnlyList<string> Requests, DataReceipt? Receipt);
