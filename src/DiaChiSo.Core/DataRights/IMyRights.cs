using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>What a person may know of their own consents and data requests: a wall on purpose. Whose they are stands in every question.</summary>
public interface IMyRights
{
    /// <summary>Those that stand, the oldest first.</summary>
    Task<IReadOnlyList<GivenConsent>> Consents(long personId, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<OwnDataRequest>> Requests(long personId, int most, CancellationToken ct);

    /// <summary>Numbers and days of the times that they asked for a human, the newest first.</summary>
    Task<IReadOnlyList<(string Number, DateTimeOffset OpenedAt)>> Tickets(long personId, int most, CancellationToken ct);

    /// <summary>What would stop, and what would stay, if consent were taken back or everything deleted.</summary>
    Task<AtStake> AtStake(long personId, CancellationToken ct);
}

/// <param name="Purpose">By its key (<see cref="People.Purposes"/>).</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="GivenAt">UTC.</param>
public sealed record GivenConsent(string Purpose, string Channel, DateTimeOffset GivenAt);

/// <param name="Day">The deadline for an answer, or while it is being done for that; a day in Vietnam.</param>
/// <param name="Reply">The officer's words; null: none yet.</param>
public sealed record OwnDataRequest(string Number, DataRequestKind Kind, DataRequestStatus Status, DateOnly Day, string? Reply)
{
    public bool IsOpen => Status is DataRequestStatus.Received or DataRequestStatus.Answered;

    public override string ToString() => $"{Number} {Status}";
}

/// <param name="Open">Numbers of requests that would be withdrawn.</param>
/// <param name="Written">Numbers of requests that were approved: what they brought stands in the register, which is the office's.</param>
public sealed record AtStake(IReadOnlyList<string> Open, IReadOnlyList<string> Written);

internal sealed class MyRights(BotDb db) : IMyRights
{
    public async Task<IReadOnlyList<GivenConsent>> Consents(long personId, CancellationToken ct)
    {
        var rows = await db.Set<People.Consent>().AsNoTracking().Where(row => row.PersonId == personId && row.WithdrawnAt == null).OrderBy(row => row.Id)
            .Select(row => new GivenConsent(row.Purpose, row.Channel, row.GivenAt)).ToListAsync(ct);
        // Changed words were agreed to anew; the first time is when it began.
        return [.. rows.DistinctBy(row => (row.Purpose, row.Channel))];
    }

    public async Task<IReadOnlyList<OwnDataRequest>> Requests(long personId, int most, CancellationToken ct)
    {
        var rows = await db.Set<DataRequest>().AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.Id).Take(most).ToListAsync(ct);
        return [.. rows.Select(row => new OwnDataRequest(row.Number, row.Kind, row.Status, DataDeadlines.Awaited(row.Status, row.AnswerBy, row.DoneBy), row.Reply))];
    }

    public async Task<IReadOnlyList<(string Number, DateTimeOffset OpenedAt)>> Tickets(long personId, int most, CancellationToken ct)
    {
        var rows = await db.Set<Tickets.Ticket>().AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.Id).Take(most)
            .Select(row => new { row.Number, row.OpenedAt }).ToListAsync(ct);
        return [.. rows.Select(row => (row.Number, row.OpenedAt))];
    }

    public async Task<AtStake> AtStake(long personId, CancellationToken ct)
    {
        var rows = await db.Set<Request>().AsNoTracking().Where(row => row.PersonId == personId).OrderBy(row => row.Id).Select(row => new { row.Number, row.Status }).ToListAsync(ct);
        return new AtStake(
            [.. rows.Where(row => RequestLifecycle.IsOpen(row.Status)).Select(row => row.Number)],
            [.. rows.Where(row => row.Status == RequestStatus.Approved).Select(row => row.Number)]);
    }
}
