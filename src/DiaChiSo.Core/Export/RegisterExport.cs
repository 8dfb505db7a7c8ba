using DiaChiSo.Core.Register;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Export;

/// <summary>
/// One file that was written for the post office (the plan, steps 6 and 7): when, by whom, what, and the file by its SHA-256. The data
/// themselves are not kept a second time.
/// </summary>
public sealed class RegisterExport
{
    /// <summary>Its number, which stands above the table in the file.</summary>
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The operating system's name of who ran it.</summary>
    public required string By { get; init; }

    public int NewAddresses { get; internal set; }
    public int Updates { get; internal set; }

    /// <summary>Visits that ended well.</summary>
    public int Confirmations { get; internal set; }

    /// <summary>Visits that ended otherwise.</summary>
    public int Outcomes { get; internal set; }

    /// <summary>Lower-case hexadecimal digits.</summary>
    public string Sha256 { get; internal set; } = "";

    private sealed class Mapping : IEntityTypeConfiguration<RegisterExport>
    {
        public void Configure(EntityTypeBuilder<RegisterExport> table)
        {
            table.ToTable("RegisterExports");
            table.Property(row => row.By).HasMaxLength(100);
            table.Property(row => row.Sha256).HasMaxLength(64);
        }
    }
}

/// <summary>What a row of an export is about.</summary>
public enum ExportKind
{
    /// <summary>An approved new address, with its code or waiting for it.</summary>
    NewAddress,

    /// <summary>An approved update.</summary>
    Update,

    /// <summary>A visit that ended well, with what was corrected.</summary>
    Confirmation,

    /// <summary>A visit that ended otherwise.</summary>
    Outcome,
}

/// <summary>One request or visit that was exported: each once, by its number. Acknowledged when a hand-over shows that it arrived.</summary>
public sealed class ExportItem
{
    public long Id { get; init; }

    /// <summary>The <see cref="RegisterExport"/>.</summary>
    public required long ExportId { get; init; }

    public required ExportKind Kind { get; init; }

    /// <summary>Of the request (YC26-000123) or the visit's minutes (BB26-000123).</summary>
    public required string Number { get; init; }

    /// <summary>Null: a new address that waited for its code.</summary>
    public AddressCode? Code { get; init; }

    /// <summary>Code of today's commune.</summary>
    public required string Commune { get; init; }

    /// <summary>UTC; null: no hand-over has shown it yet.</summary>
    public DateTimeOffset? AcknowledgedAt { get; internal set; }

    /// <summary>The import that showed it.</summary>
    public long? AcknowledgedByImport { get; internal set; }

    private sealed class Mapping : IEntityTypeConfiguration<ExportItem>
    {
        public void Configure(EntityTypeBuilder<ExportItem> table)
        {
            table.ToTable("ExportItems");
            table.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Code).HasConversion(code => code.ToString(), text => new AddressCode(text!)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => row.ExportId);
            table.HasIndex(row => row.AcknowledgedByImport);
            table.HasIndex(row => row.Id).HasFilter("\"AcknowledgedAt\" IS NULL");
        }
    }
}
