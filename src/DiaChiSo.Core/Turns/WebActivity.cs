using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// One activity of a conversation over Direct Line, as its clients read it: a browser asks for what came after a number, so what was said
/// is kept here, unlike on a channel whose own server keeps it. Deleted after <see cref="Limits.WebActivitiesKept"/>.
/// </summary>
public sealed class WebActivity
{
    /// <summary>The <see cref="Key"/> of a row whose time is over.</summary>
    public const string Emptied = "-";

    public long Id { get; set; }

    /// <summary>The channel's name of the conversation (<see cref="Conversation.ChatKey"/>).</summary>
    public required string ChatKey { get; init; }

    /// <summary>1, 2, 3 … in each conversation: Direct Line's watermark. It never goes back, even after old rows were deleted.</summary>
    public required long Sequence { get; init; }

    /// <summary>By which a repeated one is recognised: the hash of what the client calls it, or the outbox row and the part of its page.</summary>
    public required string Key { get; set; }

    /// <summary>Said by the person; otherwise by the bot.</summary>
    public required bool IsPersons { get; init; }

    /// <summary>The activity as JSON, without its id and time; empty when its time is over and only the number is still needed.</summary>
    [Sealed]
    public required string Body { get; set; }

    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<WebActivity>
    {
        public void Configure(EntityTypeBuilder<WebActivity> table)
        {
            table.ToTable("WebActivities");
            table.HasIndex(row => new { row.ChatKey, row.Sequence }).IsUnique();
            table.HasIndex(row => new { row.ChatKey, row.Key }).IsUnique();
            table.HasIndex(row => row.At);
        }
    }
}
