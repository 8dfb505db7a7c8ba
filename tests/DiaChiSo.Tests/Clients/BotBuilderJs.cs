using DiaChiSo.Tests.Web;

namespace DiaChiSo.Tests.Clients;

/// <summary>botbuilder, unmodified, as a client of <c>/api/messages</c>: without tokens, as its Emulator and as a host on the same machine.</summary>
public sealed class BotBuilderJs
{
    [Fact]
    public async Task It_talks_the_normal_way_and_with_replies_in_the_response()
    {
        await using var site = await WebSite.With("--BotFramework:AllowAnonymous=true", "--Register:Demo=true");
        var code = WebSite.AnAddress.Code;
        var seen = await NodeClient.Run("botbuilder.mjs", new { url = site.Address, code = code.ToString(), shown = code.Grouped });
        Assert.Equal(
        [
            "the normal way: a code is looked up, the card comes to the service URL with picture and place",
            "expectReplies: the answers are in the response, a button of a card is pressed",
            "the same activity again is one",
        ], seen);
    }
}
