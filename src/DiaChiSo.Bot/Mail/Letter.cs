using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;
using MimeKit;

namespace DiaChiSo.Bot.Mail;

internal static class Letter
{
    /// <summary>The row as a mail. The same row always makes the same one, with the same Message-ID (RFC 5322 §3.6.4), so that a second sending is recognised.</summary>
    public static MimeMessage Of(MailRow row, MailSettings settings)
    {
        var from = MailboxAddress.Parse(settings.From);
        var letter = new MimeMessage
        {
            Date = row.CreatedAt.ToOffset(TimeSpan.FromHours(7)),
            Subject = row.Subject.ReplaceLineEndings(" "),
            MessageId = $"{row.MessageId}@{from.Domain}",
            Body = new TextPart("plain") { Text = row.Body },
        };
        letter.From.Add(from);
        letter.To.Add(new MailboxAddress(null, row.To));
        // RFC 3834: answering machines leave it alone.
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }
}
