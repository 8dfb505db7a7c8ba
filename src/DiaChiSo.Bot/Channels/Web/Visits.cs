using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Bot.Channels.Web;

/// <summary>
/// The own page's way in: <c>POST /web/session</c> gives a token, and the same conversation again to a browser that was here before, so that
/// a half-filled form is still there after three days without an account. What the browser keeps is a cookie that
/// <list type="bullet">
/// <item>holds only the conversation's id, sealed and signed by the key ring: it can be neither read nor made;</item>
/// <item>no script can read (HttpOnly), and no other site can send (SameSite=Strict, and the origin of the request is checked besides);</item>
/// <item>is good for <see cref="Limits.WebVisitorKnown"/> after the last visit, and is forgotten by <c>DELETE</c>, for a phone that several people use.</item>
/// </list>
/// The token for the talk itself lives half an hour and stays in the page's memory.
/// </summary>
public sealed class Visits(Gatekeeper gatekeeper, Tokens tokens, Chatlog chatlog, Secrets secrets, TimeProvider time)
{
    public const string CookieName = "diachiso";

    /// <summary>Activities that a page shows when it is opened; what is older it asks for when the person wants it.</summary>
    private const int ShownAtFirst = 40;

    private readonly IDataProtector protector = secrets.For("Web.Visit.v1");

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/web/session", Open);
        app.MapDelete("/web/session", Leave);
    }

    private async Task<IResult> Open(HttpContext http, CancellationToken ct)
    {
        if ((NotFromOwnPage(http) ?? gatekeeper.IsTooFast(http, "visit")) is { } refusal)
        {
            return refusal;
        }
        var conversationId = ReadCookie(http) ?? Tokens.NewConversationId(ofOwnPage: true);
        http.Response.Cookies.Append(CookieName, Seal(new Visit(conversationId, time.GetUtcNow() + Limits.WebVisitorKnown)), Options(http, Limits.WebVisitorKnown));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new
        {
            conversationId,
            token = tokens.Make(new Admission(conversationId, "web", default)),
            expires_in = (int)Tokens.Valid.TotalSeconds,
            watermark = (await chatlog.Before(conversationId, ShownAtFirst, ct)).ToString(CultureInfo.InvariantCulture),
        }, ActivityJson.Options);
    }

    private IResult Leave(HttpContext http)
    {
        if (NotFromOwnPage(http) is { } refusal)
        {
            return refusal;
        }
        http.Response.Cookies.Delete(CookieName, Options(http, null));
        return Results.NoContent();
    }

    // A browser sends Origin with every POST and DELETE; an answer without one is a program, which gains nothing by it.
    private static IResult? NotFromOwnPage(HttpContext http) =>
        http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !Gatekeeper.IsOwnOrigin(http, origin)
            ? Errors.Forbidden("Only the bot's own page may open a visit") : null;

    private string? ReadCookie(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[CookieName] is { Length: > 0 and < 2_000 } cookie
                && JsonSerializer.Deserialize<Visit>(protector.Unprotect(WebEncoders.Base64UrlDecode(cookie))) is { } visit
                && visit.Until > time.GetUtcNow() ? visit.ConversationId : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            // A cookie of another key ring: the visitor is new.
            return null;
        }
    }

    private string Seal(Visit visit) => WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(visit)));

    private CookieOptions Options(HttpContext http, TimeSpan? kept) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = gatekeeper.IsSecure(http),
        Path = "/web",
        MaxAge = kept,
        IsEssential = true,
    };

    private sealed record Visit(string ConversationId, DateTimeOffset Until);
}
