using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>
/// What an officer sees of data requests: a wall on purpose. Everything is asked with the officer's name and gives only the communes in which the
/// right holds now, and those whose commune is not known; never one's own.
/// </summary>
public interface IDataDesk
{
    /// <summary>Open ones, the nearest deadline first.</summary>
    Task<IReadOnlyList<DataRequestLine>> Waiting(long officerId, DateTimeOffset now, int most, CancellationToken ct);

    /// <summary>How many wait, also beyond <c>most</c>.</summary>
    Task<int> Count(long officerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>One, open or settled; null: none of this number for this officer.</summary>
    Task<DataRequestSheet?> Find(long officerId, string number, DateTimeOffset now, CancellationToken ct);
}

/// <param name="Awaited">The nearest deadline, a day in Vietnam.</param>
/// <param name="IsOverdue">That day is over.</param>
public sealed record DataRequestLine(string Number, DataRequestKind Kind, DateOnly Awaited, bool IsOverdue);

/// <summary>A data request as its officer sees it: numbers, codes, the person's wish; no name, phone or e-mail.</summary>
/// <param name="Person">The code by which the office knows the person (<see cref="PersonCodes"/>).</param>
/// <param name="Commune">Null: not known.</param>
/// <param name="Language">In which the person is answered.</param>
public sealed record DataRequestSheet(
    string Number, DataRequestKind Kind, DataRequestStatus Status, string Person, AdministrativeUnit? Commune, DateTimeOffset ReceivedAt, DateOnly AnswerBy, DateOnly DoneBy,
    string? Wish, Concerned Concerned, string? Reply, string Language, bool IsOpen, bool IsOverdue)
{
    public override string ToString() => $"{Number} {Status}";
}

internal sealed class DataDesk(BotDb db, Policy policy, PersonCodes codes, AdministrativeUnits units) : IDataDesk
{
    public async Task<IReadOnlyList<DataRequestLine>> Waiting(long officerId, DateTimeOffset now, int most, CancellationToken ct) =>
        [.. (await Open(officerId, now, ct)).OrderBy(line => line.Awaited).ThenBy(line => line.Number, StringComparer.Ordinal).Take(most)];

    public async Task<int> Count(long officerId, DateTimeOffset now, CancellationToken ct) => (await Open(officerId, now, ct)).Count;

    public async Task<DataRequestSheet?> Find(long officerId, string number, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Set<DataRequest>().AsNoTracking().FirstOrDefaultAsync(one => one.Number == number, ct);
        if (row is null || row.PersonId == officerId || !await policy.May(officerId, Right.Office, now, row.Commune, ct))
        {
            return null;
        }
        return new DataRequestSheet(
            row.Number, row.Kind, row.Status, codes.Of(row.PersonId), row.Commune is null ? null : units.Find(new UnitKey(UnitSystem.Since2025, row.Commune)), row.ReceivedAt,
            row.AnswerBy, row.DoneBy, row.Wish, row.Concerned, row.Reply, row.Language, row.IsOpen, row.IsOpen && IsOver(row.Status, row.AnswerBy, row.DoneBy, now));
    }

    // They are few: the law wants them gone in days.
    private async Task<List<DataRequestLine>> Open(long officerId, DateTimeOffset now, CancellationToken ct)
    {
        var grants = await policy.GrantsOf(officerId, Right.Office, now, ct);
        if (grants.Count == 0)
        {
            return [];
        }
        var rows = await db.Set<DataRequest>().AsNoTracking()
            .Where(row => row.PersonId != officerId && (row.Status == DataRequestStatus.Received || row.Status == DataRequestStatus.Answered))
            .Select(row => new { row.Number, row.Kind, row.Status, row.Commune, row.AnswerBy, row.DoneBy }).ToListAsync(ct);
        return [.. rows.Where(row => row.Commune is null || grants.Any(grant => grant.Covers(row.Commune)))
            .Select(row => new DataRequestLine(row.Number, row.Kind, DataDeadlines.Awaited(row.Status, row.AnswerBy, row.DoneBy), IsOver(row.Status, row.AnswerBy, row.DoneBy, now)))];
    }

    private static bool IsOver(DataRequestStatus status, DateOnly answerBy, DateOnly doneBy, DateTimeOffset now) => now.DayInVietnam() > DataDeadlines.Awaited(status, answerBy, doneBy);
}
