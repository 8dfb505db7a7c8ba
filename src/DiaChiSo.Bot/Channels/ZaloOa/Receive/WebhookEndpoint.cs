using System.Net;
using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>
/// Where Zalo brings events; it wants an answer within two seconds. 401 where the signature does not fit; 200 when the event is in the inbox
/// or is of no use; 5xx only while the inbox cannot take it, and then Zalo comes again after 30 s, 5, 15, 30 minutes and an hour.
/// </summary>
internal static partial class WebhookEndpoint
{
    /// <summary>An event is a few kilobytes; what is larger is not Zalo's.</summary>
    private const int LargestBody = 512 * 1024;

    private const string NoKey = "ZaloOa:OaSecretKey is not set, so all that Zalo brings is refused: copy the secret key of the webhook page of the application at developers.zalo.me.";

    public const string RefusedCount = "refusedWebhooks";

    /// <param name="endpoints">Where to.</param>
    /// <param name="settings">Path and key.</param>
    /// <param name="isDevelopment">Without a key: take what comes from this machine.</param>
    public static void MapZaloOaWebhook(this IEndpointRouteBuilder endpoints, ZaloOaSettings settings, bool isDevelopment)
    {
        var pulse = endpoints.ServiceProvider.GetRequiredService<Pulses>().Of(ZaloLine.Channel);
        var log = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WebhookEndpoint).FullName!);
        pulse.SetCount(RefusedCount, 0);
        if (string.IsNullOrEmpty(settings.OaSecretKey))
        {
            pulse.Alarm("webhook key", NoKey);
            LogNoKey(log, isDevelopment);
        }
        // Whoever sets the account up may look whether the address is there.
        endpoints.MapGet(settings.WebhookPath, () => Results.Ok());
        endpoints.MapPost(settings.WebhookPath, async (HttpContext context) =>
        {
            if (await WebhookBody.Read(context.Request, LargestBody, context.RequestAborted) is not { } body)
            {
                Refuse(context, StatusCodes.Status413PayloadTooLarge);
                return;
            }
            var (isJson, heard) = Parse(body);
            if (isJson && heard.Name is null)
            {
                // The ping when the address is saved: nothing follows from it, so nothing has to be proved.
                return;
            }
            if (!IsZalos(context, settings, body, heard, isDevelopment))
            {
                Refuse(context, StatusCodes.Status401Unauthorized);
                return;
            }
            if (!isJson)
            {
                LogNoJson(log);
                return;
            }
            // Not the request's token: a caller who hangs up early has still handed it over.
            await context.RequestServices.GetRequiredService<EventDoor>().Take(heard, CancellationToken.None);
        });

        void Refuse(HttpContext context, int status)
        {
            pulse.Count(RefusedCount);
            context.Response.StatusCode = status;
        }
    }

    private static bool IsZalos(HttpContext context, ZaloOaSettings settings, ReadOnlyMemory<byte> body, OaEvent heard, bool isDevelopment) =>
        settings.OaSecretKey is { Length: > 0 } key
            ? Signature.Fits(context.Request.Headers[Signature.Header].ToString(), body.Span, [heard.Timestamp, context.Request.Headers[Signature.TimestampHeader].ToString()], settings.AppId!, key)
            : isDevelopment && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    private static (bool IsJson, OaEvent Heard) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? (true, default) : (true, new OaEvent(JsonElement.Parse(body.Span)));
        }
        catch (JsonException)
        {
            return (false, default);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of Zalo was no JSON and is left out")]
    private static partial void LogNoJson(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "ZaloOa:OaSecretKey is not set, so what Zalo brings cannot be told from what anybody sends (development on this machine: {IsDevelopment}); everything else is refused")]
    private static partial void LogNoKey(ILogger log, bool isDevelopment);
}
