using DiaChiSo.Bot.Channels.ZaloOa;
using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Store;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>The keeper of the tokens on a database of its own, with the fake's OAuth behind it and a clock that the test moves. A second process is another one on the same folder.</summary>
internal sealed class OaTokenDesk : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OaTokenDesk(FakeZaloOa zalo, string folder, TimeProvider clock)
    {
        Zalo = zalo;
        Folder = folder;
        var set = new ServiceCollection();
        set.AddLogging();
        set.AddDiaChiSo(Path.Combine(folder, "diachiso.db"), Secrets.InFolder(folder), typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        set.AddSingleton(clock);
        set.AddSingleton<Pulses>();
        set.AddZaloTokens(new ZaloOaSettings
        {
            AppId = zalo.Options.AppId,
            AppSecret = zalo.Options.AppSecret,
            ApiUrl = zalo.BaseUrl,
            OAuthUrl = zalo.BaseUrl,
        });
        set.AddSingleton<TokenKeeper>();
        set.AddSingleton<RateGate>();
        set.AddSingleton<ZaloLine>();
        services = set.BuildServiceProvider();
    }

    public FakeZaloOa Zalo { get; }
    public string Folder { get; }
    public TokenKeeper Keeper => services.GetRequiredService<TokenKeeper>();
    public TokenStore Store => services.GetRequiredService<TokenStore>();
    public ZaloLine Line => services.GetRequiredService<ZaloLine>();
    public Pulse Pulse => services.GetRequiredService<Pulses>().Of(ZaloLine.Channel);
    public IServiceProvider Services => services;

    /// <summary>How often the fake was asked for tokens.</summary>
    public int Renewals => Zalo.Requests.Count(request => request.Call.EndsWith("access_token", StringComparison.Ordinal));

    public static async Task<OaTokenDesk> On(FakeZaloOa zalo, TimeProvider clock, bool isLoggedIn = true)
    {
        var desk = new OaTokenDesk(zalo, Directory.CreateTempSubdirectory("diachiso-").FullName, clock);
        await desk.services.PrepareStore();
        if (isLoggedIn)
        {
            await desk.LogIn();
        }
        return desk;
    }

    /// <summary>Another process on the same database.</summary>
    public OaTokenDesk Another(TimeProvider clock) => new(Zalo, Folder, clock);

    public async Task LogIn()
    {
        var (access, refresh) = Zalo.IssueTokens();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await Store.Keep(new TokenPair(access, refresh, now, now + Zalo.Options.AccessLives), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={Path.Combine(Folder, "diachiso.db")}"));
    }
}
