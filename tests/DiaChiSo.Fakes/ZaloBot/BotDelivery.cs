using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>
/// Hands events over: to one poller at a time, each event once and without a confirmation; or to a webhook. Never both. Whether the real
/// platform repeats a webhook that failed is not documented; this one tries three times and gives up.
/// </summary>
internal sealed class BotDelivery(BotWorld world) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly Queue<(JsonObject Event, long At)> waiting = new();
    private readonly CancellationTokenSource stop = new();
    private Task posting = Task.CompletedTask;
    private bool isPolled;
    private int posts;
    private long lastPoll;

    public bool IsHeard
    {
        get { lock (world.Gate) { return isPolled || world.Webhook is not null; } }
    }

    public bool IsEmpty
    {
        get { lock (world.Gate) { return waiting.Count == 0 && posts == 0; } }
    }

    public void Add(JsonObject happened)
    {
        lock (world.Gate)
        {
            if (world.Webhook is { } webhook)
            {
                posts++;
                posting = posting.ContinueWith(_ => Post(webhook.Url, webhook.Secret, happened), TaskScheduler.Default).Unwrap();
            }
            else
            {
                waiting.Enqueue((happened, Stopwatch.GetTimestamp()));
            }
        }
        world.Changed();
    }

    public async Task<JsonNode?> Poll(JsonObject arguments, CancellationToken hungUp)
    {
        BotMethods.Only(arguments, "timeout");
        // As the platform's own example has it: figures, as text.
        if (!int.TryParse(BotMethods.Text(arguments, "timeout", 1, 3), out var seconds))
        {
            throw new BotRefusal(400, "Bad request: timeout");
        }
        lock (world.Gate)
        {
            if (world.Webhook is not null)
            {
                throw new BotRefusal(400, "Bad request: webhook is active");
            }
            if (isPolled)
            {
                throw new BotRefusal(409, "Conflict: another poll");
            }
            isPolled = true;
            DropOld();
        }
        world.Changed();
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(hungUp, stop.Token);
            patience.CancelAfter(TimeSpan.FromSeconds(seconds));
            while (true)
            {
                var next = world.NextChange;
                lock (world.Gate)
                {
                    hungUp.ThrowIfCancellationRequested();
                    if (waiting.Count > 0)
                    {
                        return world.Options.PollsGiveArrays ? new JsonArray([.. Enumerable.Range(0, waiting.Count).Select(_ => (JsonNode)waiting.Dequeue().Event)]) : waiting.Dequeue().Event;
                    }
                }
                try
                {
                    await next.WaitAsync(patience.Token);
                }
                catch (OperationCanceledException) when (!hungUp.IsCancellationRequested)
                {
                    throw new BotRefusal(408, "Request timeout");
                }
            }
        }
        finally
        {
            lock (world.Gate)
            {
                isPolled = false;
                lastPoll = Stopwatch.GetTimestamp();
            }
            world.Changed();
        }
    }

    public JsonNode SetWebhook(JsonObject arguments)
    {
        BotMethods.Only(arguments, "url", "secret_token");
        var url = BotMethods.Text(arguments, "url", 1, 2_000);
        var secret = BotMethods.Text(arguments, "secret_token", 8, 256);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(address.Scheme == "https" || address.IsLoopback))
        {
            throw new BotRefusal(400, "Bad request: url");
        }
        lock (world.Gate)
        {
            world.Webhook = (url, secret);
        }
        world.Changed();
        return new JsonObject { ["url"] = url, ["updated_at"] = world.Now.ToUnixTimeMilliseconds() };
    }

    public JsonNode DeleteWebhook(JsonObject arguments)
    {
        BotMethods.Only(arguments);
        lock (world.Gate)
        {
            world.Webhook = null;
        }
        return new JsonObject { ["url"] = "", ["updated_at"] = world.Now.ToUnixTimeMilliseconds() };
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await posting.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    // Under the lock: what was said while nobody asked is gone.
    private void DropOld()
    {
        while (waiting.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(Math.Max(oldest.At, lastPoll)) > world.Options.KeptWithoutAPoll)
        {
            waiting.Dequeue();
            world.Lost++;
        }
    }

    private async Task Post(string url, string secret, JsonObject happened)
    {
        var body = world.Options.Enveloped ? new JsonObject { ["ok"] = true, ["result"] = happened } : happened;
        var json = body.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (var tries = 0; tries < 3 && !stop.IsCancellationRequested; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
                request.Headers.Add("X-Bot-Api-Secret-Token", secret);
                using var response = await world.Http.SendAsync(request, stop.Token);
                if (response.IsSuccessStatusCode)
                {
                    break;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                // Tried again.
            }
            await Task.Delay(BetweenTries, CancellationToken.None);
        }
        lock (world.Gate)
        {
            posts--;
        }
        world.Changed();
    }
}
