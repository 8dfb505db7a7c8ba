using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.DataRights;

/// <summary>What somebody may ask about their own data (Law 91/2025/QH15; domain.md §6). Stored by name.</summary>
public enum DataRequestKind
{
    /// <summary>To see what is held, beyond what the bot shows by itself.</summary>
    View,

    Correct,
    Delete,

    /// <summary>To hold the data and do nothing else with them.</summary>
    Restrict,

    /// <summary>A consent was taken back.</summary>
    Withdraw,

    Object,
}

/// <summary>How far it has come. Answered: the person was told what will happen; the work is still to be done.</summary>
public enum DataRequestStatus { Received, Answered, Done, Refused }

/// <summary>
/// Somebody uses a right to their own data. What the bot can do by itself it does at once; what is left is an officer's, with the law's
/// deadlines (<see cref="DataDeadlines"/>). Written only by the effects of this folder.
/// </summary>
public sealed class DataRequest
{
    public long Id { get; init; }

    /// <summary>"QL26-000001" (quyền lợi): what people call it by; it opens nothing.</summary>
    public required string Number { get; init; }

    public required DataRequestKind Kind { get; init; }

    /// <summary>Whose data. After an erasure the stranger that this chat begins as: the answer still has somebody to reach.</summary>
    [OfPerson]
    public required long PersonId { get; init; }

    /// <summary>In which the person is written to.</summary>
    public required string Language { get; init; }

    /// <summary>Code of today's commune whose officer answers; null: not known, any officer's.</summary>
    public string? Commune { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The last day (in Vietnam) on which the person must have an answer.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>The last day (in Vietnam) on which it must be done.</summary>
    public required DateOnly DoneBy { get; init; }

    public DataRequestStatus Status { get; internal set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; internal set; }

    /// <summary>UTC; done or refused.</summary>
    public DateTimeOffset? SettledAt { get; internal set; }

    /// <summary>The officer who answered last; null: the bot had nothing to leave to anybody.</summary>
    [OfPerson(Follows = false)]
    public long? HandledBy { get; internal set; }

    /// <summary>What the person asked for, in their words.</summary>
    [Sealed]
    public string? Wish { get; init; }

    /// <summary>JSON of <see cref="Concerned"/>.</summary>
    [Sealed]
    public required string ConcernedSealed { get; init; }

    /// <summary>The officer's words to the person.</summary>
    [Sealed]
    public string? Reply { get; internal set; }

    /// <summary>UTC; when the clock looks at it again (<see cref="DataRequestClock"/>); null: settled.</summary>
    public DateTimeOffset? LookAt { get; internal set; }

    /// <summary>UTC; when an officer was first told; null: nobody is there to be told, which health says.</summary>
    public DateTimeOffset? ToldAt { get; internal set; }

    /// <summary>Two answers at once collide here.</summary>
    public int Version { get; internal set; } = 1;

    public bool IsOpen => Status is DataRequestStatus.Received or DataRequestStatus.Answered;

    internal Concerned Concerned => JsonSerializer.Deserialize<Concerned>(ConcernedSealed, Saved.Json)!;

    private sealed class Mapping : IEntityTypeConfiguration<DataRequest>
    {
        public void Configure(EntityTypeBuilder<DataRequest> table)
        {
            table.ToTable("DataRequests");
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Kind).HasConversion<string>().HasMaxLength(10);
            table.Property(row => row.Status).HasConversion<string>().HasMaxLength(10);
            table.Property(row => row.Language).HasMaxLength(5);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.Property(row => row.Version).IsConcurrencyToken();
            table.Ignore(row => row.IsOpen);
            table.Ignore(row => row.Concerned);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => row.PersonId);
            table.HasIndex(row => row.LookAt);
        }
    }
}

/// <summary>Where the officer has to look: numbers and codes only, no person.</summary>
/// <param name="Requests">Numbers of requests that were handed in.</param>
/// <param name="Addresses">Codes, ten figures, of addresses whose record may name the person.</param>
public sealed record Concerned(IReadOnlyList<string> Requests, IReadOnlyList<string> Addresses)
{
    public static readonly Concerned Nothing = new([], []);

    internal bool IsNothing => Requests.Count == 0 && Addresses.Count == 0;
}
