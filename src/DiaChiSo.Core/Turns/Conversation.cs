using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Turns;

/// <summary>One person on one channel.</summary>
public sealed class Conversation
{
    public long Id { get; set; }

    /// <summary>telegram, zalo-oa, zalo-bot, web, terminal.</summary>
    public required string Channel { get; init; }

    /// <summary>The channel's own name of the chat, as a string.</summary>
    public required string ChatKey { get; init; }

    [OfPerson]
    public long PersonId { get; set; }

    public string Language { get; set; } = Texts.Languages[0];

    /// <summary>Raised by every turn; a press and a timer carry it.</summary>
    public long Turn { get; set; }

    /// <summary>The <see cref="Talk"/> as JSON.</summary>
    [Sealed]
    public string State { get; set; } = "{}";

    public DateTimeOffset LastHeardAt { get; set; }

    /// <summary>The person blocked the bot: nothing is sent until they write again.</summary>
    public bool IsGone { get; set; }

    /// <summary>Something waits in the outbox until they write again (<see cref="Sending.Waits"/>).</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>So that two processes cannot both write the same turn.</summary>
    public long Version { get; set; }

    internal Talk Open() => JsonSerializer.Deserialize<Talk>(State, Saved.Json) ?? new Talk();

    internal void Close(Talk talk) => State = JsonSerializer.Serialize(talk, Saved.Json);

    private sealed class Mapping : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> table)
        {
            table.ToTable("Conversations");
            table.HasIndex(row => new { row.Channel, row.ChatKey }).IsUnique();
            table.HasIndex(row => row.PersonId);
            table.Property(row => row.Version).IsConcurrencyToken();
        }
    }
}
