using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;
using DiaChiSo.Fakes.ZaloOa.Delivery;
using DiaChiSo.Fakes.ZaloOa.People;
using DiaChiSo.Fakes.ZaloOa.Server;

namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>
/// A strict stand-in for a Zalo Official Account on a loopback port: OAuth v4, the OpenAPI's messages and uploads, the host of people's photos,
/// and the people, whose doings it brings to the webhook, signed. README.md says how far to believe it.
/// </summary>
/// <remarks>Times come from <see cref="FakeZaloOaOptions.Clock"/>; only the deadlines of the <c>WaitFor</c> family and the two seconds that a webhook has are real.</remarks>
public sealed class FakeZaloOa : IAsyncDisposable
{
    private readonly OaWorld world;
    private readonly OaServer server;

    private FakeZaloOa(FakeZaloOaOptions options)
    {
        world = new OaWorld(options);
        server = new OaServer(world);
    }

    public static async Task<FakeZaloOa> Start(FakeZaloOaOptions? options = null)
    {
        var zalo = new FakeZaloOa(options ?? new FakeZaloOaOptions());
        await zalo.server.Start(zalo.world.Options.Port);
        return zalo;
    }

    /// <summary>In place of the OpenAPI's and of the OAuth address; no slash at its end.</summary>
    public string BaseUrl => world.BaseUrl;

    public FakeZaloOaOptions Options => world.Options;

    /// <summary>Where events are brought.</summary>
    public string WebhookUrl
    {
        get => world.Courier.WebhookUrl;
        set => world.Courier.WebhookUrl = value;
    }

    public OaScript Script => world.Script;

    /// <summary>Every call since the start, in order of their answers.</summary>
    public IReadOnlyList<OaRequest> Requests => world.Requests;

    /// <summary>Messages that were asked to be sent, refused ones among them.</summary>
    public IReadOnlyList<OaRequest> Messages => [.. Requests.Where(request => request.Call == "v3.0/oa/message/cs")];

    /// <summary>Calls that were answered with an error: a test of a well-behaved bot asserts that there are none.</summary>
    public IReadOnlyList<OaRequest> Refusals => [.. Requests.Where(request => request.Error != 0 || request.Status is not 200)];

    /// <summary>Every try to bring an event.</summary>
    public IReadOnlyList<OaDelivery> Deliveries => world.Courier.Deliveries;

    /// <summary>Somebody who does not follow the account and has not written yet: the account cannot write first.</summary>
    public FakeOaPerson Someone(string name)
    {
        lock (world.Gate)
        {
            var person = new FakeOaPerson(world, name);
            world.People.Add(person.Id, person);
            return person;
        }
    }

    /// <summary>A fresh pair, as after a consent.</summary>
    public (string Access, string Refresh) IssueTokens() => world.Tokens.Issue();

    /// <summary>The operator consents at the address that the bot printed; the browser is sent back with a code, good once, for ten minutes.</summary>
    public string Consent(string consentUrl)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(consentUrl).Query);
        return $"{query["redirect_uri"]}?oa_id={Options.OaId}&code={world.Tokens.Consent(query["code_challenge"] ?? "")}&state={query["state"]}";
    }

    /// <summary>All tokens are taken back.</summary>
    public void RevokeTokens() => world.Tokens.RevokeAll();

    /// <summary>Every picture's seven days are over.</summary>
    public void ForgetImages() => world.Shelf.ForgetImages();

    /// <summary>An event of the test's own making, signed, behind what this person did before.</summary>
    public void Bring(string bodyJson, string person = "test") => world.Courier.Bring(person, JsonText.Object(bodyJson));

    /// <summary>One try, at once.</summary>
    /// <param name="body">As it goes out.</param>
    /// <param name="headers">Null: signed as Zalo does, with the timestamp of the body.</param>
    public Task<HttpStatusCode> BringOnce(string body, IReadOnlyDictionary<string, string>? headers = null) =>
        world.Courier.BringOnce(Encoding.UTF8.GetBytes(body), TimestampOf(body), headers);

    /// <summary>What Zalo would write after <c>mac=</c>.</summary>
    public string MacOf(string body, string? timestamp = null) => world.Courier.MacOf(Encoding.UTF8.GetBytes(body), timestamp ?? TimestampOf(body));

    /// <summary>An event as Zalo writes it: its time now, from this person.</summary>
    public JsonObject EventOf(FakeOaPerson person, string name) => person.Event(name);

    /// <exception cref="TimeoutException">It did not come within the (real) time.</exception>
    public Task<OaRequest> WaitForRequest(Func<OaRequest, bool> matches, TimeSpan? within = null) => world.WaitUntil(() => Requests.FirstOrDefault(matches), "a call", within);

    /// <summary>Waits until every event was taken (or given up after its last try).</summary>
    /// <exception cref="TimeoutException">Some are still under way after the (real) time.</exception>
    public async Task WaitUntilAllEventsAreTaken(TimeSpan? within = null) => await world.WaitUntil(() => world.Courier.Pending == 0 ? "taken" : null, "the events to be taken", within);

    /// <exception cref="TimeoutException">It did not come within the (real) time.</exception>
    public async Task WaitForDelivery(Func<OaDelivery, bool> matches, TimeSpan? within = null) => await world.WaitUntil(() => Deliveries.FirstOrDefault(matches), "a delivery", within);

    public async ValueTask DisposeAsync()
    {
        await world.Courier.Stop();
        await server.DisposeAsync();
    }

    private static string TimestampOf(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject json ? json.String("timestamp") ?? "" : "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "";
        }
    }
}
