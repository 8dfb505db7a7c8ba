using System.Diagnostics;
using System.Text.Json;

namespace DiaChiSo.Tests.Clients;

/// <summary>
/// Runs a script of <c>tests/clients</c>: somebody else's client against our program. A machine without Node or Chromium skips; where CI is set they
/// have to be there (<c>tests/run</c> brings them).
/// </summary>
internal static class NodeClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Where pictures of pages go; looked at by a person, never committed.</summary>
    public static string Screenshots => Directory.CreateDirectory(Path.Combine(Folder, "..", "TestResults", "screenshots")).FullName;

    private static string Folder { get; } = FindFolder();

    /// <summary>Runs the script and gives what it saw, line by line.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It failed, took too long, or did not come to its end.</exception>
    public static async Task<List<string>> Run(string script, object given, bool needsBrowser = false, bool needsWebChat = false, string needs = "botbuilder")
    {
        Need(Found("node") is not null && Directory.Exists(Path.Combine(Folder, "node_modules", needs)), "Node and its packages");
        Need(!needsBrowser || Chromium is not null, "Chromium");
        Need(!needsWebChat || Directory.Exists(Path.Combine(Folder, "node_modules", ".webchat")), "Web Chat");
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(JsonSerializer.Serialize(given));
        start.Environment["CHROMIUM"] = Chromium;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script} did not end within {Patience.TotalSeconds} seconds:\n{await output}\n{await error}");
        }
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(process.ExitCode == 0 && lines is [.., "done"], $"{script} ended with {process.ExitCode}:\n{await output}\n{await error}");
        return [.. lines.Where(line => line.StartsWith("ok ", StringComparison.Ordinal)).Select(line => line[3..])];
    }

    private static string? Chromium => Found("chromium") ?? Found("chromium-browser");

    private static void Need(bool isThere, string what)
    {
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{what} must be there in CI; tests/run brings them.");
        }
        Assert.SkipUnless(isThere, $"{what}: not on this machine; tests/run brings them where it may install.");
    }

    private static string? Found(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var clients = Path.Combine(folder.FullName, "tests", "clients");
            if (File.Exists(Path.Combine(clients, "package-lock.json")))
            {
                return clients;
            }
        }
        throw new InvalidOperationException("tests/clients is not beside the tests");
    }
}
