using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Requests;

public enum RequestKind
{
    /// <summary>Phiếu yêu cầu cấp địa chỉ số: an address that has no code yet.</summary>
    New,

    /// <summary>A change of an address that the register has.</summary>
    Update,
}

/// <summary>
/// One request of a citizen or collaborator, from its first sending to its answer. Written only by the effects of this folder; its status
/// changes only through <see cref="RequestLifecycle"/>.
/// </summary>
public sealed class Request
{
    public long Id { get; set; }

    /// <summary>What people call it by: <see cref="RequestNumber"/>. It opens nothing: access is by ownership or by right, never by knowing it.</summary>
    public required string Number { get; init; }

    public RequestKind Kind { get; init; }

    /// <summary>Whose it is.</summary>
    [OfPerson]
    public long PersonId { get; init; }

    /// <summary>The language in which the requester is written to.</summary>
    public required string Language { get; set; }

    public RequestStatus Status { get; internal set; }

    /// <summary>Code of today's commune whose reviewers answer it: "03217".</summary>
    public required string Commune { get; set; }

    /// <summary>For an update: the address that it is about.</summary>
    public AddressCode? TargetCode { get; init; }

    /// <summary>For an update: the version of the address that the requester saw (<see cref="PublicAddress.Version"/>).</summary>
    public int? BaseVersion { get; set; }

    /// <summary>JSON of <see cref="RequestBody"/>.</summary>
    [Sealed]
    public required string BodySealed { get; set; }

    /// <summary>UTC; the last sending.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>The reviewer in whose hands it is, while it is being verified.</summary>
    [OfPerson]
    public long? ClaimedBy { get; internal set; }

    public DateTimeOffset? ClaimedAt { get; internal set; }

    /// <summary>Who answered last: decided, or asked for more.</summary>
    [OfPerson(Follows = false)]
    public long? DecidedBy { get; internal set; }

    public DateTimeOffset? DecidedAt { get; internal set; }

    /// <summary>The reviewer's words: why it was rejected, or what more is wanted.</summary>
    [Sealed]
    public string? Reason { get; internal set; }

    /// <summary>What <see cref="Reason"/> was before the last answer, for who takes that answer back.</summary>
    [Sealed]
    public string? ReasonBefore { get; internal set; }

    /// <summary>For an update that was approved in part: the fields that were taken over, by name, parted by spaces; null: all that it wished.</summary>
    public string? TakenFields { get; internal set; }

    /// <summary>The ten figures of the address that it repeats, or the number of the other request.</summary>
    public string? DuplicateOf { get; internal set; }

    /// <summary>The code that the post office issued.</summary>
    public AddressCode? IssuedCode { get; internal set; }

    /// <summary>UTC; what it held of its person and place was emptied: the consent was taken back, they had it deleted, or its time was over.</summary>
    public DateTimeOffset? EmptiedAt { get; private set; }

    /// <summary>Rises by one with each change; two decisions at once collide here.</summary>
    public int Version { get; internal set; } = 1;

    /// <summary>Of the fields that it wished, those that were not taken over.</summary>
    internal IReadOnlyList<RequestField> KeptFields =>
        TakenFields is { } taken ? [.. Body.Changed.Except(taken.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RequestField>))] : [];

    /// <summary>Nothing but the number, the kind, the code and the outcome stays.</summary>
    internal void Empty(DateTimeOffset now)
    {
        BodySealed = JsonSerializer.Serialize(new RequestBody { Changed = Body.Changed }, Saved.Json);
        (Reason, ReasonBefore) = (null, null);
        EmptiedAt = now;
        Version++;
    }

    internal RequestBody Body => JsonSerializer.Deserialize<RequestBody>(BodySealed, Saved.Json)!;

    private sealed class Mapping : IEntityTypeConfiguration<Request>
    {
        public void Configure(EntityTypeBuilder<Request> table)
        {
            table.ToTable("Requests");
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Kind).HasConversion<string>().HasMaxLength(10);
            table.Property(row => row.Status).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Language).HasMaxLength(5);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.Property(row => row.TargetCode).HasConversion(code => code.ToString(), text => new AddressCode(text!)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.IssuedCode).HasConversion(code => code.ToString(), text => new AddressCode(text!)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.DuplicateOf).HasMaxLength(20);
            table.Property(row => row.TakenFields).HasMaxLength(60);
            table.Property(row => row.Version).IsConcurrencyToken();
            table.Ignore(row => row.Body);
            table.Ignore(row => row.KeptFields);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => row.PersonId);
            table.HasIndex(row => new { row.Commune, row.Status, row.SentAt });
        }
    }
}
