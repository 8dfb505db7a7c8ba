using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>
/// Where Telegram brings updates when <c>Telegram:WebhookUrl</c> is set. 401 without the secret; 200 when the update is in the inbox or is of
/// no use; 5xx only while the inbox cannot take it, and then Telegram comes again (channels.md §1.1).
/// </summary>
internal static class WebhookEndpoint
{
    /// <summary>An update is a few kilobytes; what is larger is not Telegram's.</summary>
    private const int LargestBody = 512 * 1024;

    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    public static void MapTelegramWebhook(this IEndpointRouteBuilder endpoints, TelegramSettings settings)
    {
        endpoints.MapPost(new Uri(settings.WebhookUrl!).AbsolutePath, async (HttpContext context) =>
        {
            if (!WebhookBody.HasSecret(context.Request, SecretHeader, settings.WebhookSecret!))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var door = context.RequestServices.GetRequiredService<UpdateDoor>();
            if (await WebhookBody.ReadJson(context.Request, LargestBody, context.RequestAborted) is { } update)
            {
                // Not the request's token: a caller who hangs up early has still handed it over.
                await door.Take(update, CancellationToken.None);
            }
        });
    }
}
