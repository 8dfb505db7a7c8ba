using System.Net;

namespace DiaChiSo.Bot.Channels.ZaloOa;

/// <summary>
/// The connection to Zalo. Its HttpClient is its own and writes nothing down (tokens stand in headers and forms), follows no redirect, and
/// reads no more than it is told to.
/// </summary>
/// <param name="patience">How long an answer may take; left out: half a minute.</param>
internal sealed class ZaloHttp(TimeSpan? patience = null) : IDisposable
{
    private readonly TimeSpan patienceOfACall = patience ?? TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
    })
    { Timeout = patience ?? TimeSpan.FromSeconds(30) };

    /// <exception cref="HttpRequestException">No connection, or an answer longer than <paramref name="most"/> bytes.</exception>
    /// <exception cref="TimeoutException">Zalo did not answer.</exception>
    public async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> Send(HttpRequestMessage request, int most, CancellationToken ct, Action<HttpResponseMessage>? look = null)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            look?.Invoke(response);
            return (response.StatusCode, await Read(response.Content, most, ct));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("Zalo did not answer");
        }
    }

    private async Task<ReadOnlyMemory<byte>> Read(HttpContent content, int most, CancellationToken ct)
    {
        // HttpClient.Timeout ends with the headers.
        using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(ct);
        tooLong.CancelAfter(patienceOfACall);
        await using var stream = await content.ReadAsStreamAsync(tooLong.Token);
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(piece, tooLong.Token)) > 0)
        {
            if (body.Length + read > most)
            {
                throw new AnswerTooLong();
            }
            body.Write(piece, 0, read);
        }
        return body.ToArray();
    }

    public void Dispose() => http.Dispose();
}

/// <summary>More bytes than whoever asked wanted to have.</summary>
internal sealed class AnswerTooLong() : HttpRequestException("the answer is too long");
