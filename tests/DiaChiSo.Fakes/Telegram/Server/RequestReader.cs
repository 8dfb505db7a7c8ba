using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>Reads query, urlencoded, JSON and multipart into <see cref="ApiArguments"/>.</summary>
internal static class RequestReader
{
    private const long LargestBody = 60 * 1024 * 1024;

    /// <exception cref="ApiRefusal">413 over 60 MB (the method's own limit is checked later), 400 for a body that is not what it says.</exception>
    public static async Task<byte[]> Body(HttpRequest request, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var part = new byte[81920];
        int read;
        while ((read = await request.Body.ReadAsync(part, ct)) > 0)
        {
            all.Write(part, 0, read);
            if (all.Length > LargestBody)
            {
                throw new ApiRefusal(413, "Request Entity Too Large");
            }
        }

        return all.ToArray();
    }

    public static async Task<ApiArguments> Arguments(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var values = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var uploads = new Dictionary<string, Upload>();
        if (body.Length == 0)
        {
            return new ApiArguments(values, uploads);
        }

        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            var fromJson = ApiArguments.FromJson(ParseObject(Encoding.UTF8.GetString(body)));
            return values.Count == 0 ? fromJson : throw ApiRefusal.BadRequest("arguments in both query and JSON body");
        }

        try
        {
            if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            {
                await Multipart.Read(request, body, values, uploads, ct);
            }
            else if (request.HasFormContentType)
            {
                foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
                {
                    values[name] = value.ToString();
                }
            }
        }
        catch (InvalidDataException)
        {
            throw ApiRefusal.BadRequest("can't parse multipart body");
        }

        return new ApiArguments(values, uploads);
    }

    /// <summary>The answer of a webhook, when it carries a method; null when it does not.</summary>
    public static (string Method, ApiArguments Arguments)? WebhookAnswer(string? mediaType, byte[] body)
    {
        try
        {
            if (mediaType == "application/json" && body.Length > 0 && JsonNode.Parse(body) is JsonObject json && json.String("method") is { } method)
            {
                return (method, ApiArguments.FromJson(json));
            }
        }
        catch (JsonException)
        {
            return null; // The real server also takes an unreadable answer of 2xx for a plain "received".
        }

        if (mediaType == "application/x-www-form-urlencoded")
        {
            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            return form.TryGetValue("method", out var name) ? (name, new ApiArguments(form, new Dictionary<string, Upload>())) : null;
        }

        return null;
    }

    private static JsonObject ParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw ApiRefusal.BadRequest("object expected as JSON body");
        }
        catch (JsonException)
        {
            throw ApiRefusal.BadRequest("can't parse JSON body");
        }
    }
}
