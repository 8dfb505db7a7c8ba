using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>A role given to a person by the operator, in an area, until a day or until taken back.</summary>
public sealed class RoleGrant
{
    public long Id { get; set; }
    [OfPerson]
    public long PersonId { get; init; }
    public Role Role { get; init; }

    /// <summary>Codes of today's communes, separated by spaces; <c>*</c>: everywhere.</summary>
    public required string Area { get; init; }

    public DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset? Until { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && (Until is null || now < Until);

    /// <param name="commune">Code of a commune of today.</param>
    public bool Covers(string commune) => Area == "*" || Area.Split(' ').Contains(commune);

    private sealed class Mapping : IEntityTypeConfiguration<RoleGrant>
    {
        public void Configure(EntityTypeBuilder<RoleGrant> table)
        {
            table.ToTable("Grants");
            table.HasIndex(row => row.PersonId);
        }
    }
}

/// <summary>Who may do what; asked at every turn, so that a right taken back is gone at the next message.</summary>
public sealed class Policy(BotDb db)
{
    // The table of design.md §5 in code: which roles hold a right.
    private static bool Gives(Role role, Right right) => right switch
    {
        Right.Anyone => true,
        Right.Confirm => role is Role.Collaborator,
        Right.Review => role is Role.Reviewer,
        Right.Office => role is Role.Officer,
        _ => false,
    };

    /// <summary>Whether the person holds the right anywhere (<paramref name="commune"/> null) or in that commune of today (its code).</summary>
    public async Task<bool> May(long personId, Right right, DateTimeOffset now, string? commune = null, CancellationToken ct = default)
    {
        if (right == Right.Anyone)
        {
            return true;
        }
        return (await Standing(personId, ct)).Any(grant => grant.HoldsAt(now) && Gives(grant.Role, right) && (commune is null || grant.Covers(commune)));
    }

    /// <summary>The areas in which the person holds the right.</summary>
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(long personId, Right right, DateTimeOffset now, CancellationToken ct = default)
    {
        return [.. (await Standing(personId, ct)).Where(grant => grant.HoldsAt(now) && Gives(grant.Role, right))];
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

    /// <summary>Everything that the person holds now, the oldest first.</summary>
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(long personId, DateTimeOffset now, CancellationToken ct = default)
    {
        var grants = await db.Grants.AsNoTracking().Where(grant => grant.PersonId == personId && grant.RevokedAt == null).OrderBy(grant => grant.Id).ToListAsync(ct);
        return [.. grants.Where(grant => grant.HoldsAt(now))];
    }

    /// <summary>People who hold the right in that commune (code of today), for telling them of work.</summary>
    public async Task<IReadOnlyList<long>> Holders(Right right, string commune, DateTimeOffset now, CancellationToken ct = default)
    {
        var grants = await db.Grants.AsNoTracking().Where(grant => grant.RevokedAt == null).ToListAsync(ct);
        return [.. grants.Where(grant => grant.HoldsAt(now) && Gives(grant.Role, right) && grant.Covers(commune)).Select(grant => grant.PersonId).Distinct()];
    }
}
