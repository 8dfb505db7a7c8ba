using DiaChiSo.Tests.Web;

namespace DiaChiSo.Tests.Clients;

/// <summary>botframework-directlinejs, unmodified, against the whole program.</summary>
public sealed class DirectLineJs(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task It_talks_by_socket_and_by_polling_and_comes_back_after_a_cut()
    {
        var seen = await NodeClient.Run("directlinejs.mjs", new { url = site.Address, code = WebSite.AnAddress.Code.ToString() });
        Assert.Equal(
        [
            "websocket: greeting, echo with its id, card with picture and place",
            "websocket: typing is told",
            "websocket: the line is cut, nothing is lost and nothing comes twice",
            "polling: greeting, echo with its id, card with picture and place",
            "polling: typing is not told",
            "reconnect behind a watermark by websocket",
            "reconnect behind a watermark by polling",
            "a made-up token does not connect",
        ], seen);
    }
}
