namespace DiaChiSo.Bot;

/// <summary>
/// What may reach a log: what happened and to which row; never a message's text, a token, a chat's key or a contact. A token stands in the
/// URL of every call to Telegram, and in the URL of a socket, so those who would write URLs down are silenced whatever the settings say.
/// </summary>
internal static class Logs
{
    // Kept from the settings: these write URLs, headers or the values of a query.
    private static readonly (string Category, LogLevel AtLeast)[] Guarded =
    [
        ("System.Net.Http", LogLevel.None),
        ("Microsoft.AspNetCore.Hosting", LogLevel.Warning),
        ("Microsoft.AspNetCore.HttpLogging", LogLevel.None),
        ("Microsoft.AspNetCore.Routing", LogLevel.Warning),
        ("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning),
        ("Microsoft.EntityFrameworkCore", LogLevel.Warning),
        // It repeats, as a stack, what the program says in one line.
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None),
    ];

    /// <param name="services">Where to.</param>
    /// <param name="settings">The section "Logging".</param>
    /// <param name="isTalking">True where standard output belongs to a conversation or a command: only warnings, and beside it.</param>
    public static void AddLogs(this IServiceCollection services, IConfiguration settings, bool isTalking)
    {
        services.AddLogging(logs =>
        {
            logs.ClearProviders();
            logs.SetMinimumLevel(isTalking ? LogLevel.Warning : LogLevel.Information);
            logs.AddFilter("Microsoft", LogLevel.Warning);
            logs.AddFilter("Microsoft.Hosting.Lifetime", isTalking ? LogLevel.Warning : LogLevel.Information);
            if (!isTalking)
            {
                logs.AddConfiguration(settings.GetSection("Logging"));
            }
            logs.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            });
            logs.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
                console.LogToStandardErrorThreshold = isTalking ? LogLevel.Trace : LogLevel.Critical);
        });
        services.ConfigureHttpClientDefaults(client => client.RemoveAllLoggers());
        services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (var (category, atLeast) in Guarded)
            {
                for (var at = options.Rules.Count - 1; at >= 0; at--)
                {
                    if (options.Rules[at].CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true)
                    {
                        options.Rules.RemoveAt(at);
                    }
                }
                // A rule that names a logger goes before all that name none, so there is one of ours beside each.
                foreach (var logger in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
                {
                    options.Rules.Add(new LoggerFilterRule(logger, category, atLeast, null));
                }
            }
        });
    }
}
