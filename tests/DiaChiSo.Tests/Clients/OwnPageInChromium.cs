using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Web;

namespace DiaChiSo.Tests.Clients;

/// <summary>The bot's own chat page in a real browser, 360 × 640: with and without a position, by keyboard alone, at night.</summary>
public sealed class OwnPageInChromium
{
    [Fact]
    public async Task The_page_works_on_a_small_phone_and_by_keyboard()
    {
        await using var site = await WebSite.With(ChatRegister.Fill);
        var seen = await NodeClient.Run("own-page.mjs", new { url = site.Address, screenshots = NodeClient.Screenshots }, needsBrowser: true);
        Assert.Equal(
        [
            "a granted position finds the addresses around it",
            "the card shows its QR and its gate",
            "the card to print is a file that opens",
            "a refused position is said plainly, and what to do",
            "coordinates that are typed take its place",
            "a look-up by keyboard alone",
            "the sheet for a place opens, closes and gives the focus back",
            "at night and in English",
        ], seen);
    }
}
