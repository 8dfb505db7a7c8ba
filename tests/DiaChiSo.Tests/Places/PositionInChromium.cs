using System.Diagnostics;
using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Web;

namespace DiaChiSo.Tests.Places;

/// <summary>
/// The position page in a real browser (<c>tests/clients/position.mjs</c>), and what arrived of it. Skipped where node, Chromium or the client's
/// packages are not there; screenshots are left in the test output's folder.
/// </summary>
public sealed class PositionInChromium
{
    private static readonly string[] Names = ["granted", "rough", "dragged", "keyboard", "refused", "insecure", "offline", "wide"];

    [Fact]
    public async Task People_hand_over_their_place_by_finger_by_keyboard_and_by_typing()
    {
        var (node, chromium, clients) = (OnPath("node"), OnPath("chromium") ?? OnPath("chromium-browser"), Path.Combine(ChatFiles.Root, "tests", "clients"));
        var packages = Environment.GetEnvironmentVariable("CLIENTS_FOLDER") ?? clients;
        Assert.SkipWhen(node is null || chromium is null, "node and Chromium are not here (Debian: apt-get install nodejs chromium)");
        Assert.SkipUnless(Directory.Exists(Path.Combine(packages, "node_modules", "playwright-core")), "the packages of tests/clients are not installed (npm ci in tests/clients)");

        await using var site = await WebSite.With("--Web:TokensPerMinute=1000");
        await PlaceStage.Ask(site, async db =>
        {
            await ChatRegister.Fill(db);
            return 0;
        });
        var conversations = new Dictionary<string, long>();
        var links = new Dictionary<string, string>();
        foreach (var name in Names)
        {
            var (conversation, path) = await PlaceStage.Link(site, name is "rough" or "dragged" ? AsksForAKnownGate : "{}");
            (conversations[name], links[name]) = (conversation, new Uri(site.Address, path).ToString());
        }

        var faults = await Run(node!, Path.Combine(clients, "position.mjs"), chromium!, links);
        Assert.Equal(Names.Order(), faults.Keys.Order());
        Assert.All(faults, fault => Assert.True(fault.Value is null, $"{fault.Key}: {fault.Value}"));

        var handed = new Dictionary<string, SharedPlace>();
        foreach (var name in Names)
        {
            // Once each, also after a double tap and after a sending that failed.
            handed[name] = Assert.IsType<SharedPlace>(Assert.Single(await PlaceStage.Handed(site, conversations[name])));
        }
        var gate = new GeoPoint(21.84150, 103.35040);
        foreach (var name in new[] { "granted", "offline", "wide" })
        {
            Assert.Equal((gate, 8.0), (handed[name].Point, handed[name].AccuracyMetres));
        }
        // Of the fixes of some seconds the best one, not the last one.
        Assert.Equal(55, handed["rough"].AccuracyMetres);
        Assert.Equal(22, gate.MetresTo(handed["rough"].Point), 1.0);
        // Beyond the phone's circle the shift is the accuracy: the hand says that the phone was wrong by so much.
        Assert.Equal(gate.MetresTo(handed["dragged"].Point), handed["dragged"].AccuracyMetres!.Value, 0.5);
        Assert.True(handed["dragged"].AccuracyMetres > 8);
        var (east, north) = gate.MetresEastAndNorthTo(handed["keyboard"].Point);
        Assert.Equal((10, 3), (Math.Round(east), Math.Round(north)));
        Assert.Equal(Math.Round(Math.Sqrt(109), 1), handed["keyboard"].AccuracyMetres);
        foreach (var name in new[] { "refused", "insecure" })
        {
            Assert.Equal((gate, null), (handed[name].Point, handed[name].AccuracyMetres));
        }
    }

    private static string AsksForAKnownGate => JsonSerializer.Serialize(new DiaChiSo.Core.Turns.Talk
    {
        Stack =
        [
            new Frame { Dialog = "Welcome" },
            new Frame
            {
                Dialog = "Gate",
                State = "AskingPlace",
                Draft = JsonSerializer.SerializeToElement(new { need = new GateNeed(new GeoPoint(21.84120, 103.35010), new UnitKey(UnitSystem.Since2025, "03217")) }, Saved.Json),
            },
        ],
    }, Saved.Json);

    private static async Task<Dictionary<string, string?>> Run(string node, string script, string chromium, Dictionary<string, string> links)
    {
        var start = new ProcessStartInfo(node) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { script, chromium, Path.Combine(AppContext.BaseDirectory, "screenshots", "position"), JsonSerializer.Serialize(links) })
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var last = output.TrimEnd().Split('\n')[^1];
            return last.StartsWith('{') ? JsonSerializer.Deserialize<Dictionary<string, string?>>(last)! : throw new InvalidOperationException($"the browser's script gave nothing: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
