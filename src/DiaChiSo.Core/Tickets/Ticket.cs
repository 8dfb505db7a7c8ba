using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Tickets;

/// <summary>How a ticket ended.</summary>
public enum TicketEnd { ByOfficer, ByPerson, BySilence }

/// <summary>
/// Somebody who wants a human: from the tap on «Gặp người giúp» until its end is said. While it is open their words go to the officer and the bot is
/// quiet. Written only by the effects of this folder and by <see cref="TicketClock"/>.
/// </summary>
public sealed class Ticket
{
    public long Id { get; set; }

    /// <summary>"HT26-000001": hỗ trợ, the year in Vietnam, a running number. It opens nothing.</summary>
    public required string Number { get; init; }

    /// <summary>Who wants help.</summary>
    [OfPerson]
    public long PersonId { get; init; }

    /// <summary>Code of today's commune; null: not known.</summary>
    public string? Commune { get; init; }

    /// <summary>The key of the office that answers (<see cref="Offices.Office.Key"/>).</summary>
    public required string Office { get; set; }

    /// <summary>The dialog in which the person stood.</summary>
    public required string Where { get; init; }

    /// <summary>The officer who took it; null: nobody yet.</summary>
    [OfPerson]
    public long? TakenBy { get; internal set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>UTC; until then somebody is to take it.</summary>
    public DateTimeOffset DueAt { get; internal set; }

    /// <summary>UTC; of either side.</summary>
    public DateTimeOffset LastWordAt { get; internal set; }

    /// <summary>When the clock looks at it next (UTC): nobody took it, or nobody said anything.</summary>
    public DateTimeOffset LookAt { get; internal set; }

    public DateTimeOffset? ClosedAt { get; internal set; }
    public TicketEnd? End { get; internal set; }

    /// <summary>Rises by one with each change; two officers at once collide here.</summary>
    public int Version { get; internal set; } = 1;

    public bool IsOpen => ClosedAt is null;

    internal static async Task<string> NextNumber(BotDb db, DateTimeOffset now, CancellationToken ct)
    {
        var series = string.Create(CultureInfo.InvariantCulture, $"HT{now.ToOffset(TimeSpan.FromHours(7)).Year % 100:00}");
        var running = await Sequence.Next(db, series, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{running:000000}");
    }

    private sealed class Mapping : IEntityTypeConfiguration<Ticket>
    {
        public void Configure(EntityTypeBuilder<Ticket> table)
        {
            table.ToTable("Tickets");
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.Property(row => row.Office).HasMaxLength(40);
            table.Property(row => row.Where).HasMaxLength(40);
            table.Property(row => row.End).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Version).IsConcurrencyToken();
            table.Ignore(row => row.IsOpen);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => row.PersonId);
            table.HasIndex(row => row.LookAt).HasFilter("\"ClosedAt\" IS NULL");
        }
    }
}

/// <summary>What one of the two said to the other.</summary>
public sealed class TicketWord
{
    public long Id { get; set; }
    public required long TicketId { get; init; }
    public required bool IsOfficers { get; init; }

    [Sealed]
    public required string Words { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<TicketWord>
    {
        public void Configure(EntityTypeBuilder<TicketWord> table)
        {
            table.ToTable("TicketWords");
            table.HasIndex(row => row.TicketId);
        }
    }
}
