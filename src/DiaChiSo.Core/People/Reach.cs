using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>To which e-mail somebody may be written to, in one place: whoever took the consent back gets no more mails, of whatever kind.</summary>
public static class Reach
{
    /// <summary>The verified e-mail of a person whose consent to be answered stands; null: none.</summary>
    public static async Task<string?> EmailFor(BotDb db, long personId, CancellationToken ct) =>
        await db.People.FindAsync([personId], ct) is { Email: { } email, EmailVerifiedAt: not null } && await HasAgreed(db, personId, AccountNeed.ForRequests.Purpose, ct) ? email : null;

    /// <summary>Whether a consent to this purpose stands, under whatever version of its words.</summary>
    internal static async Task<bool> HasAgreed(BotDb db, long personId, string purpose, CancellationToken ct) =>
        db.Set<Consent>().Local.Any(row => row.PersonId == personId && row.Purpose == purpose && row.WithdrawnAt is null && db.Entry(row).State == EntityState.Added)
        || (await db.Set<Consent>().Where(row => row.PersonId == personId && row.Purpose == purpose && row.WithdrawnAt == null).ToListAsync(ct)).Any(row => row.WithdrawnAt is null);
}
