using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Turns;

public enum RowStatus { Pending, Done, Parked }

/// <summary>Something that came in and was committed before the channel was answered. Unique by (channel, the channel's id, hash of the body).</summary>
public sealed class InboxRow
{
    public long Id { get; set; }
    public long ConversationId { get; set; }
    public required string Channel { get; init; }
    public required string IncomingKey { get; init; }
    public required string BodyHash { get; init; }

    /// <summary>The <see cref="Incoming"/> as JSON; emptied when the turn is done.</summary>
    [Sealed]
    public string Body { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }
    public RowStatus Status { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset NotBefore { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<InboxRow>
    {
        public void Configure(EntityTypeBuilder<InboxRow> table)
        {
            table.ToTable("Inbox");
            table.HasIndex(row => new { row.Channel, row.IncomingKey, row.BodyHash }).IsUnique();
            // Of what is pending, the oldest of each conversation.
            table.HasIndex(row => new { row.ConversationId, row.Id }).HasFilter("\"Status\" = 0");
            table.HasIndex(row => row.ReceivedAt);
        }
    }
}

public enum OutgoingKind { Page, Toast }

/// <summary>Something to be sent to a conversation, in the order of its ids.</summary>
public sealed class OutboxRow
{
    public long Id { get; set; }
    public long ConversationId { get; set; }
    public OutgoingKind Kind { get; init; }

    /// <summary>The <see cref="Page"/> as JSON, or the toast's words; emptied when it is sent.</summary>
    [Sealed]
    public string Body { get; set; } = "";

    /// <summary>For a toast: the channel's ticket of the press.</summary>
    public string? Ticket { get; init; }

    /// <summary>How many messages of this page are out; a retry goes on behind them.</summary>
    public int PartsSent { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NotBefore { get; set; }
    public RowStatus Status { get; set; }
    public int Attempts { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> table)
        {
            table.ToTable("Outbox");
            table.HasIndex(row => new { row.ConversationId, row.Id }).HasFilter("\"Status\" = 0");
            table.HasIndex(row => row.CreatedAt);
        }
    }
}

/// <summary>A mail to be sent; its Message-ID is made once, so that a second sending is recognised.</summary>
public sealed class MailRow
{
    public long Id { get; set; }
    public required string MessageId { get; init; }

    [Sealed]
    public required string To { get; set; }

    [Sealed]
    public required string Subject { get; set; }

    [Sealed]
    public required string Body { get; set; }

    /// <summary>The number of what it is about, while it may still be held back; null: nothing.</summary>
    public string? About { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NotBefore { get; set; }
    public RowStatus Status { get; set; }
    public int Attempts { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<MailRow>
    {
        public void Configure(EntityTypeBuilder<MailRow> table)
        {
            table.ToTable("Mails");
            table.HasIndex(row => row.MessageId).IsUnique();
            table.Property(row => row.About).HasMaxLength(20);
            table.HasIndex(row => row.Id).HasFilter("\"Status\" = 0");
        }
    }
}

/// <summary>A timer: at most one of each name in a conversation. It carries the turn; when it comes after an answer it says nothing.</summary>
public sealed class TimerRow
{
    public long ConversationId { get; init; }
    public required string Name { get; init; }
    public long Turn { get; set; }
    public DateTimeOffset DueAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<TimerRow>
    {
        public void Configure(EntityTypeBuilder<TimerRow> table)
        {
            table.ToTable("Timers");
            table.HasKey(row => new { row.ConversationId, row.Name });
            table.HasIndex(row => row.DueAt);
        }
    }
}

/// <summary>A button that outlives its page. Its id cannot be guessed; whether the person still may open it is checked when it is opened.</summary>
public sealed class Door
{
    /// <summary>What the data of a door's button begins with.</summary>
    internal const char Prefix = 'd';

    public required string Id { get; init; }
    [OfPerson]
    public long PersonId { get; init; }
    public required string Dialog { get; init; }

    /// <summary>What the dialog is opened with, as JSON.</summary>
    [Sealed]
    public required string Input { get; init; }

    /// <summary>What it is about (a request's number), so that it can be shut when that is settled.</summary>
    public required string About { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Door>
    {
        public void Configure(EntityTypeBuilder<Door> table)
        {
            table.ToTable("Doors");
            table.HasKey(row => row.Id);
            table.HasIndex(row => row.About);
        }
    }
}

/// <summary>A form that was left half-filled: the whole stack above the home page.</summary>
public sealed class DraftRow
{
    public long Id { get; set; }
    [OfPerson]
    public long PersonId { get; init; }
    public required string Dialog { get; init; }

    [Sealed]
    public required string Stack { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<DraftRow>
    {
        public void Configure(EntityTypeBuilder<DraftRow> table)
        {
            table.ToTable("Drafts");
            table.HasIndex(row => row.PersonId);
        }
    }
}
