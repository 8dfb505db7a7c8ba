using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>What of an address's people was shown to somebody who is not one of them.</summary>
public enum AccessKind
{
    /// <summary>Name and role, with phone and e-mail masked.</summary>
    Contact,

    /// <summary>Phone and e-mail in full.</summary>
    FullContact,
}

/// <summary>Who saw what of whom, and when (design.md §5: "audited"). A row is added and never touched again; the data seen are not in it.</summary>
public sealed class AccessRow
{
    public long Id { get; init; }

    /// <summary>Who saw it.</summary>
    [OfPerson(Follows = false)]
    public required long PersonId { get; init; }

    /// <summary>The address code, or the number of the request in which it stands.</summary>
    public required string About { get; init; }

    public required AccessKind Kind { get; init; }

    /// <summary>The dialog that showed it.</summary>
    public required string Dialog { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<AccessRow>
    {
        public void Configure(EntityTypeBuilder<AccessRow> table)
        {
            table.ToTable("Accesses");
            table.Property(row => row.About).HasMaxLength(20);
            table.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Dialog).HasMaxLength(40);
            table.HasIndex(row => row.About);
        }
    }
}

/// <summary>Written in the turn that shows it, so that nothing is seen without its row.</summary>
/// <param name="About">An address code or a request's number.</param>
/// <param name="Dialog">The dialog that shows it.</param>
public sealed record RecordAccess(string About, AccessKind Kind, string Dialog) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct)
    {
        scope.Db.Add(new AccessRow { PersonId = scope.Turn.PersonId, About = About, Kind = Kind, Dialog = Dialog, At = scope.Now });
        return Task.CompletedTask;
    }
}
