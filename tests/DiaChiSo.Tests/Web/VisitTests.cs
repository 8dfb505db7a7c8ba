using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class VisitTests
{
    [Fact]
    public async Task After_three_days_the_same_browser_gets_the_same_talk_back()
    {
        await using var site = await WebSite.With();
        var (visit, cookie) = await Visit(site, null);
        var talk = await Open(site, visit);
        await talk.Ask("/tracuu");

        await site.Restart();
        site.Time.Ahead = TimeSpan.FromDays(3);
        var (again, _) = await Visit(site, cookie);
        Assert.Equal(visit.ConversationId, again.ConversationId);
        var set = await new Talk(site, again).Read();
        Assert.Equal("/tracuu", set.Activities[1].Text);
        // Its open question still counts.
        await new Talk(site, again).Ask("3260699999");
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var site = await WebSite.With();
        var response = await site.Send(HttpMethod.Post, "/web/session", null, null);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/web", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"max-age={180 * 24 * 3600}", cookie, StringComparison.OrdinalIgnoreCase);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversationId").GetString()!;
        Assert.DoesNotContain(id, cookie);
    }

    [Fact]
    public async Task Behind_tls_the_cookie_goes_only_over_tls()
    {
        await using var site = await WebSite.With("--Web:PublicUrl=https://diachiso.example.vn");
        var response = await site.Send(HttpMethod.Post, "/web/session", null, null, ("Host", "diachiso.example.vn"), ("Origin", "https://diachiso.example.vn"));
        Assert.Contains("; secure", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task A_made_up_or_old_cookie_is_a_new_visitor()
    {
        await using var site = await WebSite.With();
        var (visit, cookie) = await Visit(site, null);
        Assert.NotEqual(visit.ConversationId, (await Visit(site, cookie + "x")).Visit.ConversationId);
        site.Time.Ahead = TimeSpan.FromDays(181);
        Assert.NotEqual(visit.ConversationId, (await Visit(site, cookie)).Visit.ConversationId);
    }

    [Fact]
    public async Task Another_site_cannot_open_or_end_a_visit()
    {
        await using var site = await WebSite.With();
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete })
        {
            var response = await site.Send(method, "/web/session", null, null, ("Origin", "https://evil.example"));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task A_shared_phone_can_forget()
    {
        await using var site = await WebSite.With();
        var response = await site.Send(HttpMethod.Delete, "/web/session", null, null, ("Origin", site.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task A_long_talk_opens_near_its_end_and_the_rest_can_be_asked_for()
    {
        await using var site = await WebSite.With("--Web:MessagesPerMinute=1000");
        var (visit, cookie) = await Visit(site, null);
        var talk = await Open(site, visit);
        for (var round = 0; round < 25; round++)
        {
            await talk.Ask("/menu");
        }
        var response = await site.Send(HttpMethod.Post, "/web/session", null, null, ("Cookie", cookie));
        var watermark = long.Parse((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("watermark").GetString()!);
        Assert.Equal(11, watermark);
        Assert.Equal(40, (await talk.Read(watermark)).Activities.Count);
        Assert.Equal(51, (await talk.Read()).Activities.Count);
    }

    [Fact]
    public async Task Old_words_are_deleted_and_the_numbers_go_on()
    {
        await using var site = await WebSite.With();
        var (visit, cookie) = await Visit(site, null);
        await (await Open(site, visit)).Ask("/trogiup");

        site.Time.Ahead = Limits.WebActivitiesKept + TimeSpan.FromDays(1);
        var retention = site.Services.GetServices<IWorker>().OfType<RetentionWorker>().Single();
        await retention.Sweep(TestContext.Current.CancellationToken);
        var later = new Talk(site, (await Visit(site, cookie)).Visit);
        var set = await later.Read();
        Assert.Empty(set.Activities);
        Assert.Equal("3", set.Watermark);
        Assert.EndsWith("|0000004", await later.Say("/menu"));
        await later.Answer("4");
        await retention.Sweep(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await later.Read(3)).Activities.Count);
    }

    private static async Task<(Ticket Visit, string Cookie)> Visit(WebSite site, string? cookie)
    {
        var response = await site.Send(HttpMethod.Post, "/web/session", null, null, cookie is null ? [] : [("Cookie", cookie)]);
        response.EnsureSuccessStatusCode();
        return ((await response.Content.ReadFromJsonAsync<Ticket>())!, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    private static async Task<Talk> Open(WebSite site, Ticket visit)
    {
        (await site.Send(HttpMethod.Post, "/v3/directline/conversations", visit.Token, new { })).EnsureSuccessStatusCode();
        return await new Talk(site, visit).Greeted();
    }
}
