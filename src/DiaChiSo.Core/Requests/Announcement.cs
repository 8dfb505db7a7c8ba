using DiaChiSo.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Requests;

/// <summary>What is announced about requests that wait too long.</summary>
public enum AnnouncementKind
{
    /// <summary>To the reviewers of the area: more than <see cref="Limits.AnswerWithinWorkingDays"/>.</summary>
    Overdue,

    /// <summary>To the officer of the area: more than twice that.</summary>
    OverdueForLong,

    /// <summary>To the reviewer who has had them in hand for more than <see cref="Limits.ClaimRemindedAfter"/>.</summary>
    HeldForLong,
}

/// <summary>That somebody was told on a day: once a day is enough.</summary>
public sealed class Announcement
{
    public long Id { get; init; }

    [OfPerson(Follows = false)]
    public required long PersonId { get; init; }

    public required AnnouncementKind Kind { get; init; }

    /// <summary>In Vietnam.</summary>
    public required DateOnly Day { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Announcement>
    {
        public void Configure(EntityTypeBuilder<Announcement> table)
        {
            table.ToTable("Announcements");
            table.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
            table.HasIndex(row => new { row.PersonId, row.Kind, row.Day }).IsUnique();
        }
    }
}
