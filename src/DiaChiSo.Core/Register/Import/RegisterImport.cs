using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// The audit of one import that was applied: which files by their SHA-256 (a file's name may hold a person's), who ran it, what came of it.
/// What undoing needs stands with the addresses (<see cref="DigitalAddress.AddedByImport"/>) and their changes (by "import 7").
/// </summary>
public sealed class RegisterImport
{
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The operating system's name of who ran it.</summary>
    public required string By { get; init; }

    /// <summary>JSON list of <see cref="ImportedFile"/>.</summary>
    public string Files { get; internal set; } = "[]";

    public long Added { get; internal set; }
    public long Changed { get; internal set; }
    public long Unchanged { get; internal set; }
    public long Refused { get; internal set; }

    /// <summary>Fields in which a local correction was newer than the file and was kept.</summary>
    public long Kept { get; internal set; }

    /// <summary>Requests that it answered.</summary>
    public long Answered { get; internal set; }

    /// <summary>
    /// Rises over all rows with each import or undoing that changed an address; null: it changed none. A search index that knows the greatest
    /// one knows whether the register changed past its change rows.
    /// </summary>
    public long? Revision { get; internal set; }

    /// <summary>UTC; null: it stands.</summary>
    public DateTimeOffset? UndoneAt { get; internal set; }

    public string? UndoneBy { get; internal set; }

    /// <summary>Addresses that were not put back because they were changed since.</summary>
    public long LeftByUndo { get; internal set; }

    /// <summary>What stands in <see cref="RegisterChange.By"/>; begins with <see cref="Mark"/>.</summary>
    public static string ByOf(long id) => $"{Mark}{id}";

    /// <summary>Changes so marked came from files; all others were made here, by a request or a visit.</summary>
    public const string Mark = "import ";

    /// <summary>Ends <see cref="RegisterChange.By"/> where an import was taken back.</summary>
    public const string UndoneMark = " undone";

    internal static async Task<long> NextRevision(DbContext db, CancellationToken ct) =>
        (await db.Set<RegisterImport>().MaxAsync(row => row.Revision, ct) ?? 0) + 1;

    private sealed class Table : IEntityTypeConfiguration<RegisterImport>
    {
        public void Configure(EntityTypeBuilder<RegisterImport> table)
        {
            table.ToTable("RegisterImports");
            table.Property(row => row.By).HasMaxLength(100);
            table.Property(row => row.UndoneBy).HasMaxLength(100);
            table.HasIndex(row => row.Revision);
        }
    }
}

/// <summary>One file of an import.</summary>
/// <param name="Kind">"csv", "xlsx", "pdf".</param>
/// <param name="Date">Of the hand-over.</param>
public sealed record ImportedFile(string Kind, string Sha256, long Rows, DateOnly Date);
