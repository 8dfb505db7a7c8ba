using System.Net;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.BotFramework;
using DiaChiSo.Tests.Connector;

namespace DiaChiSo.Tests.Clients;

/// <summary>
/// Microsoft's own check (botframework-connector, JwtTokenValidation) and ours on the same tokens, with the same announced keys: they agree on each, but
/// where ours is stricter on purpose.
/// </summary>
public sealed class TokenJudge
{
    private sealed record Case(string Name, bool IsGood, string? Authorization, JsonObject Activity, bool IsStricter = false);

    [Fact]
    public async Task Microsofts_check_and_ours_agree_on_every_token()
    {
        await using var site = await ConnectorSite.With();
        site.Framework.Keys.Add(new FakeSigningKey("k2", "msteams"));
        site.Framework.Keys.Add(new FakeSigningKey("k3"));
        var cases = Cases(site.Framework);
        Assert.True(cases.Count >= 20);

        var ours = new List<string>();
        foreach (var one in cases)
        {
            var status = (await site.Site.Send(HttpMethod.Post, "/api/messages", null, System.Net.Http.Json.JsonContent.Create(one.Activity.DeepClone()), one.Authorization is null ? [] : [("Authorization", one.Authorization)])).StatusCode;
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{one.Name}: {status}");
            ours.Add($"{one.Name}: {(status == HttpStatusCode.OK ? "good" : "bad")}");
        }
        Assert.Equal(cases.Select(one => $"{one.Name}: {(one.IsGood ? "good" : "bad")}"), ours);

        var judged = await NodeClient.Run("token-judge.mjs", new
        {
            metadata = site.Framework.MetadataUrl,
            appId = site.Framework.AppId,
            appPassword = site.Framework.AppPassword,
            cases = cases.Select(one => new { name = one.Name, authorization = one.Authorization, activity = one.Activity }),
        });
        Assert.Equal(cases.Select(one => $"{one.Name}: {(one.IsGood || one.IsStricter ? "good" : "bad")}"), judged);
    }

    private static List<Case> Cases(FakeBotFramework framework)
    {
        var an = framework.Someone("An");
        var key = framework.Keys[0];
        using var foreign = new FakeSigningKey(key.Kid, "webchat");
        using var unknown = new FakeSigningKey("k9", "webchat");
        var now = DateTimeOffset.UtcNow;
        return
        [
            Token("good", true, key.Token(an.Claims())),
            Token("good: signed with RS512", true, key.Token(an.Claims(), "RS512")),
            Token("good: over for four minutes", true, key.Token(With("exp", now.AddMinutes(-4).ToUnixTimeSeconds()))),
            Token("good: begins in four minutes", true, key.Token(With("nbf", now.AddMinutes(4).ToUnixTimeSeconds()))),
            Token("good: without a beginning", true, key.Token(Without("nbf"))),
            Token("over for six minutes", false, key.Token(With("exp", now.AddMinutes(-6).ToUnixTimeSeconds()))),
            Token("begins in six minutes", false, key.Token(With("nbf", now.AddMinutes(6).ToUnixTimeSeconds()))),
            Token("for another bot", false, key.Token(With("aud", "11111111-1111-4222-8333-0123456789ab"))),
            Token("for nobody", false, key.Token(Without("aud"))),
            Token("from another issuer", false, key.Token(With("iss", "https://api.botframework.example"))),
            Token("from no issuer", false, key.Token(Without("iss"))),
            Token("another service URL", false, key.Token(With("serviceurl", "https://evil.example/"))),
            Token("a service URL that only begins the same", false, key.Token(With("serviceurl", framework.ServiceUrl + "x"))),
            Token("no service URL", false, key.Token(Without("serviceurl"))),
            Token("signed by another key of that name", false, foreign.Token(an.Claims())),
            Token("an unknown key", false, unknown.Token(an.Claims())),
            Token("a known key under an unknown name", false, key.Token(an.Claims(), saysKid: "k9")),
            Token("a known key under no name", false, key.Token(an.Claims(), saysKid: null)),
            Token("a key under the name of another one", false, key.Token(an.Claims(), saysKid: "k2")),
            Token("a key that speaks for another channel", false, framework.Keys[1].Token(an.Claims())),
            Token("not signed", false, key.Token(an.Claims(), "none")),
            Token("signed with the public key as a secret", false, key.Token(an.Claims(), "HS256")),
            Token("another end", false, Bent(key.Token(an.Claims()))),
            Token("no token at all", false, "x"),
            new("no header", false, null, an.Activity("typing")),
            new("another scheme", false, "Basic " + key.Token(an.Claims()), an.Activity("typing")),
            // Where ours is stricter: a token without an end, and a key that speaks for no channel.
            Token("without an end", false, key.Token(Without("exp")), isStricter: true),
            Token("a key that speaks for nobody", false, framework.Keys[2].Token(an.Claims()), isStricter: true),
        ];

        Case Token(string name, bool isGood, string token, bool isStricter = false) => new(name, isGood, "Bearer " + token, an.Activity("typing"), isStricter);

        JsonObject With(string claim, JsonNode value)
        {
            var claims = an.Claims();
            claims[claim] = value;
            if (claim == "exp")
            {
                claims["nbf"] = now.AddHours(-2).ToUnixTimeSeconds();
            }
            return claims;
        }

        JsonObject Without(string claim)
        {
            var claims = an.Claims();
            claims.Remove(claim);
            return claims;
        }

        static string Bent(string token) => token[..^8] + (token[^8] == 'A' ? 'B' : 'A') + token[^7..];
    }
}
