using System.Net;
using System.Text.Json;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary>The program as it is started: first run, health, one message through everything, and its end.</summary>
public sealed class TheProgramServes
{
    [Fact]
    public async Task The_first_run_makes_a_folder_that_only_its_owner_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        using var here = new OwnFolder(withDemo: true);
        await using var serving = await here.Serve();
        await using var scope = serving.Services.CreateAsyncScope();
        // As long as somebody has it open, the write-ahead log lies beside it.
        await scope.ServiceProvider.GetRequiredService<BotDb>().Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        _ = await scope.ServiceProvider.GetRequiredService<BotDb>().People.CountAsync(TestContext.Current.CancellationToken);
        var entries = Directory.EnumerateFileSystemEntries(here.Data, "*", SearchOption.AllDirectories).Append(here.Data).ToList();
        Assert.Contains(entries, entry => entry.EndsWith("diachiso.db-wal", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.EndsWith(".xml", StringComparison.Ordinal));
        foreach (var entry in entries)
        {
            var wanted = Directory.Exists(entry) ? "700" : "600";
            var mode = OperatingSystem.IsWindows() ? wanted : Convert.ToString((int)File.GetUnixFileMode(entry), 8);
            Assert.True(mode == wanted, $"{Path.GetRelativePath(here.Path, entry)} is {mode}");
        }
    }

    [Fact]
    public async Task The_first_run_fills_the_demo_register_whose_links_lead_to_the_bots_own_page()
    {
        using var here = new OwnFolder(withDemo: true);
        await using var serving = await here.Serve();
        await using var scope = serving.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        Assert.True(await db.Set<DigitalAddress>().CountAsync(TestContext.Current.CancellationToken) >= 2_000);
        Assert.Equal("http://127.0.0.1:0/ma/3260612345", serving.Services.GetRequiredService<PlateSettings>().LinkOf(new AddressCode("3260612345")));
    }

    [Fact]
    public async Task Without_the_demo_the_register_stays_empty_and_links_lead_to_the_official_map()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve();
        await using var scope = serving.Services.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<BotDb>().Set<DigitalAddress>().AnyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new PlateSettings().LinkTemplate, serving.Services.GetRequiredService<PlateSettings>().LinkTemplate);
    }

    [Fact]
    public async Task Health_says_how_old_the_oldest_waiting_row_is_and_nothing_about_anybody()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve(services => Add(services, new ScriptedChannel("memory")));
        await using (var scope = serving.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            var person = new Core.People.Person { FirstSeenAt = DateTimeOffset.UnixEpoch };
            db.Add(person);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            var conversation = new Conversation { Channel = "memory", ChatKey = "secret-chat-key", PersonId = person.Id };
            db.Add(conversation);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            var later = TimeProvider.System.GetUtcNow().AddHours(1);
            db.Add(new OutboxRow { ConversationId = conversation.Id, Body = "secret-words", CreatedAt = later.AddHours(-3), NotBefore = later });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var answer = await serving.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = JsonDocument.Parse(text).RootElement;
        Assert.True(json.GetProperty("live").GetBoolean());
        Assert.True(json.GetProperty("ready").GetBoolean());
        Assert.Equal("up", json.GetProperty("channels").GetProperty("memory").GetProperty("state").GetString());
        Assert.InRange(json.GetProperty("oldestPendingSeconds").GetProperty("outbox").GetInt64(), 7_190, 7_300);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_goes_through_inbox_turn_and_outbox_to_its_channel()
    {
        using var here = new OwnFolder();
        var channel = new ScriptedChannel("memory");
        await using var serving = await here.Serve(services => Add(services, channel));
        await serving.Services.GetRequiredService<Inbox>().Accept("memory", "me", "1", new Said("32606 12345"), ct: TestContext.Current.CancellationToken);
        var (chat, words) = await channel.NextSent(TestContext.Current.CancellationToken);
        Assert.Equal("me", chat);
        Assert.Contains("32606 12345", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve();
        var (code, _, error) = await here.Run("", "--Web:Url=http://127.0.0.1:0");
        Assert.Equal(2, code);
        Assert.StartsWith("Data:Folder: another DiaChiSo.Bot serves from", error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await serving.Client.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
        await serving.App.StopAsync(TestContext.Current.CancellationToken);
        // The claim went with the first one.
        await using var second = await here.Serve();
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_said_in_one_line()
    {
        using var here = new OwnFolder();
        using var there = new OwnFolder();
        await using var serving = await here.Serve();
        var (code, _, error) = await there.Run("", $"--Web:Url={serving.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}");
        Assert.Equal(2, code);
        Assert.StartsWith("Web:Url: another program listens there already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_another_folder_are_found_out_at_the_start()
    {
        using var here = new OwnFolder();
        Assert.Equal(0, (await here.Run("/quit\n", "chat")).ExitCode);
        Directory.Delete(Path.Combine(here.Data, "keys"), recursive: true);
        var fault = await Assert.ThrowsAsync<SettingFault>(() => Bot.Commands.Serve.Build(here.Path, ["--Web:Url=http://127.0.0.1:0"]));
        Assert.Contains("/keys do not open the database", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_dies_ends_the_program_and_its_exit_code_says_so()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve(services => services.AddSingleton<IWorker, DyingWorker>());
        await serving.App.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        Assert.True(serving.Services.GetRequiredService<Workforce>().HasDied);
    }

    [Fact]
    public async Task A_program_that_is_told_to_stop_has_not_died()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve();
        await serving.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(serving.Services.GetRequiredService<Workforce>().HasDied);
    }

    private static void Add(IServiceCollection services, ScriptedChannel channel) => services.AddSingleton<IChannel>(channel);

    private sealed class DyingWorker(IHostApplicationLifetime program) : IWorker
    {
        public string Name => "dying";

        public async Task Run(CancellationToken ct)
        {
            var started = new TaskCompletionSource();
            using var registration = program.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(ct);
            throw new InvalidOperationException("a test's worker");
        }
    }
}
