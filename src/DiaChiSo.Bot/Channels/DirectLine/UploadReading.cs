using System.Text.Json;
using DiaChiSo.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>A file as it was uploaded.</summary>
/// <param name="ContentType">As the client says.</param>
/// <param name="Name">Its name; null where none was given.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record UploadedFile(string ContentType, string? Name, byte[] Bytes);

/// <summary>An activity and the files beside it.</summary>
internal sealed record Upload(Activity Activity, IReadOnlyList<UploadedFile> Files);

/// <summary>
/// Reads the body of <c>/upload</c>: several parts, one of them the activity (<c>application/vnd.microsoft.activity</c>) and the others files; or a
/// single file that is the body itself. Everything stays in memory.
/// </summary>
internal static class UploadReading
{
    private const string ActivityType = "application/vnd.microsoft.activity";
    private const int BiggestActivity = 64 * 1024;
    private const int MostParts = 11;
    private const int LongestName = 100;

    public static async Task<(Upload? Upload, IResult? Refusal)> Read(HttpContext http, CancellationToken ct)
    {
        var request = http.Request;
        if (request.ContentLength > Limits.UploadBytes)
        {
            return (null, Errors.TooBig());
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limits.UploadBytes;
        }
        try
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            {
                return (null, Errors.Bad("BadArgument", "the Content-Type is missing"));
            }
            var upload = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? await ReadParts(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body, ct)
                : await ReadFile(request, type, ct);
            return upload.Files.Count > 0 ? (upload, null) : (null, Errors.Bad("MissingProperty", "there is no file in it"));
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Errors.TooBig());
        }
        catch (JsonException)
        {
            return (null, Errors.Bad("BadSyntax", "the part with the activity is not the JSON that is expected here"));
        }
        // The framework's own words quote the headers of the part.
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException && !ct.IsCancellationRequested)
        {
            return (null, Errors.Bad("BadSyntax", "the parts of the body cannot be told from each other"));
        }
    }

    private static async Task<Upload> ReadParts(string boundary, Stream body, CancellationToken ct)
    {
        var reader = new MultipartReader(boundary, body) { HeadersCountLimit = 16, HeadersLengthLimit = 4 * 1024, BodyLengthLimit = Limits.UploadBytes };
        Activity? activity = null;
        var files = new List<UploadedFile>();
        for (var parts = 0; await reader.ReadNextSectionAsync(ct) is { } part; parts++)
        {
            if (parts == MostParts)
            {
                throw new InvalidDataException("too many parts");
            }
            var bytes = await Whole(part.Body, ct);
            if (part.ContentType?.StartsWith(ActivityType, StringComparison.OrdinalIgnoreCase) == true)
            {
                activity = bytes.Length <= BiggestActivity
                    ? JsonSerializer.Deserialize<Activity>(bytes, ActivityJson.Options)
                    : throw new BadHttpRequestException("the activity is too big", StatusCodes.Status413PayloadTooLarge);
            }
            else
            {
                files.Add(new UploadedFile(TypeOf(part.ContentType), NameIn(part.ContentDisposition), bytes));
            }
        }
        activity ??= new Activity { Type = "message" };
        // directlinejs names its files once more in the activity, without an address.
        return new Upload(activity with { Attachments = activity.Attachments?.Where(one => one.ContentUrl is not null || one.Content is not null).ToList() }, files);
    }

    private static async Task<Upload> ReadFile(HttpRequest request, MediaTypeHeaderValue type, CancellationToken ct)
    {
        var bytes = await Whole(request.Body, ct);
        return new Upload(new Activity { Type = "message" },
            bytes.Length == 0 ? [] : [new UploadedFile(TypeOf(type.MediaType.Value), NameIn(request.Headers.ContentDisposition), bytes)]);
    }

    private static async Task<byte[]> Whole(Stream stream, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, ct);
        return whole.ToArray();
    }

    private static string TypeOf(string? given) =>
        MediaTypeHeaderValue.TryParse(given, out var type) && type.MediaType.Length is > 0 and <= LongestName ? type.MediaType.Value! : "application/octet-stream";

    private static string? NameIn(string? disposition)
    {
        if (!ContentDispositionHeaderValue.TryParse(disposition, out var said))
        {
            return null;
        }
        var name = HeaderUtilities.RemoveQuotes(said.FileNameStar.HasValue ? said.FileNameStar : said.FileName).ToString();
        return name.Length == 0 ? null : name.Length <= LongestName ? name : name[..LongestName];
    }
}
