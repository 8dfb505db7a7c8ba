using System.Net;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa.Receive;

/// <summary>
/// A photo by the link that came with it, from Zalo's own hosts only and without following a redirect: nobody makes this machine fetch what
/// they like. Into memory and no further than the limit.
/// </summary>
/// <param name="channel">The channel that brings the links: the Official Account, or a bot.</param>
/// <param name="hosts">Where Zalo keeps what people send, and hosts below.</param>
internal sealed partial class ZaloPhotos(string channel, IReadOnlyCollection<string> hosts, ZaloHttp http, ILogger<ZaloPhotos> log) : IPhotoSource
{
    public string Channel => channel;

    public async Task<byte[]> Fetch(string fileKey, CancellationToken ct)
    {
        if (!Uri.TryCreate(fileKey, UriKind.Absolute, out var link) || !IsZalos(link))
        {
            LogHost(channel, link?.Host ?? "none");
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
        && hosts.Any(host => link.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A photo of {Channel} lies at a host that the channel's setting PhotoHosts does not name: {Host}")]
    private partial void LogHost(string channel, string host);
}
