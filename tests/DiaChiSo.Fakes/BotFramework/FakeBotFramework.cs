using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DiaChiSo.Fakes.BotFramework;

/// <summary>
/// The services around a bot of the Bot Framework, on loopback: the announced signing keys, the login, and the connector to which a bot posts its
/// answers. It is strict: what the real one could refuse, it refuses and writes down.
/// </summary>
public sealed class FakeBotFramework : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, BotFrameworkChat> chats = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = [];
    private readonly ConcurrentQueue<ScriptedAnswer> script = [];
    private WebApplication? app;

    public string AppId { get; } = "7c4dfc3a-1111-4222-8333-0123456789ab";
    public string AppPassword { get; } = "a-secret-of-the-tests~0123456789";

    /// <summary>What the channels of this fake are answered at.</summary>
    public string ServiceUrl { get; private set; } = "";

    public string MetadataUrl => ServiceUrl + "v1/.well-known/openidconfiguration";

    /// <summary>Where the bot listens; set once it does.</summary>
    public Uri? BotUrl { get; set; }

    /// <summary>By which tokens are made.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The bot's own address on loopback counts as one that the channel reaches.</summary>
    public bool ReachesLoopback { get; set; }

    /// <summary>Every activity of a person is brought so many times.</summary>
    public int Times { get; set; } = 1;

    /// <summary>The keys that are announced.</summary>
    public List<FakeSigningKey> Keys { get; } = [new("k1", "webchat", "directline", "msteams", "emulator")];

    /// <summary>How often the keys were asked for, and how often a token.</summary>
    public int KeysAsked { get; private set; }
    public int TokensGiven { get; private set; }

    /// <summary>What was refused, and why.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    /// <summary>Every request's path and whether it showed a token.</summary>
    public ConcurrentQueue<(string Path, bool HasToken)> Requests { get; } = [];

    /// <summary>Files at the channel's server, by name.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>Seconds for which a token is good.</summary>
    public int TokenLife { get; set; } = 3600;

    public static async Task<FakeBotFramework> Start()
    {
        var fake = new FakeBotFramework();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        fake.app = builder.Build();
        fake.app.Run(fake.Answer);
        await fake.app.StartAsync();
        fake.ServiceUrl = fake.app.Urls.First().TrimEnd('/') + "/";
        return fake;
    }

    /// <summary>Settings that let a bot speak with this fake.</summary>
    public IEnumerable<string> Settings =>
    [
        $"--BotFramework:AppId={AppId}", $"--BotFramework:AppPassword={AppPassword}", $"--BotFramework:OpenIdMetadata={MetadataUrl}", $"--BotFramework:LoginUrl={ServiceUrl.TrimEnd('/')}",
    ];

    /// <summary>Somebody with a chat of their own on a channel.</summary>
    public BotFrameworkPerson Someone(string name, string channel = "webchat") => new(this, name, ChatOf($"{name}|1:a/b", channel, name));

    /// <summary>The next answers to posted activities, in this order, instead of taking them.</summary>
    public void Next(params ScriptedAnswer[] answers) => Array.ForEach(answers, script.Enqueue);

    /// <summary>Tokens given so far are good no more.</summary>
    public void ForgetTokens() => tokens.Clear();

    internal BotFrameworkChat ChatOf(string id, string channel, string person) => chats.GetOrAdd(id, _ => new BotFrameworkChat(id, channel, person));

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        // ASP.NET leaves an escaped slash as it is, and undoes the rest.
        var pieces = path.Trim('/').Split('/').Select(piece => piece.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)).ToArray();
        Requests.Enqueue((path, http.Request.Headers.ContainsKey("Authorization")));
        var (status, body) = (http.Request.Method, pieces) switch
        {
            ("GET", ["v1", ".well-known", "openidconfiguration"]) => (200, new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = ServiceUrl + "v1/keys" }),
            ("GET", ["v1", "keys"]) => (200, KeySet()),
            ("POST", [_, "oauth2", "v2.0", "token"]) => await GiveToken(http),
            ("POST", ["v3", "conversations", var id, "activities"]) => await Take(http, id, null),
            ("POST", ["v3", "conversations", var id, "activities", var replyTo]) => await Take(http, id, replyTo),
            ("GET", ["files", var name]) when Files.TryGetValue(name, out var file) => (await WriteFile(http, file), null),
            _ => (404, (JsonNode?)null),
        };
        if (status > 0)
        {
            http.Response.StatusCode = status;
            if (body is not null)
            {
                await http.Response.WriteAsJsonAsync(body);
            }
        }
    }

    private JsonObject KeySet()
    {
        KeysAsked++;
        return new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Jwk())]) };
    }

    private async Task<(int, JsonNode?)> GiveToken(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if ((form["grant_type"], form["client_id"], form["client_secret"], form["scope"]) != ("client_credentials", AppId, AppPassword, "https://api.botframework.com/.default"))
        {
            Refusals.Enqueue("login");
            return (401, new JsonObject { ["error"] = "invalid_client" });
        }
        TokensGiven++;
        var token = $"token-{TokensGiven}-{Guid.NewGuid():N}";
        tokens[token] = DateTimeOffset.MaxValue;
        return (200, new JsonObject { ["token_type"] = "Bearer", ["access_token"] = token, ["expires_in"] = TokenLife });
    }

    private async Task<(int, JsonNode?)> Take(HttpContext http, string conversation, string? replyTo)
    {
        using var reader = new StreamReader(http.Request.Body);
        var words = await reader.ReadToEndAsync();
        if (script.TryDequeue(out var scripted) && scripted.Status != 0)
        {
            if (scripted.RetryAfter is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            if (scripted.Status < 0)
            {
                http.Abort();
                return (0, null);
            }
            return (scripted.Status, new JsonObject { ["error"] = new JsonObject { ["code"] = "Scripted" } });
        }
        if (!chats.TryGetValue(conversation, out var chat) || !chat.IsOpen)
        {
            return (404, new JsonObject { ["error"] = new JsonObject { ["code"] = "ConversationNotFound" } });
        }
        var bearer = http.Request.Headers.Authorization.ToString();
        if (chat.WantsToken && !(bearer.StartsWith("Bearer ", StringComparison.Ordinal) && tokens.ContainsKey(bearer[7..])))
        {
            return (401, new JsonObject { ["error"] = new JsonObject { ["code"] = "Unauthorized" } });
        }
        var activity = JsonNode.Parse(words)?.AsObject();
        if (ActivityRules.FaultOf(activity, chat, replyTo, this) is { } fault)
        {
            Refusals.Enqueue(fault);
            return (400, new JsonObject { ["error"] = new JsonObject { ["code"] = "BadArgument", ["message"] = fault } });
        }
        chat.Add(activity!);
        return (200, new JsonObject { ["id"] = $"{conversation}|bot-{chat.Messages.Count}" });
    }

    private static async Task<int> WriteFile(HttpContext http, byte[] file)
    {
        http.Response.ContentType = "application/octet-stream";
        await http.Response.Body.WriteAsync(file);
        return 0;
    }
}

/// <param name="Status">0: taken as usual; below 0: the connection is cut.</param>
/// <param name="RetryAfter">Seconds.</param>
public sealed record ScriptedAnswer(int Status, int? RetryAfter = null);
