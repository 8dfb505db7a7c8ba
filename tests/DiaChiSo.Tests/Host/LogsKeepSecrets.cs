using System.Collections.Concurrent;
using System.Net;
using DiaChiSo.Bot;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary>However loud the settings make the log, a token in a URL does not reach it.</summary>
public sealed class LogsKeepSecrets
{
    private static readonly Dictionary<string, string?> Loud = new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Trace",
        ["Logging:Console:LogLevel:Default"] = "Trace",
    };

    [Fact]
    public async Task The_token_in_the_url_of_a_call_is_never_logged()
    {
        var captured = new Captured();
        await using var services = Build(captured);
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("telegram");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("http://127.0.0.1/bot123:SECRET/getMe", TestContext.Current.CancellationToken)).StatusCode);
        services.GetRequiredService<ILoggerFactory>().CreateLogger("DiaChiSo.Test").LogTrace("this one is captured");
        Assert.Equal(["this one is captured"], captured.Lines);
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClient.telegram.LogicalHandler", LogLevel.Critical)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information)]
    [InlineData("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Information)]
    public async Task Who_writes_urls_or_values_is_silenced_whatever_the_settings_say(string category, LogLevel level)
    {
        await using var services = Build(new Captured());
        Assert.False(services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level));
    }

    private static ServiceProvider Build(Captured captured)
    {
        var services = new ServiceCollection();
        services.AddLogs(new ConfigurationBuilder().AddInMemoryCollection(Loud).Build(), isTalking: false);
        services.AddLogging(logs => logs.AddProvider(captured));
        services.AddHttpClient("telegram").ConfigurePrimaryHttpMessageHandler(() => new Always200());
        return services.BuildServiceProvider();
    }

    private sealed class Always200 : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }

    private sealed class Captured : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? fault, Func<TState, Exception?, string> format) => Lines.Enqueue(format(state, fault));
        public void Dispose()
        {
        }
    }
}
