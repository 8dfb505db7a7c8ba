using MimeKit;

namespace DiaChiSo.Bot.Settings;

/// <summary>How the connection to the mail server is guarded.</summary>
public enum MailSecurity
{
    /// <summary>Begins in clear and goes over to TLS, or fails (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>In clear: for a mail server on this machine only.</summary>
    None,
}

/// <summary>The section "Mail". Without a host, mails are files in the data folder.</summary>
public sealed class MailSettings
{
    /// <summary>The SMTP server; null: mails are laid down in data/mail.</summary>
    [Example("smtp.example.vn")]
    public string? Host { get; set; }

    [Example("587")]
    public int Port { get; set; } = 587;

    [Example("StartTls")]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Null: the server asks for no name.</summary>
    [Example("bot@example.vn")]
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>What stands as the sender.</summary>
    [Example("Địa chỉ số <bot@example.vn>")]
    public string From { get; set; } = "Địa chỉ số <bot@localhost.invalid>";

    public bool IsSmtp => !string.IsNullOrEmpty(Host);

    public string? Fault() => this switch
    {
        _ when !MailboxAddress.TryParse(From, out var from) || !from.Address.Contains('@')
            => "Mail:From: a sender is wanted, for example Địa chỉ số <bot@example.vn>.",
        { Port: < 1 or > 65535 } => "Mail:Port: a port from 1 to 65535 is wanted, for example 587.",
        { IsSmtp: true } when Uri.CheckHostName(Host) == UriHostNameType.Unknown => "Mail:Host: the name of a mail server is wanted, for example smtp.example.vn.",
        { IsSmtp: true } when From.Contains("localhost.invalid", StringComparison.Ordinal)
            => "Mail:From: a sender is wanted where Mail:Host is set, for example Địa chỉ số <bot@example.vn>.",
        { User.Length: > 0, Password: null or "" } => "Mail:Password: a password is wanted where Mail:User is set, for example in the environment variable DiaChiSo__Mail__Password.",
        { IsSmtp: true, Security: MailSecurity.None, User.Length: > 0 } when !IsThisMachine(Host!)
            => "Mail:Security: a password never goes over the network in clear, for example StartTls.",
        _ => null,
    };

    private static bool IsThisMachine(string host) => host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
