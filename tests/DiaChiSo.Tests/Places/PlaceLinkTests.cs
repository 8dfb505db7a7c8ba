using System.Net;
using System.Text;
using DiaChiSo.Bot.Places;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Places;

/// <summary>The one-time address for a position, over HTTP: good once, for fifteen minutes, for one conversation, and for nobody who guesses.</summary>
public sealed class PlaceLinkTests : IClassFixture<WebSite>
{
    private static readonly object AtTheGate = new { latitude = 21.85630, longitude = 103.32910, accuracy = 8.5 };

    private readonly WebSite site;

    public PlaceLinkTests(WebSite site)
    {
        this.site = site;
        // All of these tests come from one network address; what it may do in a minute is another test's business.
        site.Time.Ahead += TimeSpan.FromMinutes(1);
    }

    [Fact]
    public async Task A_place_goes_into_the_conversation_and_is_answered_there()
    {
        var (talk, path) = await Asked();
        var before = (await talk.Read()).Watermark;
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate));
        var answer = await talk.Answer(before);
        Assert.Contains("quanh vị trí 21.85630", answer.Text ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_is_the_place_with_its_accuracy()
    {
        var (conversation, path) = await Link();
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate));
        Assert.Equal([new SharedPlace(new GeoPoint(21.85630, 103.32910), 8.5)], await Handed(conversation));
    }

    [Fact]
    public async Task A_double_tap_and_an_answer_lost_on_the_way_leave_one_place()
    {
        var (conversation, path) = await Link();
        var taps = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => Post(path, new { latitude = 21.8563 + at * 0.0001, longitude = 103.3291 })));
        Assert.All(taps, tap => Assert.Equal(HttpStatusCode.OK, tap.Status));
        Assert.Single(taps, tap => tap.State == "sent");
        Assert.Equal(7, taps.Count(tap => tap.State == "already"));
        Assert.Single(await Handed(conversation));
    }

    [Fact]
    public async Task Opened_again_after_use_it_says_so_and_what_to_do()
    {
        var (_, path) = await Link();
        await Post(path, AtTheGate);
        var page = await site.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        var words = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Vị trí đã được gửi rồi", words, StringComparison.Ordinal);
        Assert.Contains("nhắn chữ «vị trí»", words, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_it_uses_nothing_up_so_that_a_preview_of_the_link_does_no_harm()
    {
        var (_, path) = await Link();
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(HttpStatusCode.OK, (await site.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate));
    }

    [Fact]
    public async Task After_fifteen_minutes_it_is_over_and_a_day_later_forgotten()
    {
        await using var own = await WebSite.With();
        var (conversation, path) = await Link(own);
        own.Time.Ahead = TimeSpan.FromMinutes(14.9);
        Assert.Equal(HttpStatusCode.OK, (await own.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        own.Time.Ahead = TimeSpan.FromMinutes(15.1);
        var page = await own.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        Assert.Contains("Đường dẫn đã hết hạn", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Gone, "over"), await Post(path, AtTheGate, on: own));
        Assert.Equal((HttpStatusCode.Gone, "over"), await Post(path + "/around", AtTheGate, on: own));
        Assert.Empty(await Handed(conversation, own));

        own.Time.Ahead = TimeSpan.FromDays(2);
        await own.Services.GetServices<DiaChiSo.Bot.Workers.IWorker>().OfType<DiaChiSo.Bot.Workers.RetentionWorker>().Single().Sweep(TestContext.Current.CancellationToken);
        Assert.Equal(0, await Ask(db => db.Set<PlaceLink>().CountAsync(), own));
        Assert.Equal(HttpStatusCode.NotFound, (await own.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_link_lives_over_a_restart()
    {
        await using var own = await WebSite.With();
        var (conversation, path) = await Link(own);
        await own.Restart();
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate, on: own));
        Assert.Single(await Handed(conversation, own));
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("%00%00")]
    [InlineData("' OR 1=1 --")]
    public async Task A_forged_address_opens_nothing(string id)
    {
        var page = await site.Http.GetAsync(PlaceLinks.Path + Uri.EscapeDataString(id), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "unknown"), await Post(PlaceLinks.Path + Uri.EscapeDataString(id), AtTheGate));
    }

    [Fact]
    public async Task Addresses_cannot_be_guessed_and_the_database_does_not_hold_them()
    {
        var (conversation, path) = await Link();
        var (_, other) = await Link();
        Assert.NotEqual(path, other);
        Assert.Equal(22, path[PlaceLinks.Path.Length..].Length);
        Assert.All(await Ask(db => db.Set<PlaceLink>().ToListAsync()), row => Assert.DoesNotContain(path[PlaceLinks.Path.Length..], row.Hash, StringComparison.OrdinalIgnoreCase));
        Assert.True(conversation > 0);
    }

    [Fact]
    public async Task The_other_addresses_of_the_same_question_end_with_it_and_those_of_others_do_not()
    {
        var (conversation, path) = await Link();
        var twin = PathOf(await site.Services.GetRequiredService<PlaceLinks>().LinkOf(conversation, TestContext.Current.CancellationToken));
        var (_, foreign) = await Link();
        await Post(path, AtTheGate);
        Assert.Equal((HttpStatusCode.OK, "already"), await Post(twin, AtTheGate));
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(foreign, AtTheGate));
        var next = PathOf(await site.Services.GetRequiredService<PlaceLinks>().LinkOf(conversation, TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(next, AtTheGate));
        Assert.Equal(2, (await Handed(conversation)).Count);
    }

    [Theory]
    [InlineData("""{"latitude":91,"longitude":103.3}""", "wrong")]
    [InlineData("""{"latitude":21.8,"longitude":-181}""", "wrong")]
    [InlineData("""{"latitude":"21.8","longitude":103.3}""", "wrong")]
    [InlineData("""{"latitude":21.8}""", "wrong")]
    [InlineData("""{"latitude":1e400,"longitude":103.3}""", "wrong")]
    [InlineData("""{"latitude":21.8,"longitude":103.3,"accuracy":-5}""", "wrong")]
    [InlineData("""{"latitude":21.8,"longitude":103.3,"accuracy":"good"}""", "wrong")]
    [InlineData("""{"latitude":21.8,"longitude":103.3,"accuracy":1e9}""", "wrong")]
    [InlineData("""[21.8,103.3]""", "wrong")]
    [InlineData("""21.8""", "wrong")]
    [InlineData("""{"latitude":21.8,""", "wrong")]
    [InlineData("", "wrong")]
    [InlineData("""{"words":"ở cổng"}""", "wrong")]
    [InlineData("""{"words":["21.8563, 103.3291"]}""", "wrong")]
    [InlineData("""{"latitude":103.3291,"longitude":21.8563}""", "wrong")]
    [InlineData("""{"latitude":48.85,"longitude":2.35}""", "outside")]
    public async Task What_is_no_place_of_ours_uses_nothing_up(string body, string state)
    {
        var (conversation, path) = await Link();
        foreach (var to in new[] { path, path + "/around" })
        {
            Assert.Equal((HttpStatusCode.BadRequest, state), await Post(to, new StringContent(body, Encoding.UTF8, "application/json")));
        }
        Assert.Empty(await Handed(conversation));
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate));
    }

    [Fact]
    public async Task A_body_too_large_or_of_another_kind_is_not_taken()
    {
        var (_, path) = await Link();
        var large = "{\"latitude\":21.8563,\"longitude\":103.3291,\"x\":\"" + new string('x', 5_000) + "\"}";
        Assert.Equal((HttpStatusCode.BadRequest, "wrong"), await Post(path, new StringContent(large, Encoding.UTF8, "application/json")));
        Assert.Equal((HttpStatusCode.BadRequest, "wrong"), await Post(path, new StringContent("latitude=21.8563&longitude=103.3291", Encoding.UTF8, "application/x-www-form-urlencoded")));
        Assert.Equal((HttpStatusCode.BadRequest, "wrong"), await Post(path, new StringContent("""{"latitude":21.8563,"longitude":103.3291}""", Encoding.UTF8, "text/plain")));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Another_origin_hands_over_nothing(string origin)
    {
        var (conversation, path) = await Link();
        Assert.Equal((HttpStatusCode.Forbidden, "foreign"), await Post(path, AtTheGate, origin));
        Assert.Equal((HttpStatusCode.Forbidden, "foreign"), await Post(path + "/around", AtTheGate, origin));
        Assert.Empty(await Handed(conversation));
        Assert.Equal((HttpStatusCode.OK, "sent"), await Post(path, AtTheGate, site.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task The_page_loads_nothing_foreign_is_not_kept_and_tells_nobody_its_address()
    {
        var (_, path) = await Link();
        var page = await site.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var headers = page.Headers.Concat(page.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Contains("noindex", headers["X-Robots-Tag"], StringComparison.Ordinal);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Contains("geolocation=(self)", headers["Permissions-Policy"], StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("cổng hoặc cửa chính", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http-equiv", ""), StringComparison.Ordinal);
        Assert.DoesNotContain(path[PlaceLinks.Path.Length..], html, StringComparison.Ordinal);
        foreach (var file in new[] { "/vt.js", "/vt.css" })
        {
            var text = await site.Http.GetStringAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
            // The namespace of SVG is a name, not an address.
            Assert.DoesNotContain("http://", text.Replace("http://www.w3.org/2000/svg", ""), StringComparison.Ordinal);
        }
    }

    private async Task<(Web.Talk, string)> Asked()
    {
        var talk = await (await site.Start()).Greeted();
        var key = talk.Ticket.ConversationId;
        var conversation = await Ask(db => db.Conversations.Where(row => row.ChatKey == key).Select(row => row.Id).SingleAsync());
        return (talk, PathOf(await site.Services.GetRequiredService<PlaceLinks>().LinkOf(conversation, TestContext.Current.CancellationToken)));
    }

    // A conversation of a channel that nobody sends to.
    private async Task<(long Conversation, string Path)> Link(WebSite? on = null) => await PlaceStage.Link(on ?? site);

    private Task<IReadOnlyList<Incoming>> Handed(long conversation, WebSite? on = null) => PlaceStage.Handed(on ?? site, conversation);

    private Task<(HttpStatusCode Status, string State)> Post(string path, object body, string? origin = null, WebSite? on = null) => PlaceStage.Post(on ?? site, path, body, origin);

    private async Task<T> Ask<T>(Func<BotDb, Task<T>> question, WebSite? on = null) => await PlaceStage.Ask(on ?? site, question);

    private static string PathOf(string link) => PlaceStage.PathOf(link);
}
