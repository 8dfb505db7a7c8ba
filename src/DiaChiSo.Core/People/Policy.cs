using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>Answers by <see cref="PolicyTable"/> and the grants that run now; asked at every turn, so that a right taken back is gone at the next message.</summary>
public sealed class Policy(BotDb db)
{
    /// <summary>Whether the person holds the right anywhere (<paramref name="commune"/> null) or in that commune of today (its code).</summary>
    /// <param name="village">Where a grant may be for some villages only: that of the address, empty where it has none; null: does not matter.</param>
    public async Task<bool> May(long personId, Right right, DateTimeOffset now, string? commune = null, CancellationToken ct = default, string? village = null)
    {
        if (PolicyTable.GivesAnyone(right))
        {
            return true;
        }
        return (await Standing(personId, ct)).Any(grant => grant.HoldsAt(now) && PolicyTable.Gives(grant.Role, right) && (commune is null || grant.Covers(commune, village)));
    }

    /// <summary>The areas in which the person holds the right.</summary>
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(long personId, Right right, DateTimeOffset now, CancellationToken ct = default) =>
        [.. (await Standing(personId, ct)).Where(grant => grant.HoldsAt(now) && PolicyTable.Gives(grant.Role, right))];

    /// <summary>Everything that the person holds now, the oldest first.</summary>
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(long personId, DateTimeOffset now, CancellationToken ct = default) =>
        [.. (await Standing(personId, ct)).Where(grant => grant.HoldsAt(now)).OrderBy(grant => grant.Id)];

    /// <summary>People who hold the right in that commune (code of today), for telling them of work.</summary>
    public async Task<IReadOnlyList<long>> Holders(Right right, string commune, DateTimeOffset now, CancellationToken ct = default)
    {
        var grants = await db.Grants.AsNoTracking().Where(grant => grant.RevokedAt == null).ToListAsync(ct);
        return [.. grants.Where(grant => grant.HoldsAt(now) && PolicyTable.Gives(grant.Role, right) && grant.Covers(commune)).Select(grant => grant.PersonId).Distinct()];
    }

    private static readonly HotQuery<Func<BotDb, long, IAsyncEnumerable<RoleGrant>>> GrantsOfPerson = new(() => EF.CompileAsyncQuery((BotDb db, long personId) =>
        db.Grants.AsNoTracking().Where(grant => grant.PersonId == personId && grant.RevokedAt == null)));

    private async Task<List<RoleGrant>> Standing(long personId, CancellationToken ct)
    {
        var grants = new List<RoleGrant>();
        await foreach (var grant in GrantsOfPerson.On(db)(db, personId).WithCancellation(ct))
        {
            grants.Add(grant);
        }
        return grants;
    }
}
