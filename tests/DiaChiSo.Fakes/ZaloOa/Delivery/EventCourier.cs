using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;
using DiaChiSo.Fakes.ZaloOa.People;

namespace DiaChiSo.Fakes.ZaloOa.Delivery;

/// <summary>One try to bring an event.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Try">0 for the first.</param>
/// <param name="Status">0: no answer within two seconds.</param>
/// <param name="Took">Until the answer, in real time.</param>
public sealed record OaDelivery(string Event, int Try, int Status, TimeSpan Took);

/// <summary>
/// Brings events to the webhook: signed over the bytes that are sent, 200 within two seconds or again after 30 s, 5, 15, 30 minutes and an hour.
/// What one person does first is first tried first; what must be brought again comes out of order, as with Zalo.
/// </summary>
internal sealed class EventCourier(OaWorld world)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, Task> inOrder = [];
    private readonly List<OaDelivery> deliveries = [];
    private int pending;

    public string WebhookUrl { get; set; } = "";

    public int Pending => Volatile.Read(ref pending);

    public IReadOnlyList<OaDelivery> Deliveries
    {
        get { lock (deliveries) { return [.. deliveries]; } }
    }

    public string Summary => string.Join(", ", Deliveries.TakeLast(4).Select(one => $"{one.Event} {one.Status}"));

    /// <summary>Begins to bring it, behind what this person did before.</summary>
    public void Bring(string person, JsonObject body)
    {
        if (WebhookUrl.Length == 0)
        {
            // Nobody has set an address up.
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(JsonText.Readable));
        var name = body.String("event_name") ?? "";
        var timestamp = body.String("timestamp") ?? "";
        Interlocked.Increment(ref pending);
        lock (inOrder)
        {
            var before = inOrder.GetValueOrDefault(person, Task.CompletedTask);
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            inOrder[person] = first.Task;
            _ = Task.Run(async () =>
            {
                await before;
                await Deliver(name, bytes, timestamp, first);
            });
        }
    }

    /// <summary>What the account sent comes back, and then that it has arrived.</summary>
    public void Echo(string to, SeenOaMessage message)
    {
        if (!world.Options.Echoes)
        {
            return;
        }
        foreach (var name in new[] { message.Image is null && message.ImageUrl is null ? "oa_send_text" : "oa_send_image", "user_received_message" })
        {
            Bring("echo " + to, new JsonObject
            {
                ["app_id"] = world.Options.AppId,
                ["sender"] = new JsonObject { ["id"] = world.Options.OaId, ["admin_id"] = "1234567" },
                ["recipient"] = new JsonObject { ["id"] = to },
                ["user_id_by_app"] = "5" + to[1..],
                ["event_name"] = name,
                ["timestamp"] = FakeOaPerson.Stamp(world.Now),
                ["message"] = new JsonObject { ["text"] = message.Text, ["msg_id"] = message.Id },
            });
        }
    }

    /// <summary>One try with everything chosen by a test.</summary>
    /// <param name="body">As it goes out.</param>
    /// <param name="headers">Left out: signed as Zalo does.</param>
    public async Task<HttpStatusCode> BringOnce(byte[] body, string timestamp, IReadOnlyDictionary<string, string>? headers)
    {
        using var request = Request(body, headers ?? Signed(body, timestamp));
        using var response = await http.SendAsync(request, stop.Token);
        return response.StatusCode;
    }

    public string MacOf(byte[] body, string timestamp)
    {
        var options = world.Options;
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(options.AppId), .. body, .. Encoding.UTF8.GetBytes(timestamp + options.OaSecretKey)]));
    }

    public async Task Stop()
    {
        await stop.CancelAsync();
        http.Dispose();
    }

    private async Task Deliver(string name, byte[] body, string timestamp, TaskCompletionSource first)
    {
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var isTaken = await Try(name, body, timestamp, attempt);
                first.TrySetResult();
                if (isTaken || attempt == Waits.Length)
                {
                    return;
                }
                await Task.Delay(Waits[attempt], world.Options.Clock, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            first.TrySetResult();
        }
        finally
        {
            Interlocked.Decrement(ref pending);
            world.Changed();
        }
    }

    private async Task<bool> Try(string name, byte[] body, string timestamp, int attempt)
    {
        var watch = Stopwatch.StartNew();
        var status = 0;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            patience.CancelAfter(world.Options.WebhookPatience);
            using var request = Request(body, Signed(body, timestamp));
            if (attempt > 0)
            {
                request.Headers.TryAddWithoutValidation("num_retry", attempt.ToString(CultureInfo.InvariantCulture));
            }
            using var response = await http.SendAsync(request, patience.Token);
            status = (int)response.StatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Nobody there, or too slow.
        }
        lock (deliveries)
        {
            deliveries.Add(new OaDelivery(name, attempt, status, watch.Elapsed));
        }
        world.Changed();
        return status == 200;
    }

    private HttpRequestMessage Request(byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, WebhookUrl) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private Dictionary<string, string> Signed(byte[] body, string timestamp) => new()
    {
        ["X-ZEvent-Signature"] = "mac=" + MacOf(body, timestamp),
        ["X-ZEvent-Timestamp"] = timestamp,
    };
}
