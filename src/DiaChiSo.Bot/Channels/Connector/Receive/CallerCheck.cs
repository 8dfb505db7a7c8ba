using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>What came of a caller's token.</summary>
/// <param name="Refused">Why not, without anything of what was sent; null: it is good.</param>
/// <param name="IsVouchedFor">By a token of the Bot Framework; false: somebody on this machine, without one.</param>
internal sealed record CallerVerdict(string? Refused, bool IsVouchedFor = false);

/// <summary>
/// Whether an activity comes from where it says (channels.md §3.2): a token that the Bot Framework signed, for this bot, in its time, for this
/// channel, with the very address that is to be answered. A library's defaults are not enough: they try every key for an unknown one, and
/// do not know <c>serviceurl</c>.
/// </summary>
internal sealed class CallerCheck(BotFrameworkSettings settings, SigningKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private const int LongestToken = 16 * 1024;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <param name="authorization">The header; null: there is none.</param>
    /// <param name="activity">What the caller brought.</param>
    /// <param name="isOnThisMachine">Not through a proxy, either.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HttpRequestException">The framework's keys cannot be had, so nothing can be said.</exception>
    public async Task<CallerVerdict> Judge(string? authorization, Activity activity, bool isOnThisMachine, CancellationToken ct)
    {
        if (!Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var service) || !BotFrameworkSettings.IsGuarded(service))
        {
            return new CallerVerdict("service URL without TLS");
        }
        if (string.IsNullOrEmpty(authorization))
        {
            // Answered on this machine only, too: otherwise any program here could send the bot knocking about the network.
            return settings.AllowAnonymous && isOnThisMachine && service.IsLoopback ? new CallerVerdict(null) : new CallerVerdict("no token");
        }
        if (!settings.HasApp || !authorization.StartsWith("Bearer ", StringComparison.Ordinal) || authorization.Length > LongestToken)
        {
            return new CallerVerdict("no bearer token for this bot");
        }
        return await JudgeToken(authorization["Bearer ".Length..], activity, ct) is { } refused ? new CallerVerdict(refused) : new CallerVerdict(null, IsVouchedFor: true);
    }

    private async Task<string?> JudgeToken(string words, Activity activity, CancellationToken ct)
    {
        if (!Handler.CanReadToken(words) || KidOf(words) is not { } kid)
        {
            return "no token that can be read";
        }
        if (await keys.Find(kid, ct) is not { } key)
        {
            return "unknown key";
        }
        var result = await Handler.ValidateTokenAsync(words, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.AppId,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // Only the key that the token names, never another one that happens to fit.
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
            LifetimeValidator = (from, until, _, _) => IsInItsTime(from, until),
        });
        return result switch
        {
            { IsValid: false } => result.Exception?.GetType().Name ?? "not valid",
            _ when !result.Claims.TryGetValue("serviceurl", out var claimed) || claimed is not string url || url != activity.ServiceUrl => "another service URL",
            _ when activity.ChannelId is not { Length: > 0 } channel || !key.Endorsements.Contains(channel) => "a key that does not speak for the channel",
            _ => null,
        };
    }

    // By our own clock, not the library's.
    private bool IsInItsTime(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && (from is not { } begin || now >= begin - Skew);
    }

    private static string? KidOf(string words)
    {
        try
        {
            return Handler.ReadJsonWebToken(words).Kid is { Length: > 0 and <= 200 } kid ? kid : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or SecurityTokenException)
        {
            return null;
        }
    }
}
