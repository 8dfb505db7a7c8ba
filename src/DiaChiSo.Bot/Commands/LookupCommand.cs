using System.CommandLine;
using System.Diagnostics;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Bot.Commands;

/// <summary>One address that a look-up gave.</summary>
/// <param name="Score">For ordering; null where the code or the nearness decides.</param>
/// <param name="Metres">From the place asked about to the gate; null where none was.</param>
internal sealed record LookupMatch(string Code, string Line, double? Score, double? Metres);

/// <summary><c>lookup</c>: says what an input is taken for and what is found for it, so that one can see why something was not.</summary>
internal static class LookupCommand
{
    public static Command Command(Surroundings here)
    {
        var inputs = new Argument<string[]>("inputs") { Description = "What people send; without any, a line each from standard input.", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object per line." };
        var register = new Option<FileInfo?>("--register") { Description = "Search this index file, without a database.", HelpName = "file.idx" };
        var command = new Command("lookup", "Say what inputs are taken for and what is found for them.") { inputs, json, register };
        command.SetAction((parsed, ct) => Run(here, parsed.GetValue(inputs) ?? [], parsed.GetValue(json), parsed.GetValue(register), ct));
        return command;
    }

    private static async Task<int> Run(Surroundings here, string[] inputs, bool json, FileInfo? register, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder();
        BotSettings.Sources(configuration, here.Folder, here.Settings);
        var settings = BotSettings.From(configuration.Build(), here.Folder);
        if (register is not null)
        {
            await Answer(here, inputs, json, UnderstandingOf(settings), null, MatchesIn(register), ct);
            return 0;
        }
        if (new FileInfo(Path.Combine(here.Folder, settings.Data.Folder, DataFolder.DatabaseName)) is not { Exists: true, Length: > 0 })
        {
            // Asking must not make a register where there is none.
            await Answer(here, inputs, json, UnderstandingOf(settings), null, (_, _) => Task.FromResult<IReadOnlyList<LookupMatch>>([]), ct);
            return 0;
        }
        return await Desk.Open(here, async (services, _) =>
        {
            var search = services.GetRequiredService<IAddressRegister>();
            await Answer(here, inputs, json, services.GetRequiredService<Understanding>(), services.GetRequiredService<CommuneOfPlace>(), (understood, stop) => MatchesIn(search, understood, stop), ct);
        }, ct);
    }

    private static Understanding UnderstandingOf(BotSettings settings) => new(settings.Units.Units, settings.Schemes, settings.Area, settings.Units.Boundaries);

    private static async Task Answer(
        Surroundings here, string[] inputs, bool json, Understanding understanding, CommuneOfPlace? communes,
        Func<Understood, CancellationToken, Task<IReadOnlyList<LookupMatch>>> matchesOf, CancellationToken ct)
    {
        foreach (var input in inputs.Length > 0 ? inputs : Lines(here.Input))
        {
            ct.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            var understood = understanding.Read(input);
            if (understood is { Kind: UnderstoodKind.Place, IsGuess: true, Place: { } place } && communes is not null && await communes.Find(place, ct) is { } placed)
            {
                understood = understood with { Commune = placed.Commune, IsGuess = placed.IsGuess };
            }
            var matches = await matchesOf(understood, ct);
            var answer = new LookupAnswer(understood, matches, Stopwatch.GetElapsedTime(started), understanding.Units);
            await here.Output.WriteLineAsync(json ? answer.ToJson() : answer.ToWords());
        }
    }

    private static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Where an index file is searched: by the words, or around the place.</summary>
    private static Func<Understood, CancellationToken, Task<IReadOnlyList<LookupMatch>>> MatchesIn(FileInfo file)
    {
        var register = Open(file);
        return (understood, _) => Task.FromResult<IReadOnlyList<LookupMatch>>(understood switch
        {
            { Kind: UnderstoodKind.Code, Code: { } code } => register.LineOf(code) is { } line ? [new(code.ToString(), line, null, null)] : [],
            // Where a whole country is searched nothing is out of its area.
            { Kind: UnderstoodKind.Words, Intent: null } =>
                [.. register.Search(understood.Words, IAddressRegister.Most).Select(match => new LookupMatch(match.Code.ToString(), match.Line, match.Score, null))],
            { Place: { } place } =>
                [.. register.Nearest(place, NearMetres, IAddressRegister.Most).Select(near => new LookupMatch(near.Code.ToString(), register.LineOf(near.Code) ?? "", null, near.Metres))],
            _ => [],
        });
    }

    private static RegisterIndex Open(FileInfo file)
    {
        try
        {
            return RegisterIndex.Open(file.FullName);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandFault($"--register: {file.FullName} is no index that can be opened.");
        }
    }

    private static async Task<IReadOnlyList<LookupMatch>> MatchesIn(IAddressRegister register, Understood understood, CancellationToken ct) => understood switch
    {
        { Kind: UnderstoodKind.Code, Code: { } code } => await register.Find(code, ct) is { } found ? [new(found.Code.ToString(), found.Line, null, null)] : [],
        { Kind: UnderstoodKind.Words, Address.Verdict: not AddressVerdict.OutOfArea } =>
            [.. (await register.Search(understood.Words, IAddressRegister.Most, ct)).Select(match => new LookupMatch(match.Address.Code.ToString(), match.Address.Line, match.Score, null))],
        { Place: { } place } =>
            [.. (await register.Nearby(place, NearMetres, IAddressRegister.Most, ct)).Select(near => new LookupMatch(near.Address.Code.ToString(), near.Address.Line, null, near.Metres))],
        _ => [],
    };

    private const double NearMetres = 2_000;
}
