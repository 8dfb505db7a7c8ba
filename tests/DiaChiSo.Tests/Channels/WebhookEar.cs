using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DiaChiSo.Tests.Channels;

/// <summary>A bot's webhook on loopback that answers by script (200 when the script is empty) and remembers what came.</summary>
internal sealed class WebhookEar : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Heard> heard = Channel.CreateUnbounded<Heard>();

    private WebhookEar()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(Answer);
    }

    public sealed record Heard(JsonObject Update, string? Secret)
    {
        public int Id => (int)Update["update_id"]!;

        public string? Text => (string?)Update["message"]?["text"];
    }

    public string Url { get; private set; } = "";

    /// <summary>Answers in waiting: a task that ends with the status; -1 breaks the connection.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Script { get; } = new();

    public static async Task<WebhookEar> Open()
    {
        var ear = new WebhookEar();
        await ear.app.StartAsync();
        ear.Url = ear.app.Urls.First() + "/telegram";
        return ear;
    }

    public void ThenStatus(int status, string? retryAfter = null) => Script.Enqueue(http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    });

    public async Task<Heard> Next() =>
        await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>What came and was not asked for by <see cref="Next"/> yet.</summary>
    public int Unheard => heard.Reader.Count;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var update = (JsonObject)(await JsonNode.ParseAsync(http.Request.Body))!;
        var script = Script.TryDequeue(out var scripted) ? scripted : _ => Task.CompletedTask;
        await heard.Writer.WriteAsync(new Heard(update, http.Request.Headers["X-Telegram-Bot-Api-Secret-Token"]));
        await script(http);
    }
}
