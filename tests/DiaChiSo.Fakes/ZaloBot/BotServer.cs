using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>Kestrel on 127.0.0.1: <c>POST /bot{token}/{method}</c>, and the photos that people sent.</summary>
internal sealed class BotServer(BotWorld world, BotDelivery delivery, BotMethods methods) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private WebApplication? app;

    public string BaseUrl => world.BaseUrl;

    public async Task Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        world.BaseUrl = app.Urls.First().TrimEnd('/');
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            // A poll that still waits would hold the stop back.
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path.StartsWith("/photo/", StringComparison.Ordinal))
        {
            await AnswerPhoto(http, path);
            return;
        }
        var method = path[(path.LastIndexOf('/') + 1)..];
        JsonObject? arguments = null;
        BotFault? fault = null;
        try
        {
            arguments = await Arguments(http, path);
            fault = world.TakeFault(method);
            if (fault is { Cuts: true, DeliversFirst: false })
            {
                world.Note(new BotCall(method, arguments, -1, "cut", world.Now));
                http.Abort();
                return;
            }
            if (fault is { DeliversFirst: false })
            {
                throw new BotRefusal(fault.Code, fault.Description);
            }
            var result = method switch
            {
                "getUpdates" => await delivery.Poll(arguments, http.RequestAborted),
                "setWebhook" => delivery.SetWebhook(arguments),
                "deleteWebhook" => delivery.DeleteWebhook(arguments),
                _ => await methods.Call(method, arguments),
            };
            world.Note(new BotCall(method, arguments, fault is null ? 0 : -1, "", world.Now));
            if (fault is not null)
            {
                http.Abort();
                return;
            }
            await Write(http, 200, result is null ? new JsonObject { ["ok"] = true } : new JsonObject { ["ok"] = true, ["result"] = result });
        }
        catch (BotRefusal refusal)
        {
            world.Note(new BotCall(method, arguments, refusal.Code, refusal.Message, world.Now));
            await Refuse(http, refusal, fault);
        }
        catch (OperationCanceledException)
        {
            // The bot hung up.
        }
    }

    private async Task<JsonObject> Arguments(HttpContext http, string path)
    {
        if (!path.StartsWith($"/bot{world.Options.Token}/", StringComparison.Ordinal))
        {
            throw new BotRefusal(401, "Unauthorized");
        }
        if (http.Request.Method != "POST" || http.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            throw new BotRefusal(400, "Bad request: POST JSON");
        }
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject ?? throw new BotRefusal(400, "Bad request: an object is wanted");
        }
        catch (JsonException)
        {
            throw new BotRefusal(400, "Bad request: no JSON");
        }
    }

    private async Task Refuse(HttpContext http, BotRefusal refusal, BotFault? fault)
    {
        if (fault?.Html is { } html)
        {
            http.Response.StatusCode = refusal.Code;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync(html);
            return;
        }
        var envelope = new JsonObject { ["ok"] = false, ["error_code"] = refusal.Code, ["description"] = refusal.Message };
        if (fault?.RetryAfter is { } seconds)
        {
            envelope["parameters"] = new JsonObject { ["retry_after"] = seconds };
        }
        await Write(http, world.Options.ErrorsAreHttp200 ? 200 : refusal.Code, envelope);
    }

    private async Task AnswerPhoto(HttpContext http, string path)
    {
        byte[]? bytes = null;
        lock (world.Gate)
        {
            if (world.Photos.TryGetValue(path, out var photo))
            {
                world.Photos[path] = (photo.Bytes, photo.Reads + 1);
                bytes = photo.Bytes;
            }
        }
        if (world.TakeFault("(photo)") is { } fault)
        {
            http.Response.StatusCode = fault.Code;
            http.Response.Headers.Location = "/photo/elsewhere";
            return;
        }
        http.Response.StatusCode = bytes is null ? 404 : 200;
        if (bytes is not null)
        {
            http.Response.ContentType = "image/jpeg";
            await http.Response.Body.WriteAsync(bytes);
        }
    }

    private static async Task Write(HttpContext http, int status, JsonObject envelope)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(envelope.ToJsonString(Readable));
    }
}
