using System.Net;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.BotFramework;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Connector;

/// <summary>Who may bring activities; the tokens themselves are judged beside Microsoft's own code in <see cref="Clients.TokenJudge"/>.</summary>
public sealed class CallersAreChecked
{
    [Fact]
    public async Task Without_a_token_nobody_comes_in_and_nothing_is_read()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        Assert.Equal(HttpStatusCode.Unauthorized, (await an.Post(an.Activity("message", ("text", "/menu")), null)).StatusCode);
        Assert.False(await site.Ask(db => db.Inbox.AnyAsync()));
    }

    [Theory]
    [InlineData("Host", "diachiso.example.vn")]
    [InlineData("X-Forwarded-For", "203.0.113.5")]
    public async Task Without_a_token_comes_in_only_who_is_on_this_machine_and_only_where_it_is_set(string header, string value)
    {
        await using var site = await ConnectorSite.With("--BotFramework:AllowAnonymous=true");
        var an = site.Framework.Someone("An");
        Assert.Equal(HttpStatusCode.OK, (await Send()).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send((header, value))).StatusCode);

        // Nor may it send the bot knocking elsewhere.
        var elsewhere = an.Activity("message", ("text", "x"));
        elsewhere["serviceUrl"] = "https://198.51.100.7/";
        Assert.Equal(HttpStatusCode.Unauthorized, (await an.Post(elsewhere, null)).StatusCode);
        // A token that is no good is not better than none.
        Assert.Equal(HttpStatusCode.Forbidden, (await an.Post(an.Activity("message", ("text", "x")), "x.y.z")).StatusCode);

        Task<HttpResponseMessage> Send(params (string, string)[] headers) =>
            site.Site.Send(HttpMethod.Post, "/api/messages", null, System.Net.Http.Json.JsonContent.Create(an.Activity("typing")), headers);
    }

    [Theory]
    [InlineData("http://connector.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://name:word@connector.example/")]
    [InlineData("nowhere")]
    public async Task An_address_without_tls_is_not_answered_even_with_a_token(string serviceUrl)
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        var (claims, activity) = (an.Claims(), an.Activity("message", ("text", "x")));
        (claims["serviceurl"], activity["serviceUrl"]) = (serviceUrl, serviceUrl);
        Assert.Equal(HttpStatusCode.Forbidden, (await an.Post(activity, site.Framework.Keys[0].Token(claims))).StatusCode);
    }

    [Fact]
    public async Task Our_clock_decides_with_five_minutes_to_both_sides()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        var token = site.Framework.Keys[0].Token(an.Claims());
        foreach (var (ahead, status) in new[] { (64, HttpStatusCode.OK), (66, HttpStatusCode.Forbidden), (-5, HttpStatusCode.OK), (-7, HttpStatusCode.Forbidden) })
        {
            site.Site.Time.Ahead = TimeSpan.FromMinutes(ahead);
            Assert.Equal((ahead, status), (ahead, (await an.Post(an.Activity("typing"), token)).StatusCode));
        }
    }

    [Fact]
    public async Task A_new_key_is_asked_for_but_invented_ones_only_every_five_minutes()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        Assert.Equal(HttpStatusCode.OK, (await an.Post(an.Activity("typing"))).StatusCode);
        Assert.Equal(1, site.Framework.KeysAsked);

        site.Framework.Keys.Add(new FakeSigningKey("k2", "webchat"));
        using var stranger = new FakeSigningKey("invented", "webchat");
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await an.Post(an.Activity("typing"), stranger.Token(an.Claims()))).StatusCode);
        }
        Assert.Equal(1, site.Framework.KeysAsked);
        site.Site.Time.Ahead = TimeSpan.FromMinutes(5.1);
        Assert.Equal(HttpStatusCode.OK, (await an.Post(an.Activity("typing"), site.Framework.Keys[1].Token(an.Claims()))).StatusCode);
        Assert.Equal(2, site.Framework.KeysAsked);

        // A key that is announced no more is good no more, a day later at the latest.
        var withdrawn = site.Framework.Keys[0];
        site.Framework.Keys.RemoveAt(0);
        site.Site.Time.Ahead = TimeSpan.FromHours(25);
        var claims = an.Claims();
        (claims["nbf"], claims["exp"]) = (null, DateTimeOffset.UtcNow.AddHours(26).ToUnixTimeSeconds());
        claims.Remove("nbf");
        Assert.Equal(HttpStatusCode.Forbidden, (await an.Post(an.Activity("typing"), withdrawn.Token(claims))).StatusCode);
    }

    [Fact]
    public async Task Without_the_frameworks_keys_nobody_is_let_in_and_the_channel_comes_again()
    {
        var framework = await FakeBotFramework.Start();
        await using var site = await Web.WebSite.With([.. framework.Settings]);
        var an = framework.Someone("An");
        framework.BotUrl = site.Address;
        var token = framework.Keys[0].Token(an.Claims());
        await framework.DisposeAsync();
        var answer = await an.Post(an.Activity("typing"), token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("--BotFramework:AppId=bot", "BotFramework:AppId: ")]
    [InlineData("--BotFramework:AppId=7c4dfc3a-1111-4222-8333-0123456789ab", "BotFramework:AppPassword: ")]
    [InlineData("--BotFramework:OpenIdMetadata=http://login.example/keys", "BotFramework:OpenIdMetadata: ")]
    [InlineData("--BotFramework:LoginUrl=http://login.example", "BotFramework:LoginUrl: ")]
    [InlineData("--BotFramework:TenantId=a/b", "BotFramework:TenantId: ")]
    [InlineData("--BotFramework:Issuer= ", "BotFramework:Issuer: ")]
    [InlineData("--BotFramework:Scope= ", "BotFramework:Scope: ")]
    public async Task A_broken_setting_is_named_at_the_start(string setting, string begins)
    {
        using var here = new Host.OwnFolder();
        var (code, _, error) = await here.Run("", ["--BotFramework:AllowAnonymous=true", setting]);
        Assert.Equal(2, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
    }
}
