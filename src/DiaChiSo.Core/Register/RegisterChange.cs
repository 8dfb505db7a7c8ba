using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Register;

/// <summary>
/// One change of one address: a row is added and never touched again. The number of rows is the register's version ("register vN").
/// </summary>
public sealed class RegisterChange
{
    public long Id { get; init; }

    public required AddressCode Code { get; init; }

    /// <summary>JSON list of <see cref="FieldChange"/>. Encrypted in the database: old and new values may be a person's.</summary>
    [Sealed]
    public required string ChangedSealed { get; init; }

    /// <summary>The number of the request or confirmation that asked for it, or "import …", "demo".</summary>
    public required string By { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Tells this row from one that had the same id in a transaction that was rolled back: a search index kept in memory remembers it.
    /// </summary>
    public Guid Stamp { get; init; } = Guid.NewGuid();

    internal IReadOnlyList<FieldChange> Fields => JsonSerializer.Deserialize<List<FieldChange>>(ChangedSealed)!;

    internal sealed class Table : IEntityTypeConfiguration<RegisterChange>
    {
        public void Configure(EntityTypeBuilder<RegisterChange> table)
        {
            table.ToTable("RegisterChanges");
            table.HasKey(change => change.Id);
            table.Property(change => change.Code).HasConversion(code => code.ToString(), text => new AddressCode(text)).HasMaxLength(AddressCode.Length);
            table.Property(change => change.By).HasMaxLength(80);
            table.Ignore(change => change.Fields);
            table.HasIndex(change => change.Code);
        }
    }
}

/// <summary>One field, old → new, as text.</summary>
public sealed record FieldChange(string Field, string? Old, string? New)
{
    /// <summary>Values may be a person's: they stay out of any text that could be logged.</summary>
    public override string ToString() => Field;
}
