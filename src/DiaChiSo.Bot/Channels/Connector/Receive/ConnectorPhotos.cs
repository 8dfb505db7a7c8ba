using DiaChiSo.Bot.Channels.Connector.Send;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>Photos that lie at the channel's own server: fetched into memory and no further than the limit, with the bot's token where the server was vouched for.</summary>
internal sealed class ConnectorPhotos(ConnectorLine line, AccessTokens tokens) : IPhotoSource
{
    public string Channel => ConnectorLine.Channel;

    /// <summary>An address of the server that is also answered; its key tells whether the bot shows its token there.</summary>
    public static string KeyOf(string url, bool isVouchedFor) => (isVouchedFor ? '+' : '-') + url;

    public async Task<byte[]> Fetch(string fileKey, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, fileKey[1..]);
        if (fileKey[0] == '+')
        {
            await tokens.Show(request, ct);
        }
        using var response = await line.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if ((int)response.StatusCode is >= 300 and < 500)
        {
            // A redirect, gone, or not for us: the same question has the same answer.
            throw new PhotoFault(PhotoHolds.NotFetched);
        }
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var photo = new MemoryStream();
        var piece = new byte[32 * 1024];
        int read;
        while ((read = await body.ReadAsync(piece, ct)) > 0)
        {
            if (photo.Length + read > Limits.PhotoBytes)
            {
                throw new PhotoFault(PhotoHolds.NotReadable);
            }
            photo.Write(piece, 0, read);
        }
        return photo.ToArray();
    }
}
