using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

/// <summary>What a person has agreed to and proved about themselves. Only ever asked about the person of the conversation.</summary>
public sealed class Accounts(BotDb db)
{
    /// <summary>The e-mail that this person has shown to be theirs, or null.</summary>
    public async Task<string?> EmailOf(long personId, CancellationToken ct) =>
        await db.People.FindAsync([personId], ct) is { EmailVerifiedAt: not null } person ? person.Email : null;

    /// <summary>Whether the person agreed to this purpose under one of these versions of the words, and has not taken it back.</summary>
    public Task<bool> HasAgreed(long personId, string purpose, IReadOnlyCollection<string> versions, CancellationToken ct) =>
        db.Set<Consent>().AnyAsync(row => row.PersonId == personId && row.Purpose == purpose && row.WithdrawnAt == null && versions.Contains(row.Version), ct);
}
