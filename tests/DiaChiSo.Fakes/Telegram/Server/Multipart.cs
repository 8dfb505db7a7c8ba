using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>
/// Reads <c>multipart/form-data</c>. ASP.NET's own form reader refuses what grammY writes to Telegram every day: a file name of
/// several words without quotes (<c>filename=bản đồ.png</c>).
/// </summary>
internal static class Multipart
{
    /// <exception cref="InvalidDataException">Not what it says: no boundary, no end, a part without a name.</exception>
    public static async Task Read(HttpRequest request, byte[] body, Dictionary<string, string> values, Dictionary<string, Upload> uploads, CancellationToken ct)
    {
        var boundary = Field(request.ContentType ?? "", "boundary") ?? throw new InvalidDataException("no boundary");
        var reader = new MultipartReader(boundary, new MemoryStream(body)) { BodyLengthLimit = null };
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } part)
            {
                var disposition = part.ContentDisposition ?? "";
                var name = Field(disposition, "name") ?? throw new InvalidDataException("a part without a name");
                using var content = new MemoryStream();
                await part.Body.CopyToAsync(content, ct);
                if (Field(disposition, "filename") is { } file)
                {
                    uploads[name] = new Upload(file, content.ToArray());
                }
                else
                {
                    values[name] = Encoding.UTF8.GetString(content.ToArray());
                }
            }
        }
        catch (IOException)
        {
            throw new InvalidDataException("the body ends too early");
        }
    }

    // name=value or name="value", divided by semicolons that stand outside of quotes.
    private static string? Field(string header, string name)
    {
        var quoted = false;
        var begin = 0;
        for (var at = 0; at <= header.Length; at++)
        {
            quoted ^= at < header.Length && header[at] == '"';
            if (at < header.Length && (quoted || header[at] != ';'))
            {
                continue;
            }
            var part = header[begin..at].Trim();
            begin = at + 1;
            if (part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            {
                return part[(name.Length + 1)..].Trim('"');
            }
        }
        return null;
    }
}
