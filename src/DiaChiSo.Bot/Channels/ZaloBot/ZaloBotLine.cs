using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloBot;

/// <summary>The line to the Zalo Bot Platform: <c>POST {ApiUrl}/bot{token}/{method}</c> with JSON. The token stands in the URL of every call, so nothing of a call is written down.</summary>
internal sealed class ZaloBotLine : IDisposable
{
    public const string Channel = "zalo-bot";

    /// <summary>An answer is a few kilobytes; several messages at once a few more.</summary>
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>In the health report: about what, and what the operator has to do.</summary>
    public static readonly (string About, string ToDo) TokenAlarm = ("token", "The Zalo Bot Platform no longer takes ZaloBot:Token; set the token that Zalo Bot Creator shows and start again.");

    /// <summary>How long the platform may hold a poll back, as it wants to be told: figures as text.</summary>
    public const string PollSeconds = "30";

    // Longer than the longest poll.
    private readonly ZaloHttp http = new(TimeSpan.FromSeconds(45));
    private readonly string address;

    public ZaloBotLine(ZaloBotSettings settings)
    {
        address = $"{settings.ApiUrl}/bot{settings.Token}/";
        BotKey = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(settings.Token!)).AsSpan(0, 8));
    }

    /// <summary>Names this bot in our own notes without telling its token: each bot has a plan of its own.</summary>
    public string BotKey { get; }

    /// <summary>The bot's name (account_name); null until the platform was reached, "bot" where it has none.</summary>
    public string? BotName { get; private set; }

    /// <summary>Who am I.</summary>
    /// <exception cref="ZaloBotRefusal">The platform said no.</exception>
    public async Task Introduce(CancellationToken ct)
    {
        var me = await Call("getMe", new { }, ct);
        BotName = me.ValueKind == JsonValueKind.Object && me.TryGetProperty("account_name", out var given) && given.ValueKind == JsonValueKind.String && given.GetString() is { Length: > 0 } name ? name : "bot";
    }

    /// <returns>What stands under <c>result</c>; of kind Undefined where nothing does.</returns>
    /// <exception cref="ZaloBotRefusal">The platform said no.</exception>
    /// <exception cref="HttpRequestException">No connection, or no answer in the platform's form (a proxy's own page).</exception>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    public async Task<JsonElement> Call(string method, object arguments, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + method);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(arguments, Saved.Json));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        TimeSpan? retryAfter = null;
        var (status, body) = await http.Send(request, LongestAnswer, ct, response => retryAfter = response.Headers.RetryAfter?.Delta);
        return Opened(status, body, retryAfter);
    }

    // The envelope decides, not the HTTP status.
    private static JsonElement Opened(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        JsonElement answer;
        try
        {
            answer = JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            throw new HttpRequestException($"the Zalo Bot Platform answered {(int)status} without its envelope");
        }
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("ok", out var ok))
        {
            throw new HttpRequestException($"the Zalo Bot Platform answered {(int)status} in another form");
        }
        if (ok.ValueKind == JsonValueKind.True)
        {
            return answer.TryGetProperty("result", out var result) ? result : default;
        }
        var code = Number(answer, "error_code") ?? (int)status;
        var words = answer.TryGetProperty("description", out var description) && description.ValueKind == JsonValueKind.String ? description.GetString()! : "";
        var seconds = answer.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object ? Number(parameters, "retry_after") : null;
        throw code >= 500
            ? new HttpRequestException($"the Zalo Bot Platform answered {code}")
            : new ZaloBotRefusal(code, words, Sensible(seconds is { } asked ? TimeSpan.FromSeconds(asked) : retryAfter));
    }

    // Not documented, so not followed into the next week.
    private static TimeSpan? Sensible(TimeSpan? wait) => wait is { } given && given > TimeSpan.Zero && given <= TimeSpan.FromDays(1) ? given : null;

    private static int? Number(JsonElement of, string name) => !of.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null;

    public void Dispose() => http.Dispose();
}
