using System.Net.Http.Headers;
using System.Text.Json;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.Connector.Send;

/// <summary>
/// The bot's own tokens (OAuth, client credentials), kept in memory until shortly before their end; one is asked for at a time. Who is shown one is
/// the caller's care: only a server that a token of the framework vouched for.
/// </summary>
internal sealed class AccessTokens(ConnectorLine line, BotFrameworkSettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim asking = new(1);
    private (string Token, DateTimeOffset Until)? held;

    /// <summary>Puts a token into the request.</summary>
    /// <exception cref="HttpRequestException">None can be had.</exception>
    public async Task Show(HttpRequestMessage request, CancellationToken ct) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Get(ct));

    /// <summary>This one was refused; the next is a new one.</summary>
    public void Forget(HttpRequestMessage refused)
    {
        if (held?.Token == refused.Headers.Authorization?.Parameter)
        {
            held = null;
        }
    }

    private async Task<string> Get(CancellationToken ct)
    {
        if (held is { } good && time.GetUtcNow() < good.Until)
        {
            return good.Token;
        }
        await asking.WaitAsync(ct);
        try
        {
            if (held is { } fresh && time.GetUtcNow() < fresh.Until)
            {
                return fresh.Token;
            }
            var (token, life) = await Ask(ct);
            // One that ends within minutes is still good for this once.
            held = (token, time.GetUtcNow() + (life > 2 * RenewBefore ? life - RenewBefore : life / 2));
            return token;
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<(string Token, TimeSpan Life)> Ask(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.AppId!,
            ["client_secret"] = settings.AppPassword!,
            ["scope"] = settings.Scope,
        });
        using var response = await line.Http.PostAsync(settings.TokenUrl, form, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the login answered {(int)response.StatusCode}");
        }
        try
        {
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            return (answer.RootElement.GetProperty("access_token").GetString() ?? throw new HttpRequestException("the login gave no token"),
                TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt64()));
        }
        // A parser's own words may quote the token.
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HttpRequestException("the login's answer cannot be read");
        }
    }

    public void Dispose() => asking.Dispose();
}
