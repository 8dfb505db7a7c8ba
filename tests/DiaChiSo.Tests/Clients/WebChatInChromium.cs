using System.Net.Http.Json;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Host;
using DiaChiSo.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Clients;

/// <summary>botframework-webchat, unmodified, in a real browser, on a page of another site: the four main conversations from the first word to the receipt.</summary>
public sealed class WebChatInChromium
{
    [Fact]
    public async Task The_four_main_conversations_are_held_in_web_chat()
    {
        var port = FreePorts.Next();
        await using var site = await WebSite.With(ChatRegister.Fill, $"--Web:AllowedOrigins=http://127.0.0.1:{port}");
        var plate = Path.Combine(NodeClient.Screenshots, "plate.png");
        await File.WriteAllBytesAsync(plate, QrCode.Png(new AddressCode("3260700023"), new PlateSettings()), TestContext.Current.CancellationToken);

        var seen = await NodeClient.Run("webchat.mjs", new
        {
            url = site.Address,
            port,
            plate,
            screenshots = NodeClient.Screenshots,
            lookUp = await Token(site),
            confirm = await Token(site, Role.Collaborator),
            correct = await Token(site, isVerified: true),
            missing = await Token(site, isVerified: true),
            polling = await Token(site),
            minimal = await Token(site),
        }, needsBrowser: true, needsWebChat: true);

        Assert.Equal(
        [
            "look-up: the card, its QR and its gate are seen, the map opens by a link",
            "look-up: a list is chosen from by a card's button",
            "look-up: a photographed plate is uploaded and drawn again",
            "look-up: what a person types is never markup",
            "confirm: a collaborator hands in a visit",
            "correct: a citizen hands in a correction",
            "missing: a link leads to the page that takes a position",
            "missing: a citizen asks for an address that is not there",
            "by polling the card comes too",
            "Web Chat minimal, which draws no cards, says everything in words",
            "nothing is loaded from anywhere else",
        ], seen);
        Assert.Contains("3260700023", Plates.Pictures.Decode(await File.ReadAllBytesAsync(Path.Combine(NodeClient.Screenshots, "webchat-qr.png"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        Assert.Equal(2, await db.Set<Request>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Set<Confirmation>().CountAsync(TestContext.Current.CancellationToken));
    }

    // A conversation that has begun, for a person who may do so much; its token is what a site's own server would hand to its page.
    private static async Task<string> Token(WebSite site, Role? role = null, bool isVerified = false)
    {
        var ticket = await site.Generate();
        await site.Send(HttpMethod.Post, "/v3/directline/conversations", ticket.Token, new { user = new { id = "khach" }, locale = "vi-VN" });
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var conversation = await db.Conversations.SingleAsync(row => row.ChatKey == ticket.ConversationId);
        if (role is { } given)
        {
            db.Grants.Add(new RoleGrant { PersonId = conversation.PersonId, Role = given, Area = "*", GrantedAt = DateTimeOffset.UtcNow });
        }
        if (isVerified)
        {
            await Givens.Accounts.Agree(scope.ServiceProvider, db, conversation, DateTimeOffset.UtcNow);
            await Givens.Accounts.Verify(scope.ServiceProvider, db, conversation, $"{ticket.ConversationId}@example.invalid", DateTimeOffset.UtcNow);
        }
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return ticket.Token;
    }
}
