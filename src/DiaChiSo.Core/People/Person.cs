using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>Somebody who wrote to the bot. Nothing is known of them until they say it.</summary>
public sealed class Person
{
    public long Id { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The verified e-mail, or null.</summary>
    [Sealed]
    public string? Email { get; set; }

    public string? EmailHash { get; set; }
    public DateTimeOffset? EmailVerifiedAt { get; set; }

    /// <summary>The chats of this one turned out to be that one's; nothing is kept here any more.</summary>
    public long? JoinedTo { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    /// <summary>UTC; they had their data deleted, and no chat leads here any more: what is left is a number.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> table)
        {
            table.ToTable("People");
            table.HasIndex(row => row.EmailHash);
        }
    }
}
