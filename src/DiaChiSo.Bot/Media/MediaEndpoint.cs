using Microsoft.Net.Http.Headers;

namespace DiaChiSo.Bot.Media;

internal static class MediaEndpoint
{
    /// <summary><c>GET /m/{id}</c>: a picture or a file of a message, for the channel's server or the person who was given the address.</summary>
    public static void MapMedia(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(MediaLinks.Path + "{id:maxlength(64)}", [HttpMethods.Get, HttpMethods.Head], async (HttpContext http, string id, MediaLinks links) =>
        {
            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex";
            if (await links.Read(id, counts: HttpMethods.IsGet(http.Request.Method), http.RequestAborted) is not { } file)
            {
                // Gone and never there are one answer: nobody learns which addresses there were.
                return Results.Text("Đường dẫn này đã hết hạn. Anh/chị hỏi lại trong cuộc trò chuyện nhé.\nThis link has expired. Please ask again in the chat.\n",
                    "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
            }
            headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = file.Name }.ToString();
            return Results.Bytes(file.Bytes, file.Type);
        });
}
