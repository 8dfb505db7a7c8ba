using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DiaChiSo.Bot.Places;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Places;

/// <summary>Conversations that wait for a place, and what came into them.</summary>
internal static class PlaceStage
{
    /// <summary>
    /// A conversation of a channel that nobody sends to, and an address for it. Its inbox begins with a row whose time has not come, so that what
    /// arrives behind it stays there to be looked at.
    /// </summary>
    public static async Task<(long Conversation, string Path)> Link(WebSite site, string state = "{}")
    {
        var now = DateTimeOffset.UtcNow;
        var conversation = await Ask(site, async db =>
        {
            var person = new Person { FirstSeenAt = now };
            db.People.Add(person);
            await db.SaveChangesAsync();
            var made = new Conversation { Channel = "quiet", ChatKey = Guid.NewGuid().ToString("N"), PersonId = person.Id, State = state, LastHeardAt = now };
            db.Conversations.Add(made);
            await db.SaveChangesAsync();
            db.Inbox.Add(new InboxRow { ConversationId = made.Id, Channel = "quiet", IncomingKey = made.ChatKey, BodyHash = "", Body = "{}", ReceivedAt = now, NotBefore = now.AddYears(1) });
            await db.SaveChangesAsync();
            return made.Id;
        });
        return (conversation, PathOf(await site.Services.GetRequiredService<PlaceLinks>().LinkOf(conversation, TestContext.Current.CancellationToken)));
    }

    /// <summary>What was handed over into the conversation, in order.</summary>
    public static async Task<IReadOnlyList<Incoming>> Handed(WebSite site, long conversation) => await Ask(site, async db =>
        (await db.Inbox.Where(row => row.ConversationId == conversation && row.IncomingKey.StartsWith("vt ")).OrderBy(row => row.Id).ToListAsync())
            .ConvertAll(row => JsonSerializer.Deserialize<Incoming>(row.Body, Saved.Json)!));

    public static async Task<(HttpStatusCode Status, string State)> Post(WebSite site, string path, object body, string? origin = null)
    {
        using var answer = await site.Send(HttpMethod.Post, path, null, body, origin is null ? [] : [("Origin", origin)]);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer.StatusCode, json.TryGetProperty("state", out var state) ? state.GetString()! : "");
    }

    public static async Task<T> Ask<T>(WebSite site, Func<BotDb, Task<T>> question)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public static string PathOf(string link) => new Uri(link).AbsolutePath;
}
