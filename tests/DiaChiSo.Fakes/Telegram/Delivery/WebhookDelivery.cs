using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Delivery;

/// <summary>
/// Delivers updates: one lane (a chat's messages; a person's presses) strictly in order, lanes in parallel. Any 2xx is success.
/// After a failure the first retry comes at once, then after 2, 4, 8 … s up to a random 60–120 s; a <c>Retry-After</c> of the
/// bot is obeyed up to an hour; 410 for 23 h removes the webhook.
/// </summary>
internal sealed class WebhookDelivery : IAsyncDisposable
{
    private const int LongestRetryAfter = 3600;
    private static readonly TimeSpan GoneFor = TimeSpan.FromHours(23);

    private readonly World world;
    private readonly Func<string, ApiArguments, Task> execute;
    private readonly Action<WebhookDelivery> gone;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly SemaphoreSlim connections;
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, Task> lanes = [];
    private DateTimeOffset? firstGone;

    public WebhookDelivery(World world, WebhookSettings settings, Func<string, ApiArguments, Task> execute, Action<WebhookDelivery> gone)
    {
        (this.world, Settings, this.execute, this.gone) = (world, settings, execute, gone);
        connections = new SemaphoreSlim(settings.MaxConnections);
    }

    public WebhookSettings Settings { get; }

    public DeliveryError? LastError { get; private set; }

    /// <summary>Starts a worker for every lane that has updates and none yet.</summary>
    public void Wake()
    {
        lock (world.Gate)
        {
            foreach (var lane in stop.IsCancellationRequested ? [] : world.Updates.Lanes())
            {
                if (!lanes.ContainsKey(lane))
                {
                    lanes[lane] = Task.Run(() => Run(lane));
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (world.Gate)
        {
            stop.Cancel();
            running = [.. lanes.Values];
        }

        await Task.WhenAll(running);
        http.Dispose();
        connections.Dispose();
        stop.Dispose();
    }

    private async Task Run(string lane)
    {
        var (failures, delay) = (0, 1);
        var current = 0;
        try
        {
            while (Next(lane) is { } update)
            {
                (failures, delay) = update.Id == current ? (failures, delay) : (0, 1);
                current = update.Id;
                var failure = await Post(update);
                if (failure is null)
                {
                    lock (world.Gate) { world.Updates.Forget(update.Id); }
                    continue;
                }

                var pause = Math.Clamp(failure.RetryAfter, 0, LongestRetryAfter);
                if (pause == 0 && failures > 0)
                {
                    int longest;
                    lock (world.Gate) { longest = world.Random.Next(60, 121); }
                    pause = delay = Math.Min(longest, delay * 2);
                }

                failures++;
                if (world.Now + TimeSpan.FromSeconds(pause) > update.ExpiresAt)
                {
                    lock (world.Gate) { world.Updates.Forget(update.Id); }
                }
                else if (pause > 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(pause), world.Options.Clock, stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>The lane's oldest update; when there is none the lane ends, in one step with looking.</summary>
    private PendingUpdate? Next(string lane)
    {
        lock (world.Gate)
        {
            var update = stop.IsCancellationRequested ? null : world.Updates.First(lane);
            if (update is null && !stop.IsCancellationRequested)
            {
                lanes.Remove(lane);
            }

            return update;
        }
    }

    private sealed record Failure(int RetryAfter);

    private async Task<Failure?> Post(PendingUpdate update)
    {
        await connections.WaitAsync(stop.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Settings.Url)
            {
                Content = new StringContent(update.Wire.ToJsonString(JsonText.Readable), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
            if (Settings.Secret.Length > 0)
            {
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", Settings.Secret);
            }

            using var response = await http.SendAsync(request, stop.Token);
            return response.IsSuccessStatusCode ? await Succeeded(response) : Failed(response);
        }
        catch (HttpRequestException)
        {
            LastError = new DeliveryError(world.Now, "Connection refused");
            return new Failure(0);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            LastError = new DeliveryError(world.Now, "Read timeout expired");
            return new Failure(0);
        }
        finally
        {
            connections.Release();
        }
    }

    private async Task<Failure?> Succeeded(HttpResponseMessage response)
    {
        firstGone = null;
        var body = await response.Content.ReadAsByteArrayAsync(stop.Token);
        if (RequestReader.WebhookAnswer(response.Content.Headers.ContentType?.MediaType, body) is { } call && MayBeCalled(call.Method))
        {
            await execute(call.Method, call.Arguments);
        }

        return null;
    }

    private static bool MayBeCalled(string method)
    {
        var name = method.ToLowerInvariant();
        return name is not ("" or "setwebhook" or "deletewebhook" or "close" or "logout") && !name.StartsWith("get", StringComparison.Ordinal);
    }

    private Failure Failed(HttpResponseMessage response)
    {
        LastError = new DeliveryError(world.Now, $"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}");
        if (response.StatusCode != HttpStatusCode.Gone)
        {
            firstGone = null;
        }
        else if (world.Now > (firstGone ??= world.Now) + GoneFor)
        {
            gone(this);
            stop.Cancel();
        }

        return new Failure((int)(response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
    }
}

/// <summary>What getWebhookInfo tells of the last failed delivery.</summary>
internal sealed record DeliveryError(DateTimeOffset At, string Words);
