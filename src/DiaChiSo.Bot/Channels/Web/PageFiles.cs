using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace DiaChiSo.Bot.Channels.Web;

/// <summary>
/// The page's files. They are inside the program, so that it serves them from whatever folder it is started in, and are held in memory,
/// pressed once.
/// </summary>
public sealed partial class PageFiles
{
    private static readonly (string Path, string[] Files, string Type)[] Table =
    [
        ("/", ["chat.html"], "text/html; charset=utf-8"),
        ("/chat.css", ["chat.css", "dark.css"], "text/css; charset=utf-8"),
        // One request on a poor network; several files for who reads them.
        ("/chat.js", ["words.js", "line.js", "outbox.js", "draw.js", "place.js", "photo.js", "chat.js"], "text/javascript; charset=utf-8"),
        // The page behind a one-time address (Places).
        ("/vt.css", ["position.css"], "text/css; charset=utf-8"),
        ("/vt.js", ["position-map.js", "position.js"], "text/javascript; charset=utf-8"),
        ("/icon.svg", ["icon.svg"], "image/svg+xml"),
        ("/manifest.webmanifest", ["manifest.webmanifest"], "application/manifest+json"),
    ];

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var (path, files, type) in Table)
        {
            var held = new Held([.. files.SelectMany(Embedded)], type);
            app.MapGet(path, http => held.Send(http));
        }
    }

    /// <summary>The text of one of the page's files.</summary>
    public static byte[] Embedded(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"DiaChiSo.Bot.Channels.Web.page.{file}")
            ?? throw new InvalidOperationException($"The embedded file {file} is missing.");
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }

    /// <summary>
    /// Nothing but our own files runs or is loaded, nobody frames the page, and only the page may ask where the phone is. Old browsers do not
    /// take 'self' for a socket, so its address is written out.
    /// </summary>
    internal static void Guard(HttpContext http)
    {
        var host = http.Request.Host.Value is { } asked && PlainHost().IsMatch(asked) ? $" ws://{asked} wss://{asked}" : "";
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; "
            + $"connect-src 'self'{host}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()";
    }

    [GeneratedRegex(@"^[A-Za-z0-9.\-\[\]:]{1,255}$")]
    private static partial Regex PlainHost();

    private sealed class Held(byte[] bytes, string type)
    {
        private readonly byte[] pressed = Press(bytes);
        private readonly EntityTagHeaderValue tag = new('"' + Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 8)) + '"');

        public async Task Send(HttpContext http)
        {
            Guard(http);
            var headers = http.Response.Headers;
            // Asked again every time, answered with 304: a new release is seen at once and an old one costs nothing.
            headers.CacheControl = "no-cache";
            headers.ETag = tag.ToString();
            headers.Vary = HeaderNames.AcceptEncoding;
            if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag.Tag.Value!, StringComparison.Ordinal))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            var takesPressed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
            if (takesPressed)
            {
                headers.ContentEncoding = "gzip";
            }
            var body = takesPressed ? pressed : bytes;
            http.Response.ContentType = type;
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }

        private static byte[] Press(byte[] bytes)
        {
            using var whole = new MemoryStream();
            using (var gzip = new GZipStream(whole, CompressionLevel.SmallestSize))
            {
                gzip.Write(bytes);
            }
            return whole.ToArray();
        }
    }
}
