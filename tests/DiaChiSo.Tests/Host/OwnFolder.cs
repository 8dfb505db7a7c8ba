using DiaChiSo.Bot;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Host;

/// <summary>A folder in which an operator stands, for one test.</summary>
internal sealed class OwnFolder : IDisposable
{
    /// <param name="withDemo">True: the first run fills the demo register, as it does where nothing is set.</param>
    public OwnFolder(bool withDemo = false)
    {
        Directory.CreateDirectory(Path);
        if (!withDemo)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "appsettings.json"), """{ "Register": { "Demo": false } }""");
        }
    }

    public string Path { get; } = System.IO.Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"diachiso-host-{Guid.NewGuid():N}");

    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>The program itself, from the command line to the exit code.</summary>
    public async Task<(int ExitCode, string Output, string Error)> Run(string typed, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await BotProgram.Run(args, Path, new StringReader(typed), output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The server, started on a free port; it is stopped when it is disposed.</summary>
    public async Task<Serving> Serve(Action<IServiceCollection>? more = null, params string[] settings)
    {
        var app = await Bot.Commands.Serve.Build(
            Path, ["--Web:Url=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None", .. settings], more);
        await app.StartAsync();
        return new Serving(app, new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) });
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={System.IO.Path.Combine(Data, "diachiso.db")}"));
        Directory.Delete(Path, recursive: true);
    }
}

/// <summary>A server that runs, and who talks HTTP to it.</summary>
internal sealed record Serving(WebApplication App, HttpClient Client) : IAsyncDisposable
{
    public IServiceProvider Services => App.Services;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
