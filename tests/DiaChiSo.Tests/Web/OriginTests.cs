using System.Net;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class OriginTests
{
    [Fact]
    public async Task A_page_of_an_allowed_site_may_read_the_answers()
    {
        await using var site = await WebSite.With("--Web:AllowedOrigins=https://xa.example.vn");
        var asked = await site.Send(HttpMethod.Options, "/v3/directline/conversations/x/activities", null, null,
            ("Origin", "https://xa.example.vn"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,x-ms-bot-agent"));
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal("https://xa.example.vn", asked.Headers.GetValues("Access-Control-Allow-Origin").Single());
        foreach (var header in new[] { "authorization", "content-type", "x-ms-bot-agent", "x-requested-with" })
        {
            Assert.Contains(header, asked.Headers.GetValues("Access-Control-Allow-Headers").Single());
        }
    }

    [Fact]
    public async Task A_page_of_any_other_site_may_not()
    {
        await using var site = await WebSite.With("--Web:AllowedOrigins=https://xa.example.vn");
        var response = await site.Send(HttpMethod.Post, "/v3/directline/tokens/generate", null, null, ("Origin", "https://evil.example"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
