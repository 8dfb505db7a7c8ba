using System.Text.RegularExpressions;

namespace DiaChiSo.Bot.Settings;

/// <summary>The section "ZaloBot": a bot of the Zalo Bot Platform (not an Official Account, which is "ZaloOa").</summary>
public sealed partial class ZaloBotSettings
{
    public const string DefaultApi = "https://bot-api.zaloplatforms.com";

    /// <summary>What Zalo Bot Creator gave; null or empty: no Zalo bot.</summary>
    [Example("1459232241454765289:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678")]
    public string? Token { get; set; }

    /// <summary>Where Zalo brings messages; null: the bot asks for them. HTTPS, with a path of its own.</summary>
    [Example("https://diachiso.example.vn/zalo-bot")]
    public string? WebhookUrl { get; set; }

    /// <summary>What Zalo shows with every message, so that nobody else can bring one; wanted with <see cref="WebhookUrl"/>.</summary>
    [Example("a-long-random-word-of-letters-and-figures")]
    public string? WebhookSecret { get; set; }

    /// <summary>Messages that the plan allows in a calendar month of Vietnam; 0: no limit.</summary>
    [Example("3000")]
    public int MonthlyMessages { get; set; } = 3_000;

    /// <summary>People whom the plan allows; 0: no limit.</summary>
    [Example("50")]
    public int MostUsers { get; set; } = 50;

    /// <summary>Where Zalo keeps what people send: a photo is fetched from these hosts, and hosts below them, only.</summary>
    [Example("zdn.vn, zadn.vn")]
    public string[] PhotoHosts { get; set; } = ["zdn.vn", "zadn.vn", "zaloplatforms.com", "zapps.me"];

    /// <summary>Where the platform is; plain HTTP on this machine only. Older bots: https://bot-api.zapps.me.</summary>
    [Example(DefaultApi)]
    public string ApiUrl { get; set; } = DefaultApi;

    public bool IsOn => !string.IsNullOrEmpty(Token);

    public bool IsWebhook => !string.IsNullOrEmpty(WebhookUrl);

    public string? Fault() => this switch
    {
        { IsOn: false } => null,
        _ when !TokenShape().IsMatch(Token!) => "ZaloBot:Token: this is not a bot token; copy the whole line that Zalo Bot Creator gave, for example 1459232241454765289:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678.",
        _ when !IsBase(ApiUrl) => $"ZaloBot:ApiUrl: an HTTPS address without a path is wanted, for example {DefaultApi}.",
        { IsWebhook: true } when !IsHook(WebhookUrl!) => "ZaloBot:WebhookUrl: an HTTPS address with a path is wanted, for example https://diachiso.example.vn/zalo-bot.",
        // The platform takes 8 letters; so few can be guessed.
        { IsWebhook: true } when WebhookSecret is not { Length: >= 16 and <= 256 } || !WebhookSecret.All(char.IsAscii) || WebhookSecret.Any(char.IsControl)
            => "ZaloBot:WebhookSecret: where ZaloBot:WebhookUrl is set, 16 to 256 letters are wanted, for example the output of: openssl rand -hex 32.",
        { MonthlyMessages: < 0 } => "ZaloBot:MonthlyMessages: a number is wanted, for example 3000; 0 for a plan without a limit.",
        { MostUsers: < 0 } => "ZaloBot:MostUsers: a number is wanted, for example 50; 0 for a plan without a limit.",
        _ when PhotoHosts.Length == 0 || PhotoHosts.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) => "ZaloBot:PhotoHosts: names of hosts are wanted, for example zdn.vn, zadn.vn.",
        _ => null,
    };

    private static bool IsBase(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri is { Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" } && !url.EndsWith('/') && IsSafe(uri);

    private static bool IsHook(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri is { Query: "", Fragment: "", UserInfo: "" } && uri.AbsolutePath.Length > 1 && IsSafe(uri);

    private static bool IsSafe(Uri uri) => uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback);

    [GeneratedRegex(@"^\d{3,30}:[A-Za-z0-9_-]{16,200}\z")]
    private static partial Regex TokenShape();
}
