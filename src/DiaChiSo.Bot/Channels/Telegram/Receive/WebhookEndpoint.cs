using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
            if (await Read(context.Request, context.RequestAborted) is { } update)
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
        var piece = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(piece, ct)) > 0)
            {
                if (body.Length + read > LargestBody)
                {
                    return null;
                }
                body.Write(piece, 0, read);
            }
            return JsonElement.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static byte[] Hash(string words) => SHA256.HashData(Encoding.UTF8.GetBytes(words));
}
