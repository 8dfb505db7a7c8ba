using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>A code that went to an e-mail. Neither the code nor the e-mail can be read from the row; the tries are counted in it.</summary>
public sealed class EmailCode
{
    public long Id { get; init; }
    [OfPerson]
    public long PersonId { get; init; }

    /// <summary>Keyed hash of the e-mail, for the limits of <see cref="Limits.EmailCodesPerHour"/> and <see cref="Limits.EmailCodesPerDay"/>.</summary>
    public required string EmailHash { get; init; }

    /// <summary>Keyed hash of the code together with whom it is for.</summary>
    public required string CodeHash { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>Wrong answers so far.</summary>
    public int Tries { get; set; }

    /// <summary>UTC; a code opens once.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    internal static string HashOfEmail(Secrets secrets, string email) => secrets.Hash("email", EmailText.Key(email));

    internal static string HashOfCode(Secrets secrets, long personId, string email, string code) =>
        secrets.Hash("email-code", $"{personId}\0{EmailText.Key(email)}\0{code}");

    private sealed class Mapping : IEntityTypeConfiguration<EmailCode>
    {
        public void Configure(EntityTypeBuilder<EmailCode> table)
        {
            table.ToTable("EmailCodes");
            table.HasIndex(row => new { row.EmailHash, row.SentAt });
            table.HasIndex(row => new { row.PersonId, row.SentAt });
        }
    }
}

/// <summary>
/// Mails a code of six figures, unless as many went to this e-mail, or from this person, as the limits allow. Nothing depends on whether
/// anybody knows the e-mail, and neither do the words.
/// </summary>
/// <param name="Email">Where to.</param>
/// <param name="Answer">Told what became of it, before the page is made.</param>
public sealed record SendEmailCode(string Email, Action<CodeSending> Answer) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var secrets = scope.Get<Secrets>();
        var emailHash = EmailCode.HashOfEmail(secrets, Email);
        var dayAgo = scope.Now.AddDays(-1);
        var sent = await scope.Db.Set<EmailCode>().AsNoTracking()
            .Where(row => row.SentAt > dayAgo && (row.EmailHash == emailHash || row.PersonId == scope.Turn.PersonId))
            .Select(row => new { row.SentAt, row.EmailHash, row.PersonId }).ToListAsync(ct);
        var free = new[]
        {
            FreeAt(sent.Where(row => row.EmailHash == emailHash).Select(row => row.SentAt), Limits.EmailCodesPerHour, TimeSpan.FromHours(1)),
            FreeAt(sent.Where(row => row.EmailHash == emailHash).Select(row => row.SentAt), Limits.EmailCodesPerDay, TimeSpan.FromDays(1)),
            FreeAt(sent.Where(row => row.PersonId == scope.Turn.PersonId).Select(row => row.SentAt), Limits.EmailCodesPerPersonPerDay, TimeSpan.FromDays(1)),
        }.Max();
        if (free > scope.Now)
        {
            Answer(new CodeSending(false, free));
            return;
        }
        var code = scope.Get<INumbers>().NewEmailCode();
        scope.Db.Add(new EmailCode
        {
            PersonId = scope.Turn.PersonId,
            EmailHash = emailHash,
            CodeHash = EmailCode.HashOfCode(secrets, scope.Turn.PersonId, Email, code),
            SentAt = scope.Now,
        });
        var minutes = ((int)Limits.EmailCodeValid.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await new Mail(Email, "Account", "mail-code", new Dictionary<string, string> { ["code"] = code, ["minutes"] = minutes }).Apply(scope, ct);
        Answer(new CodeSending(true, scope.Now));
    }

    /// <summary>When the next one may go, if at most so many go in so long a time.</summary>
    private static DateTimeOffset FreeAt(IEnumerable<DateTimeOffset> sent, int most, TimeSpan within)
    {
        var counted = sent.OrderDescending().ToList();
        return counted.Count < most ? DateTimeOffset.MinValue : counted[most - 1] + within;
    }

    public override string ToString() => nameof(SendEmailCode);
}

/// <summary>What became of a wish for a code. <paramref name="FreeAt"/> (UTC): when the next one may go, where it was not sent.</summary>
public sealed record CodeSending(bool IsSent, DateTimeOffset FreeAt);

/// <summary>A wrong code was typed.</summary>
public sealed record CountEmailCodeTry(long EmailCodeId) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        if (await scope.Db.FindAsync<EmailCode>([EmailCodeId], ct) is { } row && row.PersonId == scope.Turn.PersonId)
        {
            row.Tries++;
        }
    }
}

/// <summary>The right code was typed: the e-mail is this person's from now on, and the code is used up.</summary>
public sealed record VerifyEmail(long EmailCodeId, string Email) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var emailHash = EmailCode.HashOfEmail(scope.Get<Secrets>(), Email);
        if (await scope.Db.FindAsync<EmailCode>([EmailCodeId], ct) is not { UsedAt: null } row || row.PersonId != scope.Turn.PersonId || row.EmailHash != emailHash)
        {
            throw new InvalidOperationException("an e-mail is verified by the code that was sent to it");
        }
        row.UsedAt = scope.Now;
        var person = await scope.Db.People.FindAsync([scope.Turn.PersonId], ct) ?? throw new InvalidOperationException("the person of this turn is not there");
        person.Email = Email;
        person.EmailHash = emailHash;
        person.EmailVerifiedAt = scope.Now;
        scope.Write(AuditAct.EmailVerified);
    }

    public override string ToString() => nameof(VerifyEmail);
}
