namespace DiaChiSo.Bot.Settings;

/// <summary>The section "BotFramework": <c>/api/messages</c>, for the channels of the Azure Bot Service. Nothing of it is listened to while it is empty.</summary>
public sealed class BotFrameworkSettings
{
    /// <summary>The app's id, as its registration at Azure shows it; null: no such channel.</summary>
    [Example("00000000-1111-2222-3333-444444444444")]
    public string? AppId { get; set; }

    /// <summary>The app's client secret.</summary>
    public string? AppPassword { get; set; }

    /// <summary>The tenant of a single-tenant app; null: a multi-tenant one.</summary>
    [Example("55555555-6666-7777-8888-999999999999")]
    public string? TenantId { get; set; }

    /// <summary>Where the channels' signing keys are announced.</summary>
    [Example("https://login.botframework.com/v1/.well-known/openidconfiguration")]
    public string OpenIdMetadata { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Who signs what the channels bring; another one in the clouds of governments.</summary>
    [Example("https://api.botframework.com")]
    public string Issuer { get; set; } = "https://api.botframework.com";

    /// <summary>Where the bot gets its own tokens.</summary>
    [Example("https://login.microsoftonline.com")]
    public string LoginUrl { get; set; } = "https://login.microsoftonline.com";

    /// <summary>What the bot's own tokens are for.</summary>
    [Example("https://api.botframework.com/.default")]
    public string Scope { get; set; } = "https://api.botframework.com/.default";

    /// <summary>Programs on this machine may speak without a token, to try things out. Never for who comes over a network, and never to be left on.</summary>
    [Example("false")]
    public bool AllowAnonymous { get; set; }

    public bool IsOn => !string.IsNullOrEmpty(AppId) || AllowAnonymous;

    public bool HasApp => !string.IsNullOrEmpty(AppId);

    /// <summary>Where the bot's own tokens come from.</summary>
    public string TokenUrl => $"{LoginUrl.TrimEnd('/')}/{(string.IsNullOrEmpty(TenantId) ? "botframework.com" : TenantId)}/oauth2/v2.0/token";

    public string? Fault() => this switch
    {
        { IsOn: false } => null,
        _ when HasApp && !Guid.TryParseExact(AppId, "D", out _) => "BotFramework:AppId: the app's id from its registration is wanted, for example 00000000-1111-2222-3333-444444444444.",
        _ when HasApp && string.IsNullOrEmpty(AppPassword) => "BotFramework:AppPassword: where BotFramework:AppId is set, the app's client secret is wanted; without it nothing can be answered.",
        _ when TenantId is { Length: > 0 } && !IsName(TenantId) => "BotFramework:TenantId: the tenant's id or domain is wanted, for example 55555555-6666-7777-8888-999999999999.",
        _ when !IsAddress(OpenIdMetadata) => "BotFramework:OpenIdMetadata: an https address is wanted, for example https://login.botframework.com/v1/.well-known/openidconfiguration.",
        _ when !IsAddress(LoginUrl) => "BotFramework:LoginUrl: an https address is wanted, for example https://login.microsoftonline.com.",
        _ when string.IsNullOrWhiteSpace(Issuer) => "BotFramework:Issuer: who signs the channels' tokens is wanted, for example https://api.botframework.com.",
        _ when string.IsNullOrWhiteSpace(Scope) => "BotFramework:Scope: what the bot's tokens are for is wanted, for example https://api.botframework.com/.default.",
        _ => null,
    };

    /// <summary>Keys, secrets and words go over TLS, or stay on this machine.</summary>
    internal static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsGuarded(uri);

    internal static bool IsGuarded(Uri uri) => (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)) && uri is { UserInfo: "", Fragment: "" };

    private static bool IsName(string tenant) => tenant.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');
}
