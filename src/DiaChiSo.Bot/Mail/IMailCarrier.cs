using MimeKit;

namespace DiaChiSo.Bot.Mail;

/// <summary>Takes letters away: to a mail server, or to a folder. A wall on purpose.</summary>
public interface IMailCarrier
{
    /// <summary>Takes letters one by one; throws what the world does, before the letter it could not take.</summary>
    Task<IMailRound> Begin(CancellationToken ct);
}

/// <summary>One connection's worth of letters.</summary>
public interface IMailRound : IAsyncDisposable
{
    /// <exception cref="LetterRefused">Nobody will ever take this one.</exception>
    Task Carry(MimeMessage letter, CancellationToken ct);
}

/// <summary>The mail server will never take this letter: no such mailbox, too big. <paramref name="code"/> is SMTP's number.</summary>
public sealed class LetterRefused(int code) : Exception($"refused with {code}")
{
    public int Code { get; } = code;
}
