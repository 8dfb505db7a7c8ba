using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Store;

/// <summary>A running number. It is a row, not a counter in memory, so that it rises and falls back with the transaction that took it.</summary>
public sealed class Sequence
{
    /// <summary>What is counted, "YC26".</summary>
    public required string Name { get; init; }

    /// <summary>The last number given out.</summary>
    public long Last { get; private set; }

    /// <summary>The next number, from 1; kept when the turn's transaction is.</summary>
    public static async Task<long> Next(BotDb db, string name, CancellationToken ct)
    {
        var row = await db.Set<Sequence>().FindAsync([name], ct);
        if (row is null)
        {
            row = new Sequence { Name = name };
            db.Add(row);
        }
        return ++row.Last;
    }

    private sealed class Mapping : IEntityTypeConfiguration<Sequence>
    {
        public void Configure(EntityTypeBuilder<Sequence> table)
        {
            table.ToTable("Sequences");
            table.HasKey(row => row.Name);
            table.Property(row => row.Name).HasMaxLength(20);
            table.Property(row => row.Last).IsConcurrencyToken();
        }
    }
}
