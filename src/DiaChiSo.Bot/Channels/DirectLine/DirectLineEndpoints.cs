using System.Globalization;
using System.Text.Json;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Direct Line 3.0, the part that chat clients use (channels.md §3.1).</summary>
internal sealed class DirectLineEndpoints(Gatekeeper gatekeeper, Tokens tokens, Chatlog chatlog, Listeners listeners, Streams streams, PictureLinks pictures, PhotoTray tray)
{
    public const string Root = "/v3/directline";

    private const int BiggestBody = 64 * 1024;

    /// <summary>With a photo in it, four letters for three bytes; our own page sends some 200 KB.</summary>
    private const int BiggestBodyWithPhoto = Limits.WebPhotoBytes / 3 * 4 + BiggestBody;

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
        group.MapGet("/pictures/{link}", Draw);
        group.MapMethods("/{**any}", [HttpMethods.Options], () => Results.NoContent());
    }

    private async Task<IResult> Generate(HttpContext http, CancellationToken ct)
    {
        if ((gatekeeper.WhoMakesTokens(http) ?? gatekeeper.IsTooFast(http, "token")) is { } refusal)
        {
            return refusal;
        }
        var (asked, wrong) = await BodyOf<StartRequest>(http, ct);
        return wrong ?? Ticket(Tokens.NewConversationId(), UserOf(asked?.User));
    }

    private IResult Refresh(HttpContext http)
    {
        var (admission, refusal) = gatekeeper.Admit(http, null);
        return refusal ?? Ticket(admission!.ConversationId, admission.UserId);
    }

    private async Task<IResult> Start(HttpContext http, CancellationToken ct)
    {
        var (asked, wrong) = await BodyOf<StartRequest>(http, ct);
        if (wrong is not null)
        {
            return wrong;
        }
        var (admission, refusal) = gatekeeper.HasSecret(http)
            ? (new Admission(Tokens.NewConversationId(), UserOf(asked?.User), DateTimeOffset.MaxValue), null)
            : gatekeeper.Admit(http, null);
        if ((refusal ?? gatekeeper.IsTooFast(http, "start")) is { } no)
        {
            return no;
        }
        var isNew = await chatlog.Begin(admission!.ConversationId, PayloadOf(asked?.ChannelData), LanguageOf(asked?.Locale), ct);
        return Results.Json(Connection(http, admission, null), ActivityJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private IResult Reconnect(HttpContext http, string id, string? watermark)
    {
        var (admission, refusal) = gatekeeper.Admit(http, id);
        return refusal ?? Results.Json(Connection(http, admission!, watermark), ActivityJson.Options);
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
        string? clientId;
        ActivityPhoto? photo;
        Incoming? incoming;
        Activity echo;
        try
        {
            clientId = ActivityEcho.ClientIdOf(activity);
            photo = ActivityPhoto.In(activity, id, clientId);
            if (photo is null && http.Items[BodyLength] is > BiggestBody)
            {
                return Errors.TooBig();
            }
            incoming = ActivityReading.Read(activity, photo);
            echo = ActivityEcho.Of(activity, admission!.UserId ?? UserOf(activity.From) ?? "user");
        }
        catch (BadActivity bad)
        {
            return Errors.Bad(bad.Code, bad.Message);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, inside a value that nobody looked into before.
            return Errors.Bad("BadSyntax", "a text in the activity is not valid Unicode");
        }

        if (incoming is null)
        {
            return Results.Json(new { id = $"{id}|0000000" });
        }
        if (photo is not null && gatekeeper.SendsPhotosTooFast(http, id) is { } slower)
        {
            return slower;
        }
        if (photo?.Bytes is { } bytes && !await chatlog.HasHeard(id, clientId, ct) && !tray.Lay(photo.Key, bytes))
        {
            return Errors.TooMany();
        }
        // Told before it is taken: told after it, it could come behind a quick answer.
        listeners.Typing(id);
        return Results.Json(new
        {
            id = incoming is Arrived
                ? await chatlog.Arrive(id, clientId, incoming, LanguageOf(activity.Locale), ct)
                : await chatlog.Hear(id, clientId, echo, incoming, LanguageOf(activity.Locale), ct),
        });
    }

    private async Task<IResult> Read(HttpContext http, string id, string? watermark, CancellationToken ct)
    {
        var (_, refusal) = gatekeeper.Admit(http, id);
        if (refusal is not null)
        {
            return refusal;
        }
        return WatermarkOf(watermark) is { } after
            ? Results.Json(Absolute(http, await chatlog.After(id, after, ct)), ActivityJson.Options)
            : Errors.Bad("BadArgument", "the watermark is not one of ours");
    }

    private async Task Stream(HttpContext http, string id, string? watermark)
    {
        var (_, refusal) = gatekeeper.AdmitStream(http, id);
        refusal ??= gatekeeper.IsWelcomeOrigin(http) ? null : Errors.Forbidden("Pages of that site may not listen");
        refusal ??= http.WebSockets.IsWebSocketRequest ? null : Errors.Bad("BadArgument", "this is a WebSocket address");
        refusal ??= WatermarkOf(watermark) is null ? Errors.Bad("BadArgument", "the watermark is not one of ours") : null;
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await streams.Run(socket, id, WatermarkOf(watermark)!.Value, set => Absolute(http, set), http.RequestAborted);
    }

    private IResult Draw(HttpContext http, string link)
    {
        if (pictures.Draw(link) is not { } png)
        {
            return Errors.NotFound("There is no such picture");
        }
        http.Response.Headers.CacheControl = "private, max-age=2592000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(png, "image/png");
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

    private IResult Ticket(string conversationId, string? userId) =>
        Results.Json(new { conversationId, token = tokens.Make(conversationId, userId), expires_in = (int)Tokens.Valid.TotalSeconds }, ActivityJson.Options);

    private object Connection(HttpContext http, Admission admission, string? watermark)
    {
        var scheme = gatekeeper.IsSecure(http) ? "wss" : "ws";
        var from = WatermarkOf(watermark) is { } number and > 0 ? string.Create(CultureInfo.InvariantCulture, $"&watermark={number}") : "";
        return new
        {
            conversationId = admission.ConversationId,
            token = tokens.Make(admission.ConversationId, admission.UserId),
            expires_in = (int)Tokens.Valid.TotalSeconds,
            streamUrl = $"{scheme}://{http.Request.Host}{Root}/conversations/{Uri.EscapeDataString(admission.ConversationId)}/stream?t={tokens.MakeStreamTicket(admission)}{from}",
        };
    }

    // Pictures of ours are kept without host: which one is right depends on who reads.
    private ActivitySet Absolute(HttpContext http, ActivitySet set) => set with
    {
        Activities = [.. set.Activities.Select(activity => activity.Attachments is null ? activity : activity with
        {
            Attachments = [.. activity.Attachments.Select(one => one.ContentUrl?.StartsWith('/') == true ? one with { ContentUrl = $"{(gatekeeper.IsSecure(http) ? "https" : "http")}://{http.Request.Host}{one.ContentUrl}" } : one)],
        })],
    };

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

    private static string LanguageOf(string? locale) => locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "vi";

    private static string? UserOf(Account? user) => user?.Id is { Length: > 0 and <= 64 } id ? id : null;

    private static string? PayloadOf(JsonElement? channelData) =>
        channelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("start", out var start) && start.ValueKind == JsonValueKind.String
        && start.GetString() is { Length: > 0 and <= 64 } payload ? payload : null;

    private sealed record StartRequest(Account? User, string? Locale, JsonElement? ChannelData);
}
