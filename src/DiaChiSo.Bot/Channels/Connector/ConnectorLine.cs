namespace DiaChiSo.Bot.Channels.Connector;

/// <summary>
/// The line to the Bot Framework's services. It follows no redirect (a token or a person's words would go along), keeps no cookies, believes no
/// length, and writes nothing down.
/// </summary>
internal sealed class ConnectorLine : IDisposable
{
    /// <summary>The channel as it stands in the database.</summary>
    public const string Channel = "bot-framework";

    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    public void Dispose() => Http.Dispose();
}
