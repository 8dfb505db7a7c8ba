using System.Net;
using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Who may come in: the secret, a token, this machine; and from which pages.</summary>
public sealed class Gatekeeper(WebSettings settings, Tokens tokens, Pace pace)
{
    /// <summary>Null: may make tokens and begin conversations without one.</summary>
    public IResult? WhoMakesTokens(HttpContext http)
    {
        var bearer = Bearer(http);
        if (settings.Secret is { } secret)
        {
            return bearer is null ? Errors.Unauthorized() : IsSame(bearer, secret) ? null : Errors.Forbidden("The secret is wrong");
        }
        return IsOnThisMachine(http) ? null : Errors.Forbidden("Tokens are made only on this machine while Web:Secret is not set");
    }

    public bool HasSecret(HttpContext http) => settings.Secret is { } secret && Bearer(http) is { } bearer && IsSame(bearer, secret);

    /// <summary>The token's admission to this conversation (null: to any that it names), or why not.</summary>
    public (Admission? Admission, IResult? Refusal) Admit(HttpContext http, string? conversationId)
    {
        if (Bearer(http) is not { } bearer)
        {
            return (null, Errors.Unauthorized());
        }
        if (conversationId is not null && settings.Secret is { } secret && IsSame(bearer, secret))
        {
            // The holder of the secret is the operator's own server: it may see every conversation.
            return (new Admission(conversationId, null, DateTimeOffset.MaxValue), null);
        }
        return Judge(tokens.Read(bearer), conversationId);
    }

    /// <summary>The same for the address of a stream, which has its ticket (or a token) in the query.</summary>
    public (Admission? Admission, IResult? Refusal) AdmitStream(HttpContext http, string conversationId)
    {
        string ticket = http.Request.Query["t"].ToString();
        return ticket.Length == 0 ? (null, Errors.Unauthorized()) : Judge(tokens.ReadStreamTicket(ticket) ?? tokens.Read(ticket), conversationId);
    }

    private (Admission?, IResult?) Judge(Admission? admission, string? conversationId) => admission switch
    {
        null => (null, Errors.Forbidden("The token is not valid")),
        _ when tokens.IsOver(admission) => (null, Errors.TokenExpired()),
        _ when conversationId is not null && admission.ConversationId != conversationId => (null, Errors.Forbidden("The token is for another conversation")),
        _ => (admission, null),
    };

    /// <summary>Null when it is not too much; otherwise 429.</summary>
    public IResult? IsTooFast(HttpContext http, string what) => Slow(http, $"{what} {Pace.KeyOf(AddressOf(http))}", settings.TokensPerMinute);

    public IResult? SpeaksTooFast(HttpContext http, string conversationId) => Slow(http, $"says {conversationId}", settings.MessagesPerMinute);

    /// <summary>A photo costs a process for a second: fewer of them, in one conversation and from one address.</summary>
    public IResult? SendsPhotosTooFast(HttpContext http, string conversationId) =>
        Slow(http, $"photo {conversationId}", Limits.PhotosPerMinute) ?? Slow(http, $"photo {Pace.KeyOf(AddressOf(http))}", 3 * Limits.PhotosPerMinute);

    private IResult? Slow(HttpContext http, string key, int perMinute)
    {
        if (pace.Take(key, perMinute) is not { } wait)
        {
            return null;
        }
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Errors.TooMany();
    }

    /// <summary>Our own page, a page of an allowed site, or no page at all (a program; it needs its token anyway). A socket knows no CORS, so this is asked by hand.</summary>
    public bool IsWelcomeOrigin(HttpContext http) =>
        http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOwnOrigin(http, origin) || settings.AllowedOrigins.Contains(origin);

    /// <summary>The scheme is left out on purpose: a proxy in front may have taken the TLS off.</summary>
    public static bool IsOwnOrigin(HttpContext http, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);

    public bool IsAllowedElsewhere(string origin) => settings.AllowedOrigins.Contains(origin);

    private static string? Bearer(HttpContext http)
    {
        string header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length > 7 ? header[7..].Trim() : null;
    }

    /// <summary>
    /// Behind a proxy every caller seems to be this machine, and a page of another site can point a name at 127.0.0.1:
    /// so the host that was asked for must be this machine's too, and nothing may have been forwarded.
    /// </summary>
    public static bool IsOnThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && (http.Request.Host.Host is "localhost" || (IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    // The proxy in front (on this machine, and said so by Web:PublicUrl) writes the caller's address last.
    private IPAddress? AddressOf(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        var forwarded = settings.PublicUrl is not null && remote is not null && IPAddress.IsLoopback(remote)
            ? http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() : "";
        return IPAddress.TryParse(forwarded, out var caller) ? caller : remote;
    }

    /// <summary>What the caller's browser speaks: of a proxy in front, which takes the TLS off, only <c>Web:PublicUrl</c> knows.</summary>
    public bool IsSecure(HttpContext http) => http.Request.IsHttps
        || (Uri.TryCreate(settings.PublicUrl, UriKind.Absolute, out var outside) && outside.Scheme == "https" && outside.Authority == http.Request.Host.Value);

    private static bool IsSame(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Refusals in Direct Line's form: <c>{"error":{"code":…,"message":…}}</c>. No message holds what was sent.</summary>
public static class Errors
{
    public static IResult Unauthorized() => Make(StatusCodes.Status401Unauthorized, "Unauthorized", "The Authorization header is missing");
    public static IResult Forbidden(string message) => Make(StatusCodes.Status403Forbidden, "Forbidden", message);
    public static IResult TokenExpired() => Make(StatusCodes.Status403Forbidden, "TokenExpired", "Token has expired");
    public static IResult Bad(string code, string message) => Make(StatusCodes.Status400BadRequest, code, message);
    public static IResult NotFound(string message) => Make(StatusCodes.Status404NotFound, "NotFound", message);
    public static IResult TooBig() => Make(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", "The activity is too big");
    public static IResult TooMany() => Make(StatusCodes.Status429TooManyRequests, "TooManyRequests", "Too many requests; wait as Retry-After says");

    private static IResult Make(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, ActivityJson.Options, statusCode: status);
}
