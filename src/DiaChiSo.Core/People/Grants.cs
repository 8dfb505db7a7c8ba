using System.Globalization;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>Gives roles and takes them back, on the operator's machine. A row is never changed but for its end, so the table tells who held what and when.</summary>
public sealed class Grants(BotDb db, AdministrativeUnits units, Nudges nudges, TimeProvider time)
{
    private const string Words = "WhoAmI";

    // The plan's working day is Vietnam's (UTC+7, no summer time).
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);

    /// <summary>Gives a role. The same role in the same area that still runs is ended first, so that one of them holds: so villages are changed too.</summary>
    /// <param name="personId">To whom.</param>
    /// <param name="role">What.</param>
    /// <param name="area">Codes of today's communes, separated by spaces; <c>*</c>: everywhere.</param>
    /// <param name="lastDay">The last day on which it holds, in Vietnam; null: until it is taken back.</param>
    /// <param name="villages">As <see cref="RoleGrant.Villages"/>.</param>
    public async Task<RoleGrant> Give(long personId, Role role, string area, DateOnly? lastDay, CancellationToken ct, string villages = "")
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var grant = await Begin(db, personId, role, area, villages, lastDay, now, ct);
        db.WriteAsHost(now, AuditAct.RoleGranted, number: NumberOf(grant));
        await Tell(grant, $"notice-{role.ToString().ToLowerInvariant()}", now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        nudges.Turns.Set();
        return grant;
    }

    /// <summary>The row of a role that begins now; the same one that runs ends. Saves.</summary>
    internal static async Task<RoleGrant> Begin(BotDb db, long personId, Role role, string area, string villages, DateOnly? lastDay, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var same in await db.Grants.Where(row => row.PersonId == personId && row.Role == role && row.Area == area && row.RevokedAt == null).ToListAsync(ct))
        {
            same.RevokedAt = now;
        }
        var grant = new RoleGrant
        {
            PersonId = personId,
            Role = role,
            Area = area,
            Villages = villages,
            GrantedAt = now,
            Until = lastDay is { } day ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, VietnamAheadOfUtc).ToUniversalTime() : null,
        };
        db.Grants.Add(grant);
        await db.SaveChangesAsync(ct);
        return grant;
    }

    /// <summary>Takes a grant back at once. Null: there is no such grant, or it was taken back before.</summary>
    public async Task<RoleGrant?> Revoke(long id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Grants.SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, ct) is not { } grant)
        {
            return null;
        }
        var now = time.GetUtcNow();
        grant.RevokedAt = now;
        db.WriteAsHost(now, AuditAct.RoleRevoked, number: NumberOf(grant));
        await Tell(grant, "notice-revoked", now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        nudges.Turns.Set();
        return grant;
    }

    /// <summary>All grants, the newest first; those that ended too.</summary>
    public async Task<IReadOnlyList<RoleGrant>> All(CancellationToken ct) => await db.Grants.AsNoTracking().OrderByDescending(row => row.Id).ToListAsync(ct);

    /// <summary>The communes of an area by name; everywhere: the province.</summary>
    public static string AreaInWords(string area, AdministrativeUnits units) => area == "*"
        ? AdministrativeUnits.ProvinceInLine
        : string.Join(", ", area.Split(' ').Select(code => units.Find(new UnitKey(UnitSystem.Since2025, code))?.Name ?? code));

    /// <summary>The last day on which it holds, as it is written in Vietnam; empty: no end.</summary>
    public static string LastDayInWords(RoleGrant grant) => grant.Until is { } until
        ? until.ToOffset(VietnamAheadOfUtc).AddTicks(-1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
        : "";

    internal static string NumberOf(RoleGrant grant) => grant.Id.ToString(CultureInfo.InvariantCulture);

    // A right that nobody told of is not used, and one that is gone should not be found out in the middle of a visit.
    private async Task Tell(RoleGrant grant, string section, DateTimeOffset now, CancellationToken ct)
    {
        var conversation = await db.Conversations.Where(row => row.PersonId == grant.PersonId && !row.IsGone)
            .OrderByDescending(row => row.LastHeardAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (conversation is not null)
        {
            var holes = new Dictionary<string, string> { ["area"] = AreaInWords(grant.Area, units), ["villages"] = grant.Villages, ["until"] = LastDayInWords(grant) };
            db.Inbox.Add(InnerMail.To(conversation.Id, $"{section} {grant.Id}", new Noticed(Words, section, holes), now));
        }
    }
}
