using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Owners;

/// <summary>How somebody showed that an address is theirs. Never by a phone: families share them (domain.md §6).</summary>
public enum OwnerProof
{
    /// <summary>Their verified e-mail is the one on the address's record.</summary>
    Email,

    /// <summary>The code on the minutes of a collaborator's visit.</summary>
    VisitCode,
}

/// <summary>Why an ownership ended. Stored by name.</summary>
public enum OwnershipEnd { GivenUp, OtherContact, AddressWithdrawn, ConsentWithdrawn, Erased }

/// <summary>
/// From its proof on a person sees this address's record and is told of what happens to it. It ends when they give it up, when somebody else
/// becomes the contact on record, or when the address is withdrawn. An address may have several owners.
/// </summary>
public sealed class Ownership
{
    public long Id { get; init; }

    [OfPerson]
    public required long PersonId { get; init; }

    public required AddressCode Code { get; init; }

    public required OwnerProof Proof { get; init; }

    /// <summary>For <see cref="OwnerProof.VisitCode"/>: the number of the minutes.</summary>
    public string? Visit { get; init; }

    /// <summary>For <see cref="OwnerProof.VisitCode"/>: the collaborator who was there.</summary>
    [OfPerson(Follows = false)]
    public long? VisitedBy { get; init; }

    /// <summary>Keyed hash of the contact's name as it was on record; null: there was no contact.</summary>
    public string? NameHash { get; private set; }

    /// <summary>Keyed hash of the contact's e-mail as it was on record; null: there was none.</summary>
    public string? EmailHash { get; private set; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public OwnershipEnd? EndedBy { get; private set; }

    internal void End(OwnershipEnd why, DateTimeOffset now) => (EndedAt, EndedBy) = (EndedAt ?? now, EndedBy ?? why);

    /// <summary>The change that ended it was taken back.</summary>
    internal void TakeEndBack() => (EndedAt, EndedBy) = (null, null);

    /// <summary>From here on this contact is the owner's: at the proof, and when the owner had it corrected.</summary>
    internal void TakeAsOwn(Contact? contact, Secrets secrets)
    {
        NameHash = contact is null ? null : HashOfName(contact, secrets);
        EmailHash = contact is { Email: { Length: > 0 } email } ? EmailCode.HashOfEmail(secrets, email) : null;
    }

    /// <summary>
    /// Why it holds no more, or null. Another person is somebody of another name and another e-mail: a phone says nothing, and a contact that was
    /// taken off the record has no successor yet.
    /// </summary>
    internal OwnershipEnd? IsOver(DigitalAddress? address, Secrets secrets)
    {
        if (EndedBy is { } ended)
        {
            return ended;
        }
        if (address is null or { Status: AddressStatus.Withdrawn })
        {
            return OwnershipEnd.AddressWithdrawn;
        }
        var contact = PrivatePart.Of(address).Contact;
        var isSame = contact is null || NameHash is null || HashOfName(contact, secrets) == NameHash
            || (EmailHash is not null && contact.Email.Length > 0 && EmailCode.HashOfEmail(secrets, contact.Email) == EmailHash);
        return isSame ? null : OwnershipEnd.OtherContact;
    }

    private static string HashOfName(Contact contact, Secrets secrets) => secrets.Hash("owner-name", VietnameseText.Words(contact.FullName));

    private sealed class Mapping : IEntityTypeConfiguration<Ownership>
    {
        public void Configure(EntityTypeBuilder<Ownership> table)
        {
            table.ToTable("Ownerships");
            table.Property(row => row.Code).HasConversion(code => code.ToString(), text => new AddressCode(text)).HasMaxLength(AddressCode.Length);
            table.Property(row => row.Proof).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.EndedBy).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Visit).HasMaxLength(20);
            table.HasIndex(row => row.PersonId);
            table.HasIndex(row => row.Code);
        }
    }
}

/// <summary>A proof that did not hold: counted, so that nobody tries them all. It does not say of which address.</summary>
public sealed class ProofTry
{
    public long Id { get; init; }

    [OfPerson]
    public required long PersonId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ProofTry>
    {
        public void Configure(EntityTypeBuilder<ProofTry> table)
        {
            table.ToTable("ProofTries");
            table.HasIndex(row => new { row.PersonId, row.At });
        }
    }
}
