using System.CommandLine;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Bot.Settings;

namespace DiaChiSo.Bot;

/// <summary>From the command line to an exit code: 0 well, 1 a worker died or a command was not understood, 2 a setting is wrong (one line says which).</summary>
internal static class BotProgram
{
    /// <param name="args">The command line.</param>
    /// <param name="folder">Where the operator stands.</param>
    /// <param name="input">What is typed.</param>
    /// <param name="output">What is shown.</param>
    /// <param name="error">Where faults go.</param>
    public static async Task<int> Run(IReadOnlyList<string> args, string folder, TextReader input, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var (settings, commands) = CommandLine.Divide(args);
        var root = new RootCommand("""
            The bot of the digital addresses (địa chỉ số). Without a command it serves its web page, Telegram where a token is set, and a Zalo Official Account where an application is set.
            Settings: appsettings.json in this folder, environment variables (DiaChiSo__Mail__Host), or --Mail:Host=… here; appsettings.example.json explains each.
            """);
        root.SetAction((_, stop) => Serve.Run(folder, settings, stop));
        var here = new Surroundings(folder, settings, input, output);
        root.Subcommands.Add(Chat.Command(here));
        root.Subcommands.Add(UnitCommands.Command(here));
        root.Subcommands.Add(LookupCommand.Command(here));
        GrantCommands.Commands(here).ToList().ForEach(root.Subcommands.Add);
        root.Subcommands.Add(AuditCommands.Command(here));
        root.Subcommands.Add(InviteCommands.Command(here));
        root.Subcommands.Add(NominationCommands.Command(here));
        root.Subcommands.Add(ImportCommand.Command(here));
        root.Subcommands.Add(ImportRead.Command());
        root.Subcommands.Add(ExportCommand.Command(here));
        root.Subcommands.Add(ZaloCommands.Command(here));

        try
        {
            return await root.Parse([.. commands]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error }, ct);
        }
        catch (SettingFault fault)
        {
            await error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (CommandFault fault)
        {
            await error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}

/// <summary>What a command stands in.</summary>
/// <param name="Folder">Where the operator stands: appsettings.json, the data folder.</param>
/// <param name="Settings">Settings of the command line.</param>
/// <param name="Input">What is typed.</param>
/// <param name="Output">What is shown.</param>
internal sealed record Surroundings(string Folder, IReadOnlyList<string> Settings, TextReader Input, TextWriter Output);
