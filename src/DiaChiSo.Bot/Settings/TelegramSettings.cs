using System.Text.RegularExpressions;

namespace DiaChiSo.Bot.Settings;

/// <summary>The section "Telegram".</summary>
public sealed partial class TelegramSettings
{
    /// <summary>What BotFather gave; null or empty: no Telegram.</summary>
    [Example("123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678")]
    public string? Token { get; set; }

    /// <summary>Where Telegram brings updates; null: the bot asks for them. HTTPS, port 443, 80, 88 or 8443, with a path of its own.</summary>
    [Example("https://diachiso.example.vn/telegram")]
    public string? WebhookUrl { get; set; }

    /// <summary>What Telegram shows with every update, so that nobody else can bring one; wanted with <see cref="WebhookUrl"/>.</summary>
    [Example("a-long-random-word-of-letters-and-figures")]
    public string? WebhookSecret { get; set; }

    /// <summary>A Bot API server of one's own; null: Telegram's.</summary>
    [Example("http://127.0.0.1:8081")]
    public string? ApiUrl { get; set; }

    /// <summary>Inline mode: public address cards in any chat; has to be switched on at BotFather as well (/setinline).</summary>
    [Example("false")]
    public bool Inline { get; set; } = true;

    public bool IsOn => !string.IsNullOrEmpty(Token);

    public bool IsWebhook => !string.IsNullOrEmpty(WebhookUrl);

    public string? Fault() => this switch
    {
        { IsOn: false } => null,
        _ when !TokenShape().IsMatch(Token!)
            => "Telegram:Token: this is not a bot token; copy the whole line that BotFather gave, for example 123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678.",
        _ when ApiUrl is { Length: > 0 } && !IsBase(ApiUrl) => "Telegram:ApiUrl: the address of a Bot API server without a slash at its end is wanted, for example http://127.0.0.1:8081.",
        { IsWebhook: true } when !IsHook(WebhookUrl!) => "Telegram:WebhookUrl: an HTTPS address with a path is wanted, port 443, 80, 88 or 8443, for example https://diachiso.example.vn/telegram.",
        { IsWebhook: true } when !SecretShape().IsMatch(WebhookSecret ?? "")
            => "Telegram:WebhookSecret: where Telegram:WebhookUrl is set, 16 to 256 letters, figures, - and _ are wanted, for example the output of: openssl rand -hex 32.",
        _ => null,
    };

    private static bool IsBase(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Query: "", Fragment: "", UserInfo: "" } && !url.EndsWith('/');

    // Plain HTTP on loopback: a Bot API server on this machine.
    private static bool IsHook(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri is { Query: "", Fragment: "", UserInfo: "" } && uri.AbsolutePath.Length > 1
        && ((uri.Scheme == "https" && uri.Port is 443 or 80 or 88 or 8443) || (uri.Scheme is "http" && uri.IsLoopback));

    [GeneratedRegex(@"^\d{3,20}:[A-Za-z0-9_-]{20,100}\z")]
    private static partial Regex TokenShape();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{16,256}\z")]
    private static partial Regex SecretShape();
}
