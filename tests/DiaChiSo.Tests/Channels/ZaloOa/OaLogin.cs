using System.Text.RegularExpressions;
using DiaChiSo.Bot;
using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Tests.Host;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary><c>zalo login</c>: the consent, by somebody who opens the printed address and pastes what the browser shows.</summary>
public sealed partial class OaLogin
{
    [Fact]
    public async Task The_consent_is_asked_for_exchanged_and_kept_and_status_shows_no_token()
    {
        await using var zalo = await FakeZaloOa.Start();
        using var here = new OwnFolder();
        Assert.Contains("Nobody has logged in", (await Run(here.Path, zalo, "status")).Output);
        var (code, output, error) = await Run(here.Path, zalo, "login");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Logged in.", output);
        Assert.DoesNotContain("FAKEAT", output);
        var status = (await Run(here.Path, zalo, "status")).Output;
        Assert.Contains("access until", status);
        Assert.DoesNotContain("FAKE", status);
        var exchange = Assert.Single(zalo.Requests);
        Assert.Equal("authorization_code", exchange.Form["grant_type"]);
        Assert.Equal(43, exchange.Form["code_verifier"].Length);
    }

    [Fact]
    public async Task The_challenge_stays_until_another_one_is_wanted()
    {
        await using var zalo = await FakeZaloOa.Start();
        using var here = new OwnFolder();
        var first = ChallengeIn((await Run(here.Path, zalo, "login")).Output);
        Assert.Equal(first, ChallengeIn((await Run(here.Path, zalo, "login")).Output));
        Assert.NotEqual(first, ChallengeIn((await Run(here.Path, zalo, "login", "--new-challenge")).Output));
    }

    [Theory]
    [InlineData("", "There is no code in it")]
    [InlineData("two words", "There is no code in it")]
    [InlineData("http://127.0.0.1/consent?code=x&state=another", "another login")]
    [InlineData("CODE-that-nobody-gave", "Zalo refused (-118)")]
    public async Task What_is_no_code_ends_in_one_line(string pasted, string says)
    {
        await using var zalo = await FakeZaloOa.Start();
        using var here = new OwnFolder();
        var (code, _, error) = await Typed(here.Path, zalo, pasted, "login");
        Assert.Equal(1, code);
        Assert.Contains(says, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains("Nobody has logged in", (await Run(here.Path, zalo, "status")).Output);
    }

    [Fact]
    public async Task Without_an_application_or_a_callback_the_command_says_what_is_missing()
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", "zalo", "status");
        Assert.Equal(1, code);
        Assert.StartsWith("ZaloOa:AppId is not set", error);
    }

    /// <summary>The command, with somebody who does what it says; works beside a server that runs on the same folder.</summary>
    internal static async Task<(int Code, string Output, string Error)> Run(string folder, FakeZaloOa zalo, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var operatorAtTheBrowser = new Consenting(zalo, output);
        var code = await BotProgram.Run([.. OaBot.SettingsFor(zalo), "--Register:Demo=false", "zalo", .. words], folder, operatorAtTheBrowser, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<(int Code, string Output, string Error)> Typed(string folder, FakeZaloOa zalo, string typed, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await BotProgram.Run([.. OaBot.SettingsFor(zalo), "zalo", .. words], folder, new StringReader(typed), output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    private static string ChallengeIn(string output) => Challenge().Match(output).Groups[1].Value is { Length: 43 } challenge ? challenge : throw new FormatException("no challenge was printed");

    [GeneratedRegex(@"code_challenge=([A-Za-z0-9_-]{43})&")]
    private static partial Regex Challenge();

    [GeneratedRegex(@"http\S+/v4/oa/permission\S+")]
    private static partial Regex ConsentLink();

    private sealed class Consenting(FakeZaloOa zalo, StringWriter screen) : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken ct) => new(zalo.Consent(ConsentLink().Match(screen.ToString()).Value));
    }
}
