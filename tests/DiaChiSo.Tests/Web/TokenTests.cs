using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class TokenTests
{
    private const string Secret = "a-secret-for-tests-with-32-letters!";

    [Fact]
    public async Task On_this_machine_without_a_secret_a_token_needs_none()
    {
        await using var site = await WebSite.With();
        var ticket = await site.Generate();
        Assert.Equal(1800, ticket.Expires_in);
        Assert.NotEqual(ticket.ConversationId, (await site.Generate()).ConversationId);
    }

    [Theory]
    [InlineData("Host", "diachiso.example.vn")]
    [InlineData("X-Forwarded-For", "203.0.113.5")]
    [InlineData("Forwarded", "for=203.0.113.5")]
    public async Task Behind_a_proxy_or_under_another_name_nobody_gets_a_token_without_a_secret(string header, string value)
    {
        await using var site = await WebSite.With();
        var response = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", null, null, (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task With_a_secret_set_only_the_secret_makes_tokens()
    {
        await using var site = await WebSite.With($"--Web:Secret={Secret}");
        var without = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", null, null);
        var wrong = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", Secret + "x", null);
        var right = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", Secret, new { user = new { id = "khach-1" } });
        var started = await site.Send(HttpMethod.Post, "/v3/directline/conversations", Secret, new { user = new { id = "khach-2" } });
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);

        // The own page goes on without it.
        Assert.Equal(HttpStatusCode.OK, (await site.Send(HttpMethod.Post, "/web/session", null, null)).StatusCode);
    }

    [Fact]
    public async Task A_token_is_renewed_while_it_holds_and_refused_when_its_time_is_over()
    {
        await using var site = await WebSite.With();
        var talk = await (await site.Start()).Greeted();
        site.Time.Ahead = TimeSpan.FromMinutes(29);
        var renewed = await (await site.Send(HttpMethod.Post, "/v3/directline/tokens/refresh", talk.Ticket.Token, null)).Content.ReadFromJsonAsync<Ticket>();
        Assert.Equal(talk.Ticket.ConversationId, renewed!.ConversationId);

        site.Time.Ahead = TimeSpan.FromMinutes(31);
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/v3/directline/tokens/refresh"), (HttpMethod.Get, talk.Path), (HttpMethod.Get, talk.Path + "/activities"), (HttpMethod.Post, talk.Path + "/activities") })
        {
            var late = await site.Send(method, path, talk.Ticket.Token, method == HttpMethod.Post ? new { type = "message", text = "32606 12345" } : null);
            Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
            Assert.Equal("TokenExpired", await WebSite.ErrorCode(late));
        }
        Assert.NotEmpty((await new Talk(site, renewed).Read()).Activities);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%%%")]
    public async Task A_made_up_token_is_refused(string token)
    {
        await using var site = await WebSite.With();
        var talk = await site.Start();
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Send(HttpMethod.Get, talk.Path + "/activities", token, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Send(HttpMethod.Get, talk.Path + "/activities", null, null)).StatusCode);
    }

    [Fact]
    public async Task A_token_opens_only_its_own_conversation()
    {
        await using var site = await WebSite.With();
        var mine = await (await site.Start()).Greeted();
        var theirs = await site.Start();
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/activities"), (HttpMethod.Post, "/activities"), (HttpMethod.Get, $"/stream?t={theirs.Ticket.Token}") })
        {
            var response = await site.Send(method, mine.Path + path, theirs.Ticket.Token, method == HttpMethod.Post ? new { type = "message", text = "1" } : null);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.DoesNotContain(mine.Ticket.Token, await response.Content.ReadAsStringAsync());
        }
        Assert.DoesNotContain((await mine.Read()).Activities, activity => activity.From?.Role == "user");
    }

    [Fact]
    public async Task Too_many_tokens_from_one_address_wait_a_while()
    {
        await using var site = await WebSite.With("--Web:TokensPerMinute=3");
        for (var round = 0; round < 3; round++)
        {
            await site.Generate();
        }
        var refused = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", null, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        site.Time.Ahead = TimeSpan.FromSeconds(25);
        await site.Generate();
    }

    [Fact]
    public async Task A_broken_setting_is_named_at_the_start()
    {
        foreach (var (setting, name) in new[] { ("--Web:Secret=short", "Web:Secret"), ("--Web:MapLinkTemplate=javascript:{lat}{lng}", "Web:MapLinkTemplate"), ("--Web:AllowedOrigins=https://a.example/path", "Web:AllowedOrigins") })
        {
            var fault = await Assert.ThrowsAsync<DiaChiSo.Bot.Settings.SettingFault>(() => DiaChiSo.Bot.Commands.Serve.Build(Path.GetTempPath(), [setting]));
            Assert.StartsWith(name, fault.Message);
        }
    }
}
