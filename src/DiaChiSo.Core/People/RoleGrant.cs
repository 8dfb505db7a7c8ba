using DiaChiSo.Core.Register;
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

    /// <summary>Names of villages of its one commune, parted by "; "; empty: all of the area.</summary>
    public string Villages { get; init; } = "";

    public DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset? Until { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && (Until is null || now < Until);

    /// <param name="commune">Code of a commune of today.</param>
    /// <param name="village">Of the address, empty where it has none on record (then a grant for villages does not reach it); null: any will do.</param>
    public bool Covers(string commune, string? village = null) =>
        (Area == "*" || Area.Split(' ').Contains(commune))
        && (village is null || Villages.Length == 0 || VillageWords.Same(Villages.Split(VillagesApart).Select(name => new Village(name, null)), village).Count > 0);

    /// <summary>Between the names of <see cref="Villages"/>.</summary>
    public const string VillagesApart = "; ";

    private sealed class Mapping : IEntityTypeConfiguration<RoleGrant>
    {
        public void Configure(EntityTypeBuilder<RoleGrant> table)
        {
            table.ToTable("Grants");
            table.HasIndex(row => row.PersonId);
        }
    }
}
