using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Confirmations;

/// <summary>
/// Biên bản xác nhận thông báo: the minutes of one visit (the plan, step 5), whatever its outcome. Written once by
/// <see cref="RecordVisit"/> and never changed, except that its owner's code is used up; another visit makes another one.
/// </summary>
public sealed class Confirmation
{
    public long Id { get; init; }

    /// <summary>"BB26-000123": it is written on both paper copies.</summary>
    public required string Number { get; init; }

    /// <summary>The collaborator.</summary>
    [OfPerson]
    public required long PersonId { get; init; }

    public required AddressCode Code { get; init; }

    /// <summary>Code of today's commune of the address at the time of the visit.</summary>
    public required string Commune { get; init; }

    public required VisitOutcome Outcome { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For <see cref="VisitOutcome.NobodyHome"/>: the day (in Vietnam) to come again.</summary>
    public DateOnly? ComeAgainOn { get; init; }

    /// <summary>For <see cref="VisitOutcome.Duplicate"/>: the other code of the same place.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>The request that what went to review became; null where nothing did.</summary>
    public string? RequestNumber { get; init; }

    /// <summary>Keyed hash of the code on the owner's copy (<see cref="Owners.OwnerCode"/>); null where none was made.</summary>
    public string? OwnerCodeHash { get; init; }

    /// <summary>UTC; somebody proved by it that the address is theirs.</summary>
    public DateTimeOffset? OwnerCodeUsedAt { get; internal set; }

    /// <summary>JSON of <see cref="Minutes"/>.</summary>
    [Sealed]
    public required string BodySealed { get; init; }

    internal Minutes Body => JsonSerializer.Deserialize<Minutes>(BodySealed, Saved.Json)!;

    private sealed class Mapping : IEntityTypeConfiguration<Confirmation>
    {
        public void Configure(EntityTypeBuilder<Confirmation> table)
        {
            table.ToTable("Confirmations");
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Code).HasConversion(code => code.ToString(), text => new AddressCode(text)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.Property(row => row.Outcome).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.DuplicateOf).HasMaxLength(AddressCode.Length);
            table.Property(row => row.RequestNumber).HasMaxLength(20);
            table.Ignore(row => row.Body);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => new { row.Code, row.At });
            table.HasIndex(row => new { row.PersonId, row.At });
        }
    }
}

/// <summary>What the minutes say beyond their heading: personal data throughout, sealed at rest; its text shows nothing.</summary>
/// <param name="Seen">The record as it was read out, a home's name among it.</param>
/// <param name="SeenContact">The contact on record before.</param>
/// <param name="Corrections">What the owner had changed; what it does not name was confirmed as it stood.</param>
/// <param name="ForReview">Of the corrections, those that wait for a reviewer.</param>
/// <param name="Agreement">For <see cref="VisitOutcome.Done"/>.</param>
/// <param name="Note">The collaborator's words.</param>
/// <param name="Channel">Where it was recorded.</param>
public sealed record Minutes(
    SeenAddress? Seen, Contact? SeenContact, RequestBody Corrections, IReadOnlyList<RequestField> ForReview, OwnerAgreement? Agreement, string? Note, string Channel)
{
    public override string ToString() => nameof(Minutes);
}
