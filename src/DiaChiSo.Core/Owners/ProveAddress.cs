using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Owners;

public enum ProofOutcome
{
    Proved,

    /// <summary>
    /// It does not hold. Whether the address is there, has a contact or another one, was visited or not is not told apart, and leaves no row apart
    /// either: that would say who lives where (design.md §5).
    /// </summary>
    NotProved,

    /// <summary><see cref="Limits.OwnerProofTries"/> within an hour did not hold.</summary>
    TooOften,
}

/// <summary>Somebody says that an address is theirs and shows it.</summary>
/// <param name="Tells">Told what became of it, before the page is made.</param>
public abstract record ProveAddress(AddressCode Code, Action<ProofOutcome> Tells) : Effect
{
    private bool isProved;

    public override bool IsSubmission => isProved;

    /// <summary>The row that the proof makes, or null. The address is null where there is none that can be anybody's.</summary>
    internal abstract Task<Ownership?> Judge(EffectScope scope, DigitalAddress? address, Contact? contact, CancellationToken ct);

    public sealed override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var (db, me, now) = (scope.Db, scope.Turn.PersonId, scope.Now);
        var since = now.AddHours(-1);
        if (await db.Set<ProofTry>().CountAsync(row => row.PersonId == me && row.At > since, ct) >= Limits.OwnerProofTries)
        {
            Tells(ProofOutcome.TooOften);
            return;
        }
        var address = await db.Set<DigitalAddress>().FindAsync([Code], ct) is { Status: not AddressStatus.Withdrawn } there ? there : null;
        var contact = address is null ? null : PrivatePart.Of(address).Contact;
        var proof = await Judge(scope, address, contact, ct);
        if (proof is null || !await Reach.HasAgreed(db, me, Purposes.OwnAddresses, ct))
        {
            db.Add(new ProofTry { PersonId = me, At = now });
            Tells(ProofOutcome.NotProved);
            return;
        }
        isProved = true;
        if (await scope.Get<OwnedAddresses>().Find(me, Code, ct) is null)
        {
            proof.TakeAsOwn(contact, scope.Get<Secrets>());
            db.Add(proof);
            scope.Write(AuditAct.AddressProved, Code, proof.Visit);
        }
        Tells(ProofOutcome.Proved);
    }

    // Its text would name the address.
    public sealed override string ToString() => GetType().Name;
}

/// <summary>By the e-mail: the person verified it, and it is the one on the address's record.</summary>
public sealed record ProveByEmail(AddressCode Code, Action<ProofOutcome> Tells) : ProveAddress(Code, Tells)
{
    internal override async Task<Ownership?> Judge(EffectScope scope, DigitalAddress? address, Contact? contact, CancellationToken ct)
    {
        var me = await scope.Db.People.FindAsync([scope.Turn.PersonId], ct);
        return me is { Email: { Length: > 0 } mine, EmailVerifiedAt: not null } && contact is { Email: { Length: > 0 } theirs } && EmailText.Key(mine) == EmailText.Key(theirs)
            ? new Ownership { PersonId = me.Id, Code = Code, Proof = OwnerProof.Email, Since = scope.Now }
            : null;
    }
}

/// <summary>
/// By the code on the minutes that the owner keeps: of the last visit that made one, once, within <see cref="Limits.OwnerCodeValid"/>, and only while the
/// contact on record is still the one of that visit.
/// </summary>
/// <param name="Letters">As <see cref="OwnerCode.TryRead"/> gives them.</param>
public sealed record ProveByLetters(AddressCode Code, string Letters, Action<ProofOutcome> Tells) : ProveAddress(Code, Tells)
{
    internal override async Task<Ownership?> Judge(EffectScope scope, DigitalAddress? address, Contact? contact, CancellationToken ct)
    {
        var visit = await scope.Db.Set<Confirmation>().Where(row => row.Code == Code && row.OwnerCodeHash != null)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        // The same work where there is nothing to compare with.
        var typed = OwnerCode.HashOf(scope.Get<Secrets>(), visit?.Number ?? "", Letters);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(typed), Encoding.ASCII.GetBytes(visit?.OwnerCodeHash ?? typed[1..] + "-"));
        if (!isRight || address is null || visit is not { OwnerCodeUsedAt: null } || scope.Now - visit.At > Limits.OwnerCodeValid || !OwnerCode.IsOfSame(visit, contact))
        {
            return null;
        }
        visit.OwnerCodeUsedAt = scope.Now;
        return new Ownership { PersonId = scope.Turn.PersonId, Code = Code, Proof = OwnerProof.VisitCode, Visit = visit.Number, VisitedBy = visit.PersonId, Since = scope.Now };
    }
}

/// <summary>The person no longer wants to count as the owner.</summary>
public sealed record GiveUpAddress(AddressCode Code) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        foreach (var row in await scope.Db.Set<Ownership>().Where(row => row.PersonId == scope.Turn.PersonId && row.Code == Code && row.EndedAt == null).ToListAsync(ct))
        {
            row.End(OwnershipEnd.GivenUp, scope.Now);
            scope.Write(AuditAct.AddressGivenUp, Code);
        }
    }
}
