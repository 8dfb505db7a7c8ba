using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Audit;

/// <summary>
/// Who did or saw what to which address, and when (design.md §5). A row is added and never touched again: the database refuses it
/// (<see cref="AuditTrail.Guard"/>), and each row carries a hash over itself and the row before. No words of anybody are in it, so that it may
/// stay when a person's data go: what is left of them is a number.
/// </summary>
public sealed class AuditRow
{
    internal AuditRow()
    {
    }

    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>Who; null: nobody's chat, a command on the operator's machine or the clock.</summary>
    [OfPerson(Follows = false)]
    public long? PersonId { get; internal init; }

    public AuditAct Act { get; internal init; }

    /// <summary>The address that it concerns; null: none, or none yet.</summary>
    public AddressCode? Address { get; internal init; }

    /// <summary>The number of what it was done to: a request, a visit, a grant, an import; null: nothing that has one.</summary>
    public string? Number { get; internal init; }

    /// <summary>The right by which it was seen or done; <see cref="Right.Anyone"/> where it takes none.</summary>
    public Right By { get; internal init; }

    /// <summary>The channel's name, or <c>host</c>.</summary>
    public string Through { get; internal init; } = "";

    /// <summary>Keyed hash over this row and the hash of the row before; 22 characters.</summary>
    public string Hash { get; internal set; } = "";

    private sealed class Mapping : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> table)
        {
            table.ToTable(AuditTrail.Table);
            table.Property(row => row.Act).HasConversion<string>().HasMaxLength(40);
            table.Property(row => row.By).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Address).HasConversion(code => code.ToString(), text => new AddressCode(text!)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Through).HasMaxLength(20);
            table.Property(row => row.Hash).HasMaxLength(22);
            table.HasIndex(row => row.Address);
            table.HasIndex(row => row.Number);
            table.HasIndex(row => row.PersonId);
        }
    }
}
