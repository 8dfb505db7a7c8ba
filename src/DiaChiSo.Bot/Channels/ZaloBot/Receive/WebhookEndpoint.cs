using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>
/// Where Zalo brings messages when <c>ZaloBot:WebhookUrl</c> is set. 401 without the secret; 200 when the message is in the inbox or is of no use;
/// 5xx only while the inbox cannot take it. Whether the platform comes again then is not documented; what comes twice is known by the inbox.
/// </summary>
internal static class WebhookEndpoint
{
    /// <summary>A message is a few kilobytes; what is larger is not Zalo's.</summary>
    private const int LargestBody = 512 * 1024;

    private const string SecretHeader = "X-Bot-Api-Secret-Token";

    public static void MapZaloBotWebhook(this IEndpointRouteBuilder endpoints, ZaloBotSettings settings)
    {
        endpoints.MapPost(new Uri(settings.WebhookUrl!).AbsolutePath, async (HttpContext context) =>
        {
            if (!WebhookBody.HasSecret(context.Request, SecretHeader, settings.WebhookSecret!))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var door = context.RequestServices.GetRequiredService<UpdateDoor>();
            foreach (var update in await WebhookBody.ReadJson(context.Request, LargestBody, context.RequestAborted) is { } body ? BotUpdate.AllIn(body) : [])
            {
                // Not the request's token: a caller who hangs up early has still handed it over.
                await door.Take(update, CancellationToken.None);
            }
        });
    }
}
