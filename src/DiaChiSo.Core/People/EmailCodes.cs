using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.People;

public enum CodeVerdict
{
    Right,
    Wrong,

    /// <summary>Not six figures: it is not counted as a try.</summary>
    NotACode,

    /// <summary>Older than <see cref="Limits.EmailCodeValid"/>.</summary>
    Expired,

    /// <summary><see cref="Limits.EmailCodeTries"/> wrong answers: even the right one opens nothing now.</summary>
    UsedUp,

    /// <summary>No code is waiting for this e-mail.</summary>
    NoneSent,
}

/// <param name="EmailCodeId">The row that was judged; 0 where there is none.</param>
/// <param name="TriesLeft">After this answer.</param>
/// <param name="IsTry">A wrong answer that is to be counted (<see cref="CountEmailCodeTry"/>).</param>
public sealed record CodeJudgement(CodeVerdict Verdict, long EmailCodeId = 0, int TriesLeft = 0, bool IsTry = false);

/// <summary>Judges a typed code against the newest one that this person was sent for this e-mail. Reads only; the dialog asks for the effects.</summary>
public sealed class EmailCodes(BotDb db, Secrets secrets)
{
    private const int Figures = 6;

    public async Task<CodeJudgement> Judge(long personId, string email, string? typed, DateTimeOffset now, CancellationToken ct)
    {
        var emailHash = EmailCode.HashOfEmail(secrets, email);
        var row = await db.Set<EmailCode>().Where(code => code.PersonId == personId && code.EmailHash == emailHash)
            .OrderByDescending(code => code.SentAt).ThenByDescending(code => code.Id).FirstOrDefaultAsync(ct);
        if (row is null || row.UsedAt is not null)
        {
            return new(CodeVerdict.NoneSent);
        }
        if (now - row.SentAt > Limits.EmailCodeValid)
        {
            return new(CodeVerdict.Expired, row.Id);
        }
        if (row.Tries >= Limits.EmailCodeTries)
        {
            return new(CodeVerdict.UsedUp, row.Id);
        }
        if (FiguresOf(typed) is not { } figures)
        {
            return new(CodeVerdict.NotACode, row.Id, Limits.EmailCodeTries - row.Tries);
        }
        var isRight = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(EmailCode.HashOfCode(secrets, personId, email, figures)), Encoding.ASCII.GetBytes(row.CodeHash));
        if (isRight)
        {
            return new(CodeVerdict.Right, row.Id);
        }
        var left = Limits.EmailCodeTries - row.Tries - 1;
        return new(left == 0 ? CodeVerdict.UsedUp : CodeVerdict.Wrong, row.Id, left, IsTry: true);
    }

    /// <summary>"mã là 123 456" → 123456; null when the text does not hold just six figures.</summary>
    private static string? FiguresOf(string? typed)
    {
        var figures = string.Concat(VietnameseText.Plain(typed).Where(char.IsAsciiDigit));
        return figures.Length == Figures ? figures : null;
    }
}
