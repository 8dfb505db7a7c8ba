using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>Kestrel on 127.0.0.1: <c>/bot&lt;token&gt;/&lt;method&gt;</c> and <c>/file/bot&lt;token&gt;/&lt;path&gt;</c>.</summary>
internal sealed class LoopbackServer(World world, BotApi api) : IAsyncDisposable
{
    private WebApplication? app;

    public string BaseUrl { get; private set; } = "";

    public async Task Start(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        BaseUrl = app.Urls.First().TrimEnd('/');
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            // A poll that still waits would hold the stop back for its whole timeout.
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path.StartsWith($"/file/bot{world.Options.Token}/", StringComparison.Ordinal))
        {
            await AnswerFile(http, path[$"/file/bot{world.Options.Token}/".Length..]);
            return;
        }

        var body = Array.Empty<byte>();
        var arguments = new ApiArguments(new Dictionary<string, string>(), new Dictionary<string, Upload>());
        var method = "";
        ScriptedAnswer? scripted = null;
        ApiRefusal? refusal = null;
        BotAnswer? answer = null;
        try
        {
            method = MethodOf(path);
            body = await RequestReader.Body(http.Request, http.RequestAborted);
            arguments = await RequestReader.Arguments(http.Request, body, http.RequestAborted);
            scripted = world.Script.Take(method);
            if (scripted is null or { DeliversFirst: true })
            {
                answer = await api.Call(method, arguments, http.RequestAborted);
            }
            else
            {
                refusal = scripted.Refusal;
            }
        }
        catch (ApiRefusal caught)
        {
            refusal = caught;
        }
        catch (OperationCanceledException)
        {
            return; // The bot hung up; nobody is left to answer.
        }

        var cut = scripted is { Cuts: true };
        Record(http, method, body, arguments, cut ? 0 : refusal?.Code ?? 200, refusal?.Description);
        if (cut)
        {
            http.Abort();
        }
        else if (scripted is { Html: { } html })
        {
            http.Response.StatusCode = scripted.Refusal!.Code;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync(html);
        }
        else
        {
            await Write(http, refusal, answer);
        }
    }

    private string MethodOf(string path)
    {
        if (!path.StartsWith("/bot", StringComparison.Ordinal))
        {
            throw new ApiRefusal(404, "Not Found");
        }

        var slash = path.IndexOf('/', 1);
        var token = slash < 0 ? path[4..] : path[4..slash];
        return token != world.Options.Token ? throw new ApiRefusal(401, "Unauthorized")
            : slash < 0 ? throw new ApiRefusal(404, "Not Found")
            : BotApi.Spelling(path[(slash + 1)..]);
    }

    private static async Task Write(HttpContext http, ApiRefusal? refusal, BotAnswer? answer)
    {
        var envelope = new JsonObject { ["ok"] = refusal is null };
        if (refusal is null)
        {
            envelope["result"] = answer!.Result;
            if (answer.Description is not null)
            {
                envelope["description"] = answer.Description;
            }
        }
        else
        {
            http.Response.StatusCode = refusal.Code;
            envelope["error_code"] = refusal.Code;
            envelope["description"] = refusal.Description;
            if (refusal.RetryAfter is { } seconds)
            {
                envelope["parameters"] = new JsonObject { ["retry_after"] = seconds };
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(envelope.ToJsonString(JsonText.Readable));
    }

    private async Task AnswerFile(HttpContext http, string filePath)
    {
        var scripted = world.Script.Take(AnswerScript.Download);
        if (scripted is { Cuts: true })
        {
            http.Abort();
            return;
        }

        if (scripted is { Refusal: { } refusal })
        {
            await Write(http, refusal, null);
            return;
        }

        byte[]? bytes;
        lock (world.Gate)
        {
            bytes = world.Files.ByPath(filePath)?.Bytes;
        }

        if (bytes is null)
        {
            await Write(http, new ApiRefusal(404, "Not Found"), null);
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        await http.Response.Body.WriteAsync(bytes);
    }

    private void Record(HttpContext http, string method, byte[] body, ApiArguments arguments, int status, string? refusal)
    {
        world.Journal.Add(number => new RecordedRequest
        {
            Number = number,
            At = world.Now,
            Verb = http.Request.Method,
            Method = method,
            ContentType = http.Request.ContentType ?? "",
            Body = body,
            Arguments = arguments.Normalised(),
            Status = status,
            Refusal = refusal,
        });
        world.Changed();
    }
}
