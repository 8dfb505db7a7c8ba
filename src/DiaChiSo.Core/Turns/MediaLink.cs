using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// An address of ours under which one picture or file can be fetched for a while, by whoever was given it: some channels take no bytes, only
/// an address that their server reads. It is drawn when it is read; here stands only what.
/// </summary>
public sealed class MediaLink
{
    /// <summary>SHA-256 of the unguessable part of the address, so that the database does not hold the address itself.</summary>
    public required string Hash { get; init; }

    /// <summary>The <see cref="Picture"/> or <see cref="Document"/> as JSON.</summary>
    [Sealed]
    public required string What { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    public int Reads { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<MediaLink>
    {
        public void Configure(EntityTypeBuilder<MediaLink> table)
        {
            table.ToTable("MediaLinks");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.Until);
        }
    }
}
