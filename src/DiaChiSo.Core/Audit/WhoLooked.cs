using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Audit;

/// <summary>Who saw the people of an address: for its owner (Law 91/2025/QH15, the right to know). By which right, never by name: who looks is a person too.</summary>
public interface IWhoLooked
{
    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Look>> At(AddressCode code, int most, CancellationToken ct);
}

/// <param name="At">UTC.</param>
/// <param name="By"><see cref="Right.Confirm"/>: a collaborator; <see cref="Right.Review"/>: a reviewer; <see cref="Right.Office"/>: an officer.</param>
/// <param name="WasWhole">Phone and e-mail in full.</param>
public sealed record Look(DateTimeOffset At, Right By, bool WasWhole);

/// <inheritdoc/>
public sealed class WhoLooked(BotDb db) : IWhoLooked
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Look>> At(AddressCode code, int most, CancellationToken ct) =>
        await db.Set<AuditRow>().AsNoTracking()
            .Where(row => (row.Act == AuditAct.SawContact || row.Act == AuditAct.SawWholeContact)
                // Who verified the request from which the address came saw its people too, when it had no code yet.
                && (row.Address == code || db.Set<Request>().Any(request => request.Number == row.Number && request.IssuedCode == code)))
            .OrderByDescending(row => row.Id).Take(most)
            .Select(row => new Look(row.At, row.By, row.Act == AuditAct.SawWholeContact)).ToListAsync(ct);
}
