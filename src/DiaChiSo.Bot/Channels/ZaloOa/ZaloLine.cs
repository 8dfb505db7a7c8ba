using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Channels.ZaloOa;

/// <summary>
/// Calls to the OpenAPI: the token in its header (<c>access_token</c>, not Authorization), below the limit, and once more with a new token where
/// Zalo does not take the old one. An answer is read for its <c>error</c>; HTTP says 200 to everything.
/// </summary>
internal sealed partial class ZaloLine(ZaloOaSettings settings, ZaloHttp http, TokenKeeper tokens, RateGate rate, ILogger<ZaloLine> log)
{
    public const string Channel = "zalo-oa";

    private const int LongestAnswer = 256 * 1024;

    /// <summary>Sends a message (v3.0/oa/message/cs).</summary>
    /// <exception cref="ZaloRefused">Zalo did not take it.</exception>
    /// <exception cref="NeedsLogin">There is no token.</exception>
    /// <exception cref="HttpRequestException">Zalo was not reached or stumbled.</exception>
    public Task<JsonElement> SendMessage(JsonObject message, CancellationToken ct) =>
        Call("v3.0/oa/message/cs", () => JsonContent.Create(message), ct);

    /// <summary>Uploads a picture (≤ 1 MB); returns what Zalo calls it, good for seven days.</summary>
    /// <inheritdoc cref="SendMessage" path="/exception"/>
    public async Task<string> UploadImage(byte[] picture, string fileName, CancellationToken ct) =>
        WordsOf(await Call("v2.0/oa/upload/image", () => FormOf(picture, fileName), ct), "attachment_id");

    /// <summary>Uploads a PDF (≤ 5 MB); returns the token that sends it.</summary>
    /// <inheritdoc cref="SendMessage" path="/exception"/>
    public async Task<string> UploadFile(byte[] file, string fileName, CancellationToken ct) =>
        WordsOf(await Call("v2.0/oa/upload/file", () => FormOf(file, fileName), ct), "token");

    private async Task<JsonElement> Call(string path, Func<HttpContent> content, CancellationToken ct)
    {
        var token = await tokens.Access(ct);
        try
        {
            return await CallOnce(path, content, token, ct);
        }
        catch (ZaloRefused refused) when (refused.Meant == Meant.Token)
        {
            LogToken(refused.Error);
            return await CallOnce(path, content, await tokens.AccessInsteadOf(token, ct), ct);
        }
    }

    private async Task<JsonElement> CallOnce(string path, Func<HttpContent> content, string token, CancellationToken ct)
    {
        await rate.Enter(ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.ApiUrl}/{path}") { Content = content() };
        request.Headers.TryAddWithoutValidation("access_token", token);
        var (status, body) = await http.Send(request, LongestAnswer, ct, LookAtLimits);
        switch (status)
        {
            case HttpStatusCode.Unauthorized:
                throw new ZaloRefused(-216);
            case HttpStatusCode.TooManyRequests:
                throw new ZaloRefused(-32);
            case >= (HttpStatusCode)300:
                throw new HttpRequestException($"Zalo answered {(int)status}");
        }
        return Read(body);
    }

    private JsonElement Read(ReadOnlyMemory<byte> body)
    {
        JsonElement answer;
        try
        {
            answer = JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            throw new HttpRequestException("Zalo answered something else than JSON");
        }
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("error", out var number) || !number.TryGetInt32(out var error))
        {
            throw new HttpRequestException("Zalo answered without a number");
        }
        if (error == 0)
        {
            return answer.TryGetProperty("data", out var data) ? data : default;
        }
        if (ZaloError.IsAmbiguous(error) || ZaloError.Of(error) == Meant.Unknown)
        {
            LogRefusal(error, answer.TryGetProperty("message", out var words) && words.ValueKind == JsonValueKind.String ? Harmless(words.GetString()!) : "");
        }
        throw new ZaloRefused(error);
    }

    private void LookAtLimits(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("X-RateLimit-Remain", out var values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var remaining))
        {
            rate.Told(remaining);
        }
    }

    private static MultipartFormDataContent FormOf(byte[] file, string fileName)
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue(Path.GetExtension(fileName) switch
        {
            ".png" => "image/png",
            ".jpg" => "image/jpeg",
            ".pdf" => "application/pdf",
            _ => "application/octet-stream",
        });
        // Zalo looks at the name's end; quoted, because that is what forms from a browser look like.
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{fileName}\"" };
        return new MultipartFormDataContent { part };
    }

    private static string WordsOf(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } words
            ? words
            : throw new HttpRequestException($"Zalo answered without {name}");

    // Zalo's words say which of two meanings a number has; they might also hold an id, and those are figures.
    private static string Harmless(string words) => Figures().Replace(words.Length <= 120 ? words : words[..120], "#").ReplaceLineEndings(" ");

    [GeneratedRegex(@"\S*\d\S*|\S{25,}")]
    private static partial Regex Figures();

    [LoggerMessage(Level = LogLevel.Information, Message = "Zalo does not take the access token any more ({Error}); it is renewed")]
    private partial void LogToken(int error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Zalo refused with {Error}: {Words}")]
    private partial void LogRefusal(int error, string words);
}
