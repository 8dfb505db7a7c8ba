using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// A one-time address of ours under which a person hands over a position: for channels that bring none (channels.md §2b). Who has the address
/// may put one place into this conversation, once, for <see cref="Limits.PlaceLinkValid"/>; it lets nobody read anything.
/// </summary>
public sealed class PlaceLink
{
    /// <summary>SHA-256 of the unguessable part of the address, so that the database does not hold the address itself.</summary>
    public required string Hash { get; init; }

    public required long ConversationId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>UTC; null: not yet. Set in the transaction that puts the place into the inbox.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<PlaceLink>
    {
        public void Configure(EntityTypeBuilder<PlaceLink> table)
        {
            table.ToTable("PlaceLinks");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.ConversationId);
            table.HasIndex(row => row.Until);
        }
    }
}
