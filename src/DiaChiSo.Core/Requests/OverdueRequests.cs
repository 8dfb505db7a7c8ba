using System.Globalization;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Announces what waits too long, in office hours and once a day to each person: to the reviewers of the area, after twice the time to its officer,
/// and what is held in hand for long to who holds it. One notice with a count, never one for each request.
/// </summary>
public sealed class OverdueRequests(IServiceScopeFactory scopes, WriteGate gate, Nudges nudges, AdministrativeUnits units, WorkingTime working, TimeProvider time)
{
    private const string Words = "Review";

    private sealed record Late(string Number, string Commune, long PersonId, long? ClaimedBy, DateTimeOffset SentAt);

    /// <summary>Returns how many people were told.</summary>
    public async Task<int> Announce(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!working.IsOpen(now))
        {
            return 0;
        }
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var told = await TellAll(new(db, new TurnContext(0, 0, Texts.Languages[0], now, "clock"), scope.ServiceProvider), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (told > 0)
        {
            nudges.Turns.Set();
        }
        return told;
    }

    private async Task<int> TellAll(EffectScope scope, CancellationToken ct)
    {
        var told = 0;
        var late = await LateSince(scope.Db, working.DaysBefore(scope.Now, Limits.AnswerWithinWorkingDays), ct);
        foreach (var (reviewer, theirs) in await ByHolder(scope, Right.Review, late, ct))
        {
            // Four eyes: what one asked for oneself is not one's work.
            if (theirs.Where(one => one.PersonId != reviewer).ToList() is { Count: > 0 } work)
            {
                told += await Tell(scope, reviewer, AnnouncementKind.Overdue, "notice-overdue", work, new QueueFilter(IsOverdue: true), ct);
            }
        }
        var forLong = await LateSince(scope.Db, working.DaysBefore(scope.Now, 2 * Limits.AnswerWithinWorkingDays), ct);
        foreach (var (officer, theirs) in await ByHolder(scope, Right.Office, forLong, ct))
        {
            told += await Tell(scope, officer, AnnouncementKind.OverdueForLong, "notice-overdue-for-long", theirs, opens: null, ct);
        }
        var heldSince = scope.Now - Limits.ClaimRemindedAfter;
        var held = await scope.Db.Set<Request>().AsNoTracking().Where(row => row.Status == RequestStatus.BeingVerified && row.ClaimedBy != null && row.ClaimedAt <= heldSince)
            .OrderBy(row => row.ClaimedAt).Select(row => new Late(row.Number, row.Commune, row.PersonId, row.ClaimedBy, row.SentAt)).ToListAsync(ct);
        foreach (var theirs in held.GroupBy(one => one.ClaimedBy!.Value))
        {
            told += await Tell(scope, theirs.Key, AnnouncementKind.HeldForLong, "notice-held-for-long", [.. theirs], new Query(theirs.First().Number), ct);
        }
        return told;
    }

    private static async Task<List<Late>> LateSince(BotDb db, DateTimeOffset by, CancellationToken ct) =>
        await db.Set<Request>().AsNoTracking().Where(row => (row.Status == RequestStatus.Sent || row.Status == RequestStatus.BeingVerified) && row.SentAt <= by)
            .OrderBy(row => row.SentAt).Select(row => new Late(row.Number, row.Commune, row.PersonId, row.ClaimedBy, row.SentAt)).ToListAsync(ct);

    private static async Task<IReadOnlyList<(long Person, List<Late> Theirs)>> ByHolder(EffectScope scope, Right right, List<Late> late, CancellationToken ct)
    {
        var byPerson = new SortedDictionary<long, List<Late>>();
        foreach (var commune in late.GroupBy(one => one.Commune))
        {
            foreach (var holder in await scope.Get<Policy>().Holders(right, commune.Key, scope.Now, ct))
            {
                byPerson.TryAdd(holder, []);
                byPerson[holder].AddRange(commune);
            }
        }
        return [.. byPerson.Select(pair => (pair.Key, pair.Value))];
    }

    private async Task<int> Tell(EffectScope scope, long person, AnnouncementKind kind, string section, List<Late> theirs, object? opens, CancellationToken ct)
    {
        var day = scope.Now.DayInVietnam();
        if (await scope.Db.Set<Announcement>().AnyAsync(row => row.PersonId == person && row.Kind == kind && row.Day == day, ct))
        {
            return 0;
        }
        scope.Db.Add(new Announcement { PersonId = person, Kind = kind, Day = day });
        var oldest = theirs.MinBy(one => one.SentAt)!;
        var holes = new Dictionary<string, string>
        {
            ["count"] = theirs.Count.ToString(CultureInfo.InvariantCulture),
            ["days"] = Limits.AnswerWithinWorkingDays.ToString(CultureInfo.InvariantCulture),
            ["twice"] = (2 * Limits.AnswerWithinWorkingDays).ToString(CultureInfo.InvariantCulture),
            ["number"] = oldest.Number,
            ["oldest"] = RequestWords.Day(oldest.SentAt),
            ["communes"] = string.Join(", ", theirs.Select(one => one.Commune).Distinct().Order(StringComparer.Ordinal)
                .Select(code => units.Find(new UnitKey(UnitSystem.Since2025, code))?.InLine ?? code)),
        };
        // Yesterday's button leads to yesterday's queue.
        var about = string.Create(CultureInfo.InvariantCulture, $"{kind} {person}");
        await new CloseDoors(about).Apply(scope, ct);
        await new Tell(person, Words, section, holes, about, opens is null ? null : Words, opens).Apply(scope, ct);
        return 1;
    }
}
