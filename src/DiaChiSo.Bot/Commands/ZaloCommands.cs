using System.CommandLine;
using System.Security.Cryptography;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>zalo login</c> and <c>zalo status</c>: the consent of the Official Account, given on the operator's machine; works beside a server that is running.</summary>
internal static class ZaloCommands
{
    public static Command Command(Surroundings here) => new("zalo", "The Zalo Official Account's tokens.") { Login(here), Status(here) };

    private static Command Login(Surroundings here)
    {
        var fresh = new Option<bool>("--new-challenge") { Description = "Make another code challenge; it must then be entered in the application's page again." };
        var command = new Command("login", "Let the Official Account's administrator consent, and keep the tokens.") { fresh };
        command.SetAction((parsed, ct) => Open(here, async (services, settings) =>
        {
            var store = services.GetRequiredService<TokenStore>();
            var verifier = await store.Verifier(parsed.GetValue(fresh), ct);
            var state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            await here.Output.WriteLineAsync($"""
                1. In the application's page at developers.zalo.me, under "Official Account", set
                     callback:        {settings.RedirectUrl}
                     code challenge:  {Pkce.ChallengeOf(verifier)}
                2. Open this as an administrator of the Official Account, and consent:
                     {ConsentUrl(settings, Pkce.ChallengeOf(verifier), state)}
                3. The browser is sent to the callback. Paste the whole address that it shows now, or only the code, within ten minutes:
                """);
            var code = CodeIn(await here.Input.ReadLineAsync(ct), state);
            try
            {
                var pair = await services.GetRequiredService<OAuth>().Exchange(code, verifier, ct);
                await store.Keep(pair, CancellationToken.None);
                await here.Output.WriteLineAsync($"Logged in. The bot renews the tokens by itself from now on; a server that is running takes them within a minute.\n{Line(pair)}");
            }
            catch (OAuthRefused refused)
            {
                throw new CommandFault($"Zalo refused ({refused.Error}): {refused.Meaning}. A code is good once and for ten minutes; begin again, and compare callback and code challenge with the application's page.");
            }
            catch (Exception fault) when (fault is HttpRequestException or TimeoutException)
            {
                throw new CommandFault("Zalo was not reached; look at the network of this machine and begin again.");
            }
        }, ct));
        return command;
    }

    private static Command Status(Surroundings here)
    {
        var command = new Command("status", "Show how long the tokens are good for; never the tokens.");
        command.SetAction((_, ct) => Open(here, async (services, settings) =>
        {
            var pair = await services.GetRequiredService<TokenStore>().Read(ct);
            await here.Output.WriteLineAsync($"Application {settings.AppId}, Official Account {settings.OaId ?? "(ZaloOa:OaId is not set)"}.");
            await here.Output.WriteLineAsync(string.IsNullOrEmpty(settings.OaSecretKey) ? "ZaloOa:OaSecretKey is not set: what Zalo brings is refused." : $"Webhook: {settings.WebhookPath}");
            await here.Output.WriteLineAsync(pair is null ? "Nobody has logged in: run `zalo login`." : Line(pair));
            if (pair is not null && pair.AccessUntil < services.GetRequiredService<TimeProvider>().GetUtcNow())
            {
                await here.Output.WriteLineAsync("The access token is over. A running server renews it; if /health says that it cannot, run `zalo login`.");
            }
        }, ct));
        return command;
    }

    internal static string ConsentUrl(ZaloOaSettings settings, string challenge, string state) =>
        $"{settings.OAuthUrl}/v4/oa/permission?app_id={settings.AppId}&redirect_uri={Uri.EscapeDataString(settings.RedirectUrl!)}&code_challenge={challenge}&state={state}";

    private static Task<int> Open(Surroundings here, Func<IServiceProvider, ZaloOaSettings, Task> work, CancellationToken ct) => Desk.Open(here, async (services, _) =>
    {
        var settings = services.GetRequiredService<BotSettings>().ZaloOa;
        if (!settings.IsOn)
        {
            throw new CommandFault("ZaloOa:AppId is not set; appsettings.example.json says where its settings come from.");
        }
        if (string.IsNullOrEmpty(settings.RedirectUrl))
        {
            throw new CommandFault("ZaloOa:RedirectUrl is not set; the callback of the application's page is wanted, for example https://diachiso.example.vn/zalo-oa/consent.");
        }
        await work(services, settings);
    }, ct);

    // The whole address that the browser shows, or the code alone.
    private static string CodeIn(string? pasted, string state)
    {
        var words = pasted?.Trim() ?? "";
        if (Uri.TryCreate(words, UriKind.Absolute, out var address) && address.Query.Length > 0)
        {
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query);
            if (query.TryGetValue("state", out var given) && given != state)
            {
                throw new CommandFault("This address belongs to another login; begin again and open the address of this one.");
            }
            words = query.TryGetValue("code", out var code) ? code.ToString() : "";
        }
        return words.Length is > 0 and <= 4_000 && !words.Any(char.IsWhiteSpace) ? words : throw new CommandFault("There is no code in it; paste the whole address to which the browser was sent after the consent.");
    }

    private static string Line(TokenPair pair) =>
        $"Tokens of {pair.GivenAt:yyyy-MM-dd HH:mm} UTC: access until {pair.AccessUntil:yyyy-MM-dd HH:mm} UTC, renewed from {pair.RenewAt:yyyy-MM-dd HH:mm} UTC on; without renewal lost after {pair.GivenAt + TokenPair.RefreshLives:yyyy-MM-dd}.";
}
