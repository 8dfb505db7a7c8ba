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
