using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
        var secret = Hash(settings.WebhookSecret!);
        endpoints.MapPost(new Uri(settings.WebhookUrl!).AbsolutePath, async (HttpContext context) =>
        {
            // Hashes are of one length, so the comparison tells nothing by its time.
            if (!CryptographicOperations.FixedTimeEquals(Hash(context.Request.Headers[SecretHeader].ToString()), secret))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var door = context.RequestServices.GetRequiredService<UpdateDoor>();
            foreach (var update in await Read(context.Request, context.RequestAborted) is { } body ? BotUpdate.AllIn(body) : [])
            {
                // Not the request's token: a caller who hangs up early has still handed it over.
                await door.Take(update, CancellationToken.None);
            }
        });
    }

    // Null: too large, or no JSON. It would be no better the next time, so it is answered with 200.
    private static async Task<JsonElement?> Read(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(piece, ct)) > 0)
        {
            if (body.Length + read > LargestBody)
            {
                return null;
            }
            body.Write(piece, 0, read);
        }
        try
        {
            return JsonElement.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Hash(string words) => SHA256.HashData(Encoding.UTF8.GetBytes(words));
}
