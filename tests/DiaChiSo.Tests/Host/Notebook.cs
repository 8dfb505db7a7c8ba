using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Tests.Host;

/// <summary>A log that keeps everything, at the most talkative level.</summary>
internal sealed class Notebook(ConcurrentQueue<string> pages) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;
    public bool IsEnabled(LogLevel logLevel) => true;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public void Dispose() { }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        pages.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
}
