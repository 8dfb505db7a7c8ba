using System.Net;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>
/// A photo by the link that came with it, from Zalo's own hosts only and without following a redirect: nobody makes this machine fetch what
/// they like. Into memory and no further than the limit.
/// </summary>
internal sealed partial class ZaloPhotos(ZaloOaSettings settings, ZaloHttp http, ILogger<ZaloPhotos> log) : IPhotoSource
{
    public string Channel => ZaloLine.Channel;

    public async Task<byte[]> Fetch(string fileKey, CancellationToken ct)
    {
        if (!Uri.TryCreate(fileKey, UriKind.Absolute, out var link) || !IsZalos(link))
        {
            LogHost(link?.Host ?? "none");
            throw new PhotoFault(PhotoHolds.NotFetched);
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        try
        {
            var (status, body) = await http.Send(request, Limits.PhotoBytes, ct);
            return status switch
            {
                HttpStatusCode.OK => body.ToArray(),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw new HttpRequestException($"Zalo answered {(int)status}"),
                // Gone, forbidden, moved elsewhere: the same question has the same answer.
                _ => throw new PhotoFault(PhotoHolds.NotFetched),
            };
        }
        catch (AnswerTooLong)
        {
            throw new PhotoFault(PhotoHolds.NotReadable);
        }
    }

    private bool IsZalos(Uri link) => link is { UserInfo: "" } && (link.Scheme == "https" || (link.Scheme == "http" && link.IsLoopback))
        && settings.PhotoHosts.Any(host => link.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A photo lies at a host that ZaloOa:PhotoHosts does not name: {Host}")]
    private partial void LogHost(string host);
}
