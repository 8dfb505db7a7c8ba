using System.CommandLine;
using DiaChiSo.Bot.Channels.Terminal;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Commands;

/// <summary>Talks in the terminal, on the same data folder as the server and also beside it.</summary>
internal static class Chat
{
    public static Command Command(Surroundings here)
    {
        var record = new Option<FileInfo?>("--record") { Description = "Write the talk down as a golden chat (x.chat).", HelpName = "file" };
        var language = new Option<string?>("--lang") { Description = "The language to talk in." };
        language.AcceptOnlyFromAmong([.. Texts.Languages]);
        var name = new Option<string>("--as") { Description = "The name of the chat: another name is another person.", DefaultValueFactory = _ => "terminal", HelpName = "name" };
        var command = new Command("chat", "Talk to the bot here in the terminal.") { record, language, name };
        command.SetAction((parsed, ct) => Run(here, new TerminalPerson(parsed.GetValue(name)!, parsed.GetValue(language)), parsed.GetValue(record), ct));
        return command;
    }

    private static async Task<int> Run(Surroundings here, TerminalPerson person, FileInfo? record, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = here.Folder });
        BotSettings.Sources(builder.Configuration, here.Folder, here.Settings);
        var settings = BotSettings.From(builder.Configuration, here.Folder);
        var data = DataFolder.Open(Path.Combine(here.Folder, settings.Data.Folder));
        builder.Services.AddLogs(builder.Configuration, isTalking: true);
        builder.Services.AddBot(settings, data);
        builder.Services.AddSingleton(new TerminalScreen(here.Output, isTerminal: here.Output == Console.Out && !Console.IsOutputRedirected));
        builder.Services.AddChannel<TerminalChannel>();
        builder.Services.AddTalkWorkers(settings, data, new OutboxReach(person.ChatKey));
        using var host = builder.Build();
        await host.Services.Prepare();
        await host.StartAsync(ct);

        var channel = host.Services.GetRequiredService<TerminalChannel>();
        var scopes = host.Services.GetRequiredService<IServiceScopeFactory>();
        var talk = new TerminalTalk(host.Services.GetRequiredService<Inbox>(), scopes, channel, host.Services.GetRequiredService<TerminalScreen>(),
            new TerminalPhotos(host.Services.GetRequiredService<PhotoDecoder>()), here.Input, person);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            using var recording = record is null ? null : await Recording.Begin(record.FullName, person, scopes, ct);
            channel.OnPage = recording is null ? null : recording.Shown;
            await talk.Run(recording, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl+C, or a worker died.
        }
        catch (Exception fault) when (record is not null && fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingFault($"--record: {record!.FullName} cannot be written.");
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
        return host.Services.GetRequiredService<Workforce>().HasDied ? 1 : 0;
    }
}
