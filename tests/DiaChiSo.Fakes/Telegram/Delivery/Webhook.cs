using System.Net;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Delivery;

/// <summary>setWebhook, deleteWebhook, getWebhookInfo; the delivery itself is in <see cref="WebhookDelivery"/>.</summary>
internal sealed class Webhook(World world)
{
    private WebhookDelivery? delivery;
    private DateTimeOffset lastSet = DateTimeOffset.MinValue;

    public bool IsSet => delivery is not null;

    public Func<string, ApiArguments, Task> Execute { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<BotAnswer> Set(ApiArguments arguments, LongPoll poll)
    {
        var url = arguments.Word("url");
        if (url.Length == 0)
        {
            return await Delete(arguments.Flag("drop_pending_updates"));
        }

        var settings = Check(arguments, url);
        var allowed = UpdateQueue.ReadAllowed(arguments);
        WebhookDelivery? old;
        lock (world.Gate)
        {
            if (world.Now < lastSet + TimeSpan.FromSeconds(1))
            {
                throw ApiRefusal.TooMany(1);
            }

            lastSet = world.Now;
            world.Updates.Allowed = allowed ?? world.Updates.Allowed;
            if (arguments.Flag("drop_pending_updates"))
            {
                world.Updates.Clear();
            }

            if (delivery?.Settings == settings)
            {
                return new BotAnswer(true, "Webhook is already set");
            }

            poll.Abort("terminated by setWebhook request");
            old = delivery;
            delivery = new WebhookDelivery(world, settings, Execute, Gone);
        }

        await (old?.DisposeAsync() ?? ValueTask.CompletedTask);
        Wake();
        return new BotAnswer(true, "Webhook was set");
    }

    public async Task<BotAnswer> Delete(bool dropPending)
    {
        WebhookDelivery? old;
        lock (world.Gate)
        {
            (old, delivery) = (delivery, null);
            if (dropPending)
            {
                world.Updates.Clear();
            }
        }

        await (old?.DisposeAsync() ?? ValueTask.CompletedTask);
        return new BotAnswer(true, old is null ? "Webhook is already deleted" : "Webhook was deleted");
    }

    public JsonObject Info()
    {
        var info = new JsonObject
        {
            ["url"] = delivery?.Settings.Url.OriginalString ?? "",
            ["has_custom_certificate"] = false,
            ["pending_update_count"] = world.Updates.Count,
        };
        if (delivery is not null)
        {
            info["max_connections"] = delivery.Settings.MaxConnections;
            info["ip_address"] = delivery.Settings.IpAddress ?? "192.0.2.10";
            if (delivery.LastError is { } error)
            {
                info["last_error_date"] = error.At.ToUnixTimeSeconds();
                info["last_error_message"] = error.Words;
            }
        }

        if (world.Updates.Allowed is { Count: > 0 } allowed)
        {
            info["allowed_updates"] = JsonText.ToArray(allowed.Select(type => (JsonNode?)type));
        }

        return info;
    }

    /// <summary>There may be something to deliver.</summary>
    public void Wake() => delivery?.Wake();

    public async Task Stop() => await (delivery?.DisposeAsync() ?? ValueTask.CompletedTask);

    private void Gone(WebhookDelivery which)
    {
        lock (world.Gate)
        {
            delivery = delivery == which ? null : delivery;
        }
    }

    private static WebhookSettings Check(ApiArguments arguments, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            throw ApiRefusal.BadRequest("bad webhook: invalid webhook URL specified");
        }

        // Plain HTTP and any port on loopback, as a Bot API server run with --local allows; everything else as in the cloud.
        var local = IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address);
        if (!local && uri.Scheme != "https")
        {
            throw ApiRefusal.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        }

        if (!local && uri.Port is not (443 or 80 or 88 or 8443))
        {
            throw ApiRefusal.BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        }

        var secret = arguments.Raw("secret_token");
        if (secret.Length > 256)
        {
            throw ApiRefusal.BadRequest("secret token is too long");
        }

        if (!secret.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
        {
            throw ApiRefusal.BadRequest("secret token contains unallowed characters");
        }

        var connections = (int)Math.Clamp(arguments.Integer("max_connections") ?? 40, 1, 100);
        var ip = arguments.Word("ip_address");
        return new WebhookSettings(uri, secret, connections, ip.Length == 0 ? null : ip);
    }
}

internal sealed record WebhookSettings(Uri Url, string Secret, int MaxConnections, string? IpAddress);
