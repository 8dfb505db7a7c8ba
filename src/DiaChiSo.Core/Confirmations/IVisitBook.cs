using DiaChiSo.Core.Register;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Confirmations;

/// <summary>What a collaborator may know of earlier visits (design.md §5): a wall on purpose, the minutes themselves stay behind it.</summary>
public interface IVisitBook
{
    /// <summary>The latest visit to this address, or null.</summary>
    Task<EarlierVisit?> LastTo(AddressCode code, CancellationToken ct);
}

/// <summary>That somebody was there.</summary>
/// <param name="At">UTC.</param>
/// <param name="ComeAgainOn">A day in Vietnam.</param>
public sealed record EarlierVisit(VisitOutcome Outcome, DateTimeOffset At, DateOnly? ComeAgainOn);

/// <inheritdoc/>
public sealed class VisitBook(Store.BotDb db) : IVisitBook
{
    /// <inheritdoc/>
    public async Task<EarlierVisit?> LastTo(AddressCode code, CancellationToken ct) =>
        await db.Set<Confirmation>().AsNoTracking().Where(visit => visit.Code == code).OrderByDescending(visit => visit.At).ThenByDescending(visit => visit.Id)
            .Select(visit => new EarlierVisit(visit.Outcome, visit.At, visit.ComeAgainOn)).FirstOrDefaultAsync(ct);
}
