using System.Globalization;
using System.Text.Json;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>Zalo will not give tokens for this: a refresh token that was used, a code that is old, a wrong secret.</summary>
internal sealed class OAuthRefused(int error) : Exception($"Zalo refused with {error}")
{
    public int Error { get; } = error;

    /// <summary>What the operator should know; Zalo's own words might quote what was sent.</summary>
    public string Meaning => Error switch
    {
        -14020 or -14014 => "the refresh token was used before or is too old",
        -118 => "the code or token is not valid any more",
        -14003 => "the callback address is not the one that the application's page names",
        -14002 or -14004 => "the application's number or secret key is wrong",
        _ => "a reason that is not known here",
    };
}

/// <summary>OAuth v4 (channels.md §2a): one address, form in, JSON out; errors come with HTTP 200 as well.</summary>
internal sealed class OAuth(ZaloOaSettings settings, ZaloHttp http, TimeProvider time)
{
    private const int LongestAnswer = 64 * 1024;

    /// <exception cref="OAuthRefused">It does not help to ask again.</exception>
    /// <exception cref="HttpRequestException">Zalo was not reached or stumbled.</exception>
    public Task<TokenPair> Renew(string refreshToken, CancellationToken ct) => Ask(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, ct);

    /// <exception cref="OAuthRefused">The code is old, used, or of another application.</exception>
    /// <exception cref="HttpRequestException">Zalo was not reached or stumbled.</exception>
    public Task<TokenPair> Exchange(string code, string verifier, CancellationToken ct) =>
        Ask(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = verifier }, ct);

    private async Task<TokenPair> Ask(Dictionary<string, string> form, CancellationToken ct)
    {
        form["app_id"] = settings.AppId!;
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.OAuthUrl + "/v4/oa/access_token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("secret_key", settings.AppSecret);
        var askedAt = time.GetUtcNow();
        var (status, body) = await http.Send(request, LongestAnswer, ct);
        if ((int)status >= 500 || (int)status == 429)
        {
            throw new HttpRequestException($"Zalo answered {(int)status}");
        }
        return Read(body, askedAt) ?? throw new HttpRequestException($"Zalo answered {(int)status} with something else than tokens");
    }

    private static TokenPair? Read(ReadOnlyMemory<byte> body, DateTimeOffset askedAt)
    {
        try
        {
            var answer = JsonElement.Parse(body.Span);
            if (answer.ValueKind != JsonValueKind.Object)
            {
                return null;
            }
            if (NumberOf(answer, "error") is { } error && error != 0)
            {
                throw new OAuthRefused((int)error);
            }
            return WordsOf(answer, "access_token") is { } access && WordsOf(answer, "refresh_token") is { } refresh
                // A string, "90000".
                ? new TokenPair(access, refresh, askedAt, askedAt + TimeSpan.FromSeconds(Math.Clamp(NumberOf(answer, "expires_in") ?? 3_600, 60, 30 * 24 * 3_600)))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? WordsOf(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 16_000 } words ? words : null;

    private static long? NumberOf(JsonElement answer, string name) => !answer.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
