using System.Text;
using System.Text.Encodings.Web;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Web;

/// <summary>
/// <c>/ma/{code}</c>: where the QR of a demo address leads, so that no demo QR leads to a real house. It shows what the plate shows
/// (design.md §5) and a way into the chat. Plain HTML: it needs no script.
/// </summary>
public sealed class AddressPage(Gatekeeper gatekeeper, PictureLinks pictures, WebSettings settings, IServiceScopeFactory scopes)
{
    private static readonly string Frame = Encoding.UTF8.GetString(PageFiles.Embedded("address.html"));

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/ma/{code}", Show);

    private async Task Show(HttpContext http, string code, CancellationToken ct)
    {
        // Codes can be counted through; a person opens a few a minute.
        if (gatekeeper.IsTooFast(http, "plate") is { } tooFast)
        {
            await tooFast.ExecuteAsync(http);
            return;
        }
        var isCode = code.Length == AddressCode.Length && code.All(char.IsAsciiDigit);
        await using var scope = scopes.CreateAsyncScope();
        var address = isCode ? await scope.ServiceProvider.GetRequiredService<IAddressRegister>().Find(new AddressCode(code), ct) : null;

        PageFiles.Guard(http);
        http.Response.StatusCode = address is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Frame.Replace("<!--body-->", address is null ? Unknown(isCode ? code : null) : Plate(address), StringComparison.Ordinal), ct);
    }

    private string Plate(PublicAddress address)
    {
        var body = new StringBuilder();
        body.Append("<article class=\"plate\">");
        body.Append("<p class=\"plate-word\">Địa chỉ số <span lang=\"en\">Digital address</span></p>");
        body.Append($"<h1 class=\"plate-code\">{Safe(address.Code.Grouped)}</h1>");
        body.Append($"<img class=\"qr\" width=\"240\" height=\"267\" alt=\"Mã QR của địa chỉ số {Safe(address.Code.Grouped)}\" src=\"{Safe(pictures.PathOf(new Picture("qr", address.Code.ToString(), "")))}\">");
        body.Append("</article><section class=\"facts\">");
        if (address.IsDemo)
        {
            body.Append("<p class=\"demo\"><strong>Địa chỉ bịa để dùng thử, không có thật.</strong> <span lang=\"en\">An invented address for practice, not a real place.</span></p>");
        }
        if (address.Name is { } name)
        {
            body.Append($"<h2>{Safe(name)}</h2>");
        }
        body.Append("<dl>");
        Fact(body, "Loại", "Kind", $"{address.Category.In("vi")} · {address.Category.In("en")}");
        Fact(body, "Địa chỉ", "Address", address.Line);
        Fact(body, "Tên cũ", "Former name", address.FormerLine == address.Line ? "" : address.FormerLine);
        if (address.Gate is { } gate)
        {
            Fact(body, "Vị trí cổng", "Gate", gate.ToString());
        }
        body.Append("</dl>");
        if (address.Gate is { } there)
        {
            body.Append($"<p><a class=\"second\" rel=\"noopener noreferrer\" target=\"_blank\" href=\"{Safe(settings.MapLinkOf(there))}\">Mở bản đồ <span lang=\"en\">Open the map</span></a></p>");
        }
        body.Append($"<p><a class=\"first\" href=\"/?ma={Safe(address.Code.ToString())}\">Mở trong trò chuyện <span lang=\"en\">Open in the chat</span></a></p></section>");
        return body.ToString();
    }

    private static string Unknown(string? code)
    {
        var asked = code is null ? "này" : $"<b>{Safe($"{code[..5]} {code[5..]}")}</b>";
        var into = code is null ? "/" : $"/?ma={Safe(code)}";
        return "<section class=\"facts\"><h1>Chưa có địa chỉ này</h1>"
            + $"<p>Em không thấy mã {asked} trong sổ địa chỉ. Anh/chị xem lại từng số trên biển, ví dụ 32606 12345.</p>"
            + "<p lang=\"en\">This code is not in the register. Please check each figure on the plate.</p>"
            + $"<p><a class=\"first\" href=\"{into}\">Hỏi trong trò chuyện <span lang=\"en\">Ask in the chat</span></a></p></section>";
    }

    private static void Fact(StringBuilder body, string vietnamese, string english, string value)
    {
        if (value.Length > 0)
        {
            body.Append($"<div><dt>{vietnamese} <span lang=\"en\">{english}</span></dt><dd>{Safe(value)}</dd></div>");
        }
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
