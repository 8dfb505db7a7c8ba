using System.Text;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Channels.Web;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Places;

/// <summary>
/// <c>/vt/{id}</c>: a page of our own that asks the browser where it is and hands the position into the conversation that the address was made for.
/// It serves every channel that brings no positions. Nothing of it is logged, kept or shown to anybody else.
/// </summary>
internal sealed class PositionPage(PlaceLinks links, Gatekeeper gatekeeper, Pace pace, IServiceScopeFactory scopes)
{
    private static readonly string Frame = Text("position.html");
    private static readonly string Asking = Text("position-ask.html");

    public void Map(IEndpointRouteBuilder app)
    {
        const string Address = PlaceLinks.Path + "{id:maxlength(64)}";
        app.MapGet(Address, Show);
        app.MapPost(Address, Take);
        app.MapPost(Address + "/around", LookAround);
    }

    private async Task Show(HttpContext http, string id, CancellationToken ct)
    {
        Guard(http);
        if (gatekeeper.IsTooFast(http, "position") is { } tooFast)
        {
            await tooFast.ExecuteAsync(http);
            return;
        }
        var (state, _) = await links.Look(id, ct);
        http.Response.StatusCode = StatusOf(state);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Frame.Replace("<!--body-->", state switch
        {
            PlaceLinkState.Open => Asking,
            PlaceLinkState.Used => Closed("Vị trí đã được gửi rồi", "The position was sent",
                "Đường dẫn này chỉ dùng một lần. Anh/chị quay lại tin nhắn; cần gửi lại thì nhắn chữ «vị trí», em gửi đường dẫn mới.",
                "This link works once. Please go back to the chat; to send again, write “place” there for a new link."),
            PlaceLinkState.Over => Closed("Đường dẫn đã hết hạn", "This link has expired",
                "Đường dẫn chỉ dùng được trong 15 phút. Anh/chị quay lại tin nhắn và nhắn chữ «vị trí», em gửi đường dẫn mới.",
                "It works for 15 minutes. Please go back to the chat and write “place” for a new link."),
            _ => Closed("Không có đường dẫn này", "There is no such link",
                "Có thể đường dẫn bị cắt mất một đoạn. Anh/chị quay lại tin nhắn và bấm lại, hoặc nhắn chữ «vị trí» để có đường dẫn mới.",
                "Part of it may be missing. Please go back to the chat and tap it again, or write “place” there for a new one."),
        }, StringComparison.Ordinal), ct);
    }

    private async Task<IResult> Take(HttpContext http, string id, CancellationToken ct)
    {
        var (refusal, place) = await Hear(http, ct);
        if (refusal is not null)
        {
            return refusal;
        }
        var state = await links.HandOver(id, place!, ct);
        return state switch
        {
            PlaceLinkState.Open => Answer("sent", StatusCodes.Status200OK),
            // A second tap, or the same one again because its answer was lost on the way: the place is there.
            PlaceLinkState.Used => Answer("already", StatusCodes.Status200OK),
            _ => Answer(state == PlaceLinkState.Over ? "over" : "unknown", StatusOf(state)),
        };
    }

    private async Task<IResult> LookAround(HttpContext http, string id, CancellationToken ct)
    {
        var (refusal, place) = await Hear(http, ct);
        if (refusal is not null)
        {
            return refusal;
        }
        var (state, conversation) = await links.Look(id, ct);
        if (conversation is null)
        {
            return Answer(state.ToString().ToLowerInvariant(), StatusOf(state));
        }
        // Each look gives a handful of addresses; a conversation gives them no faster (domain.md §2: no bulk path).
        if (pace.Take("around " + LinkId.HashOf(id), Limits.PlaceLooksPerMinute) is not null)
        {
            return Answer("slow", StatusCodes.Status429TooManyRequests);
        }
        await using var scope = scopes.CreateAsyncScope();
        return Results.Json(await AroundPlace.Make(place!.Point, conversation.Id, scope.ServiceProvider, ct), ActivityJson.Options);
    }

    // What both have in common: who may ask, and how a place looks.
    private async Task<(IResult? Refusal, SharedPlace? Place)> Hear(HttpContext http, CancellationToken ct)
    {
        Guard(http);
        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !Gatekeeper.IsOwnOrigin(http, origin))
        {
            return (Answer("foreign", StatusCodes.Status403Forbidden), null);
        }
        if (gatekeeper.IsTooFast(http, "position") is not null)
        {
            return (Answer("slow", StatusCodes.Status429TooManyRequests), null);
        }
        return await HandedPlace.Read(http.Request, ct) switch
        {
            null => (Answer("wrong", StatusCodes.Status400BadRequest), null),
            { Point.IsInVietnam: false } => (Answer("outside", StatusCodes.Status400BadRequest), null),
            var place => (null, place),
        };
    }

    /// <summary>Stricter than the chat page: nothing but our two files, no socket, and the address itself, which is a secret, goes nowhere as a referrer.</summary>
    private static void Guard(HttpContext http)
    {
        PageFiles.Guard(http);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    private static int StatusOf(PlaceLinkState state) => state switch
    {
        PlaceLinkState.Open => StatusCodes.Status200OK,
        PlaceLinkState.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status410Gone,
    };

    private static IResult Answer(string state, int status) => Results.Json(new { state }, ActivityJson.Options, statusCode: status);

    private static string Closed(string title, string english, string words, string wordsInEnglish) =>
        $"<section class=\"card\"><h1>{title} <span lang=\"en\">{english}</span></h1><p>{words}</p><p lang=\"en\">{wordsInEnglish}</p></section>";

    private static string Text(string file) => Encoding.UTF8.GetString(PageFiles.Embedded(file));
}
