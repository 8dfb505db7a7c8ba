using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Direct Line 3.0 as chat clients use it (channels.md §3.1).</summary>
internal sealed class DirectLineEndpoints(Gatekeeper gatekeeper, Tokens tokens, Chatlog chatlog, Streams streams, ActivityDoor door, ClientForm form, PictureLinks pictures, UploadShelf shelf)
{
    public const string Root = "/v3/directline";

    private const int BiggestBody = 64 * 1024;

    /// <summary>With a photo in it, four letters for three bytes; our own page sends some 200 KB.</summary>
    private const int BiggestBodyWithPhoto = Limits.WebPhotoBytes / 3 * 4 + BiggestBody;

    private readonly SemaphoreSlim uploads = new(Limits.UploadsAtOnce);

    public void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Root).AddEndpointFilter(AllowOrigins);
        group.MapPost("/tokens/generate", Generate);
        group.MapPost("/tokens/refresh", Refresh);
        group.MapPost("/conversations", Start);
        group.MapGet("/conversations/{id}", Reconnect);
        group.MapPost("/conversations/{id}/activities", Post);
        group.MapGet("/conversations/{id}/activities", Read);
        group.MapGet("/conversations/{id}/stream", Stream);
        group.MapPost("/conversations/{id}/upload", Upload);
        group.MapGet("/pictures/{link}", Draw);
        group.MapGet("/uploads/{key}", ShowUpload);
        group.MapMethods("/{**any}", [HttpMethods.Options], () => Results.NoContent());
    }

    private async Task<IResult> Generate(HttpContext http, CancellationToken ct)
    {
        if ((gatekeeper.WhoMakesTokens(http) ?? gatekeeper.IsTooFast(http, "token")) is { } refusal)
        {
            return refusal;
        }
        var (asked, wrong) = await BodyOf<StartRequest>(http, ct);
        return wrong ?? Ticket(new Admission(Tokens.NewConversationId(), ActivityDoor.UserOf(asked?.User), default));
    }

    private async Task<IResult> Refresh(HttpContext http, CancellationToken ct)
    {
        var (admission, refusal) = gatekeeper.Admit(http, null);
        return refusal ?? (await chatlog.HasEnded(admission!, ct) ? Errors.NotFound("The conversation has ended") : Ticket(admission!));
    }

    private async Task<IResult> Start(HttpContext http, CancellationToken ct)
    {
        var (asked, wrong) = await BodyOf<StartRequest>(http, ct);
        if (wrong is not null)
        {
            return wrong;
        }
        var (admission, refusal) = gatekeeper.HasSecret(http)
            ? (new Admission(Tokens.NewConversationId(), ActivityDoor.UserOf(asked?.User), DateTimeOffset.MaxValue), null)
            : gatekeeper.Admit(http, null);
        if ((refusal ?? gatekeeper.IsTooFast(http, "start")) is { } no)
        {
            return no;
        }
        var isNew = await chatlog.Begin(admission!.ConversationId, PayloadOf(asked?.ChannelData), ActivityDoor.LanguageOf(asked?.Locale), ct);
        return Results.Json(Connection(http, admission, null), ActivityJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> Reconnect(HttpContext http, string id, string? watermark, CancellationToken ct)
    {
        var (admission, refusal) = gatekeeper.Admit(http, id);
        refusal ??= WatermarkOf(watermark) is null ? Errors.Bad("BadArgument", "the watermark is not one of ours") : null;
        return refusal ?? (await chatlog.HasEnded(admission!, ct) ? Errors.NotFound("The conversation has ended") : Results.Json(Connection(http, admission!, watermark), ActivityJson.Options));
    }

    private async Task<IResult> Post(HttpContext http, string id, CancellationToken ct)
    {
        var (admission, refusal) = gatekeeper.Admit(http, id);
        if ((refusal ?? gatekeeper.SpeaksTooFast(http, id)) is { } no)
        {
            return no;
        }
        var (activity, wrong) = await BodyOf<Activity>(http, ct, BiggestBodyWithPhoto);
        if (wrong is not null || activity is null)
        {
            return wrong ?? Errors.Bad("MissingProperty", "the body is empty");
        }
        return await door.Take(http, admission!, activity, [], mustHoldPhoto: http.Items[BodyLength] is > BiggestBody, ct);
    }

    private async Task<IResult> Upload(HttpContext http, string id, string? userId, CancellationToken ct)
    {
        var (admission, refusal) = gatekeeper.Admit(http, id);
        if ((refusal ?? gatekeeper.SpeaksTooFast(http, id) ?? gatekeeper.SendsPhotosTooFast(http, id)) is { } no)
        {
            return no;
        }
        // Each lies in memory as a whole.
        if (!await uploads.WaitAsync(TimeSpan.FromSeconds(5), ct))
        {
            return Errors.TooMany();
        }
        try
        {
            var (upload, wrong) = await UploadReading.Read(http, ct);
            return wrong ?? await door.Take(http, admission! with { UserId = admission.UserId ?? ActivityDoor.UserOf(new Account(userId)) }, upload!.Activity, upload.Files, mustHoldPhoto: false, ct);
        }
        finally
        {
            uploads.Release();
        }
    }

    private async Task<IResult> Read(HttpContext http, string id, string? watermark, CancellationToken ct)
    {
        var (admission, refusal) = gatekeeper.Admit(http, id);
        if (refusal is not null)
        {
            return refusal;
        }
        return WatermarkOf(watermark) is { } after
            ? Results.Json(form.Of(http, admission!, await chatlog.After(id, after, ct)), ActivityJson.Options)
            : Errors.Bad("BadArgument", "the watermark is not one of ours");
    }

    private async Task Stream(HttpContext http, string id, string? watermark)
    {
        var (admission, refusal) = gatekeeper.AdmitStream(http, id);
        refusal ??= gatekeeper.IsWelcomeOrigin(http) ? null : Errors.Forbidden("Pages of that site may not listen");
        refusal ??= http.WebSockets.IsWebSocketRequest ? null : Errors.Bad("BadArgument", "this is a WebSocket address");
        refusal ??= WatermarkOf(watermark) is null ? Errors.Bad("BadArgument", "the watermark is not one of ours") : null;
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await streams.Run(socket, admission!, WatermarkOf(watermark)!.Value, set => form.Of(http, admission!, set), http.RequestAborted);
    }

    private IResult Draw(HttpContext http, string link, bool wide = false)
    {
        if (pictures.Draw(link) is not { } file)
        {
            return Errors.NotFound("There is no such picture");
        }
        http.Response.Headers.CacheControl = "private, max-age=2592000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{file.Name}\"";
        return Results.Bytes(wide ? WidePicture.Of(file).Bytes : file.Bytes, file.Type);
    }

    private IResult ShowUpload(HttpContext http, string key)
    {
        if (shelf.Find(key) is not { } picture)
        {
            return Errors.NotFound("There is no such picture");
        }
        http.Response.Headers.CacheControl = "private, max-age=600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(picture.Bytes, picture.Type);
    }

    // A page of an allowed site may read the answers; from any other a browser keeps them away.
    private async ValueTask<object?> AllowOrigins(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.Vary = HeaderNames.Origin;
        headers.CacheControl = "no-store";
        string origin = http.Request.Headers.Origin.ToString();
        if (gatekeeper.IsAllowedElsewhere(origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = "authorization, content-type, x-ms-bot-agent, x-requested-with";
            headers.AccessControlMaxAge = "600";
        }
        return await next(context);
    }

    private IResult Ticket(Admission admission) =>
        Results.Json(new { conversationId = admission.ConversationId, token = tokens.Make(admission), expires_in = (int)Tokens.Valid.TotalSeconds }, ActivityJson.Options);

    private object Connection(HttpContext http, Admission admission, string? watermark)
    {
        var scheme = gatekeeper.IsSecure(http) ? "wss" : "ws";
        var from = WatermarkOf(watermark) is { } number and > 0 ? string.Create(CultureInfo.InvariantCulture, $"&watermark={number}") : "";
        var begun = admission with { HasBegun = true };
        return new
        {
            conversationId = admission.ConversationId,
            token = tokens.Make(begun),
            expires_in = (int)Tokens.Valid.TotalSeconds,
            streamUrl = $"{scheme}://{http.Request.Host}{Root}/conversations/{Uri.EscapeDataString(admission.ConversationId)}/stream?t={tokens.MakeStreamTicket(begun)}{from}",
        };
    }

    private static readonly object BodyLength = new();

    private static async Task<(T? Body, IResult? Refusal)> BodyOf<T>(HttpContext http, CancellationToken ct, int most = BiggestBody) where T : class
    {
        if (http.Request.ContentLength > most)
        {
            return (null, Errors.TooBig());
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most;
        }
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, ct);
            http.Items[BodyLength] = (int)body.Length;
            return body.Length == 0 ? (null, null) : (JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), ActivityJson.Options), null);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Errors.TooBig());
        }
        catch (JsonException)
        {
            return (null, Errors.Bad("BadSyntax", "the body is not the JSON that is expected here"));
        }
    }

    private static long? WatermarkOf(string? watermark) =>
        string.IsNullOrEmpty(watermark) || watermark == "null" ? 0 : long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? PayloadOf(JsonElement? channelData) =>
        channelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("start", out var start) && start.ValueKind == JsonValueKind.String
        && start.GetString() is { Length: > 0 and <= 64 } payload ? payload : null;

    private sealed record StartRequest(Account? User, string? Locale, JsonElement? ChannelData);
}
