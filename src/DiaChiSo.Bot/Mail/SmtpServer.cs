using DiaChiSo.Bot.Settings;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace DiaChiSo.Bot.Mail;

/// <summary>The mail server of the settings. MailKit's protocol log stays off: it would hold addresses and passwords.</summary>
internal sealed class SmtpServer(MailSettings settings) : IMailCarrier
{
    private const int TimeoutMilliseconds = 30_000;

    public async Task<IMailRound> Begin(CancellationToken ct)
    {
        var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, settings.Security switch
            {
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, ct);
            if (settings.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, settings.Password!, ct);
            }
            return new Round(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private sealed class Round(SmtpClient client) : IMailRound
    {
        public async Task Carry(MimeMessage letter, CancellationToken ct)
        {
            try
            {
                await client.SendAsync(letter, ct);
            }
            // RFC 5321 §4.2.1: 5yz is for ever, 4yz is worth another try.
            catch (SmtpCommandException refusal) when ((int)refusal.StatusCode is >= 500 and < 600 && refusal.ErrorCode is not SmtpErrorCode.SenderNotAccepted)
            {
                throw new LetterRefused((int)refusal.StatusCode);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await client.DisconnectAsync(quit: true);
            }
            catch (Exception fault) when (fault is IOException or SmtpProtocolException or SmtpCommandException)
            {
                // The letters are with the server; its good-bye is not needed.
            }
            client.Dispose();
        }
    }
}
