using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DiaChiSo.Fakes.ZaloOa.Server;

/// <summary>Kestrel on 127.0.0.1: the OpenAPI, the OAuth address, and the host of people's photos.</summary>
internal sealed class OaServer(OaWorld world) : IAsyncDisposable
{
    private const int LargestBody = 20 * 1024 * 1024;

    private readonly OaCalls calls = new(world);
    private WebApplication? app;

    public async Task Start(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        world.BaseUrl = app.Urls.First().TrimEnd('/');
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext http)
    {
        OaRequest request;
        IFormFileCollection files;
        try
        {
            (request, files) = await Read(http);
        }
        catch (OperationCanceledException)
        {
            return; // The bot hung up.
        }
        var scripted = world.Script.Take(request);
        var (answer, refusal) = scripted is null or { DoesItFirst: true } ? calls.Do(request, files) : (null, new OaRefusal(scripted.Error, scripted.Words));
        var status = scripted switch
        {
            { Cuts: true } => 0,
            { Status: > 0 } => scripted.Status,
            _ => answer?.Status ?? 200,
        };
        world.Record(request with { Status = status, Error = refusal?.Error ?? 0, Words = refusal?.Message });
        if (status == 0)
        {
            http.Abort();
        }
        else if (scripted is { Status: > 0 })
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<html><head><title>Zalo</title></head></html>");
        }
        else if (answer is { Bytes: { } bytes })
        {
            http.Response.ContentType = "image/jpeg";
            await http.Response.Body.WriteAsync(bytes);
        }
        else
        {
            http.Response.StatusCode = status;
            foreach (var (name, value) in answer?.Headers ?? [])
            {
                http.Response.Headers[name] = value;
            }
            http.Response.ContentType = "application/json;charset=UTF-8";
            await http.Response.WriteAsync((refusal is null ? answer!.Json! : OfRefusal(request, refusal)).ToJsonString(JsonText.Readable));
        }
    }

    // OAuth says it in other fields than the OpenAPI.
    private static JsonObject OfRefusal(OaRequest request, OaRefusal refusal) => request.Call.EndsWith("access_token", StringComparison.Ordinal)
        ? new JsonObject { ["error"] = refusal.Error, ["error_name"] = "refused", ["error_description"] = refusal.Message }
        : new JsonObject { ["error"] = refusal.Error, ["message"] = refusal.Message };

    private async Task<(OaRequest Request, IFormFileCollection Files)> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.ToArray();
        var form = FormCollection.Empty as IFormCollection;
        if (http.Request.HasFormContentType)
        {
            http.Request.Body = new MemoryStream(bytes);
            form = await new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = LargestBody, MemoryBufferThreshold = LargestBody }).ReadFormAsync(http.RequestAborted);
        }
        var isJson = http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
        return (new OaRequest
        {
            At = world.Now,
            Call = http.Request.Path.Value!.TrimStart('/'),
            ContentType = http.Request.ContentType ?? "",
            Body = bytes,
            AccessToken = http.Request.Headers["access_token"].ToString() is { Length: > 0 } token ? token : null,
            SecretKey = http.Request.Headers["secret_key"].ToString(),
            Json = isJson ? JsonOf(bytes) : null,
            Form = form.ToDictionary(field => field.Key, field => field.Value.ToString()),
        }, form.Files);
    }

    private static JsonObject? JsonOf(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(bytes)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a call is answered with where it is not refused.</summary>
internal sealed record OaReply(JsonObject? Json, int Status = 200, byte[]? Bytes = null, Dictionary<string, string>? Headers = null);

/// <summary>Which call does what.</summary>
internal sealed class OaCalls(OaWorld world)
{
    private readonly MessageCheck check = new(world);

    public (OaReply? Answer, OaRefusal? Refusal) Do(OaRequest request, IFormFileCollection files)
    {
        try
        {
            return (Answer(request, files), null);
        }
        catch (OaRefusal refusal)
        {
            return (null, refusal);
        }
    }

    private OaReply Answer(OaRequest request, IFormFileCollection files)
    {
        if (request.Call == "v4/oa/access_token")
        {
            return Tokens(request);
        }
        if (request.Call.StartsWith("photo/", StringComparison.Ordinal))
        {
            return world.Shelf.Photo(request.Call["photo/".Length..].Split('.')[0]) is { } photo ? new OaReply(null, Bytes: photo) : new OaReply([], 404);
        }
        var left = world.Rate.Take();
        if (left < 0)
        {
            throw new OaRefusal(-32, "Your application reached limit call api");
        }
        world.Tokens.Check(request.AccessToken);
        var data = request.Call switch
        {
            "v3.0/oa/message/cs" => Message(request),
            "v2.0/oa/upload/image" => new JsonObject { ["attachment_id"] = Uploaded(files, (name, bytes) => world.Shelf.AddImage(name, bytes, world.Now)) },
            "v2.0/oa/upload/file" => new JsonObject { ["token"] = Uploaded(files, world.Shelf.AddFile) },
            _ when request.Call.StartsWith("v2.0/oa/message", StringComparison.Ordinal) => throw new OaRefusal(-240, "MessageV2 API has been shut down, please switch to MessageV3"),
            _ => throw new OaRefusal(-201, "there is no such call"),
        };
        return new OaReply(new JsonObject { ["data"] = data, ["error"] = 0, ["message"] = "Success" }, Headers: new()
        {
            ["X-RateLimit-Limit"] = world.Options.CallsPerMinute.ToString(CultureInfo.InvariantCulture),
            ["X-RateLimit-Remain"] = left.ToString(CultureInfo.InvariantCulture),
        });
    }

    private JsonObject Message(OaRequest request)
    {
        SeenOaMessage seen;
        string to;
        lock (world.Gate)
        {
            (var person, seen) = check.Read(request.Json);
            person.Show(seen);
            to = person.Id;
        }
        world.Courier.Echo(to, seen);
        world.Changed();
        return new JsonObject { ["message_id"] = seen.Id, ["user_id"] = to, ["sent_time"] = seen.SentAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) };
    }

    private OaReply Tokens(OaRequest request)
    {
        var form = request.Form;
        if (!request.ContentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || form.GetValueOrDefault("app_id") != world.Options.AppId)
        {
            throw new OaRefusal(-14002, "Invalid app id");
        }
        if (request.SecretKey != world.Options.AppSecret)
        {
            throw new OaRefusal(-14004, "Invalid secret key");
        }
        var pair = form.GetValueOrDefault("grant_type") switch
        {
            "refresh_token" => world.Tokens.Renew(form.GetValueOrDefault("refresh_token")),
            "authorization_code" => world.Tokens.Exchange(form.GetValueOrDefault("code"), form.GetValueOrDefault("code_verifier")),
            _ => throw new OaRefusal(-14014, "Invalid grant type"),
        };
        return new OaReply(new JsonObject
        {
            ["access_token"] = pair.Access,
            ["refresh_token"] = pair.Refresh,
            // A string, as Zalo gives it.
            ["expires_in"] = ((long)world.Options.AccessLives.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        });
    }

    private static string Uploaded(IFormFileCollection files, Func<string, byte[], string> keep)
    {
        if (files is not [{ Name: "file" } file])
        {
            throw OaRefusal.Parameter("file is wanted");
        }
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return keep(file.FileName, bytes.ToArray());
    }
}
