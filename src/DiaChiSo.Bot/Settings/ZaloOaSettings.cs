using System.Text.RegularExpressions;

namespace DiaChiSo.Bot.Settings;

/// <summary>What becomes of an answer that is ready when nobody was heard for 48 hours (from then on Zalo bills it, after 7 days it takes none).</summary>
public enum LateAnswers
{
    /// <summary>It waits until the person writes; after 7 days news goes by e-mail.</summary>
    Wait,

    /// <summary>News goes by e-mail, where the person has verified one.</summary>
    Email,
}

/// <summary>How choices are offered beside their numbered lines.</summary>
public enum ZaloButtons
{
    /// <summary>Buttons whose data nobody sees (<c>oa.query.hide</c>).</summary>
    Hide,

    /// <summary>Buttons whose data stands in the chat as if it had been typed (<c>oa.query.show</c>).</summary>
    Show,

    /// <summary>No buttons: the numbered lines are enough.</summary>
    Off,
}

/// <summary>The section "ZaloOa": a Zalo Official Account over OpenAPI v3.</summary>
public sealed partial class ZaloOaSettings
{
    public const string DefaultApi = "https://openapi.zalo.me";
    public const string DefaultOAuth = "https://oauth.zaloapp.com";

    /// <summary>The application's number at developers.zalo.me; null or empty: no Zalo Official Account.</summary>
    [Example("360846524940903967")]
    public string? AppId { get; set; }

    /// <summary>The application's secret key: renews the tokens.</summary>
    public string? AppSecret { get; set; }

    /// <summary>The secret key of the application's webhook page, not the one above: signs what Zalo brings. Without it everything is refused.</summary>
    public string? OaSecretKey { get; set; }

    /// <summary>The account's own number: what is meant for another one is left out.</summary>
    [Example("388613280878808645")]
    public string? OaId { get; set; }

    /// <summary>The path of the webhook on this program's address.</summary>
    [Example("/zalo-oa/webhook")]
    public string WebhookPath { get; set; } = "/zalo-oa/webhook";

    /// <summary>The address that the application's page names as the callback; Zalo sends the operator there after the consent.</summary>
    [Example("https://diachiso.example.vn/zalo-oa/consent")]
    public string? RedirectUrl { get; set; }

    [Example("Wait")]
    public LateAnswers LateAnswers { get; set; } = LateAnswers.Wait;

    [Example("Hide")]
    public ZaloButtons Buttons { get; set; } = ZaloButtons.Hide;

    /// <summary>Where Zalo keeps what people send: a photo is fetched from these hosts, and hosts below them, only.</summary>
    [Example("zdn.vn, zadn.vn")]
    public string[] PhotoHosts { get; set; } = ["zdn.vn", "zadn.vn"];

    /// <summary>Zalo's limit for an application.</summary>
    [Example("4000")]
    public int CallsPerMinute { get; set; } = 4_000;

    /// <summary>Where the OpenAPI is; plain HTTP on this machine only.</summary>
    [Example(DefaultApi)]
    public string ApiUrl { get; set; } = DefaultApi;

    /// <summary>Where tokens are given; plain HTTP on this machine only.</summary>
    [Example(DefaultOAuth)]
    public string OAuthUrl { get; set; } = DefaultOAuth;

    public bool IsOn => !string.IsNullOrEmpty(AppId);

    public string? Fault() => this switch
    {
        { IsOn: false } => null,
        _ when !NumberShape().IsMatch(AppId!) => "ZaloOa:AppId: the application's number at developers.zalo.me is wanted, for example 360846524940903967.",
        _ when string.IsNullOrWhiteSpace(AppSecret) => "ZaloOa:AppSecret: the application's secret key is wanted where ZaloOa:AppId is set, for example in the environment variable DiaChiSo__ZaloOa__AppSecret.",
        _ when OaId is { Length: > 0 } && !NumberShape().IsMatch(OaId) => "ZaloOa:OaId: the Official Account's number is wanted, for example 388613280878808645.",
        _ when !PathShape().IsMatch(WebhookPath) => "ZaloOa:WebhookPath: a path of letters, figures, - and _ is wanted, for example /zalo-oa/webhook.",
        _ when RedirectUrl is { Length: > 0 } && !IsBase(RedirectUrl, canHavePath: true) => "ZaloOa:RedirectUrl: the callback that the application's page names is wanted, for example https://diachiso.example.vn/zalo-oa/consent.",
        _ when !IsBase(ApiUrl) => $"ZaloOa:ApiUrl: an HTTPS address without a path is wanted, for example {DefaultApi}.",
        _ when !IsBase(OAuthUrl) => $"ZaloOa:OAuthUrl: an HTTPS address without a path is wanted, for example {DefaultOAuth}.",
        _ when PhotoHosts.Length == 0 || PhotoHosts.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) => "ZaloOa:PhotoHosts: names of hosts are wanted, for example zdn.vn, zadn.vn.",
        { CallsPerMinute: < 60 or > 100_000 } => "ZaloOa:CallsPerMinute: a number from 60 is wanted, for example 4000.",
        _ => null,
    };

    private static bool IsBase(string url, bool canHavePath = false) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri is { Query: "", Fragment: "", UserInfo: "" } && (canHavePath || (uri.AbsolutePath == "/" && !url.EndsWith('/')))
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    [GeneratedRegex(@"^\d{5,25}\z")]
    private static partial Regex NumberShape();

    [GeneratedRegex(@"^(/[A-Za-z0-9_-]{1,80}){1,4}\z")]
    private static partial Regex PathShape();
}
