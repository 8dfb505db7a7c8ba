using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Turns;

/// <summary>One dialog of the catalogue.</summary>
public sealed record DialogEntry(string Name, Type Type, DialogAttribute About);

/// <summary>
/// All dialogs that are there, found by looking: adding one touches no list. What does not fit together (two home pages, a missing text)
/// is found when the catalogue is made, at the start of the program.
/// </summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, DialogEntry> byName = [];
    private readonly Dictionary<string, DialogEntry> byCommand = [];

    /// <exception cref="InvalidOperationException">Two dialogs claim the same command or duty, a duty has nobody, or a dialog has no words.</exception>
    public Catalogue(Assembly dialogs, Texts texts)
    {
        foreach (var type in dialogs.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Dialog))).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var about = type.GetCustomAttribute<DialogAttribute>() ?? throw new InvalidOperationException($"{type.Name} has no [Dialog]");
            var entry = new DialogEntry(type.Name, type, about);
            byName.Add(type.Name, entry);
            foreach (var command in new[] { about.Command, about.Alias }.OfType<string>())
            {
                if (!byCommand.TryAdd(command, entry))
                {
                    throw new InvalidOperationException($"{type.Name} and {byCommand[command].Name} both claim the command /{command}");
                }
            }
            if (Texts.Languages.FirstOrDefault(language => !texts.Speaks(type.Name, language)) is { } missing)
            {
                throw new InvalidOperationException($"{type.Name} has no texts.{missing}.md");
            }
        }
        Home = TheOne(Duty.Home);
        Lookup = TheOne(Duty.Lookup);
        Leaving = TheOne(Duty.Leaving);
        Resuming = TheOne(Duty.Resuming);
        Helping = TheOne(Duty.Helping);
    }

    public DialogEntry Home { get; }
    public DialogEntry Lookup { get; }
    public DialogEntry Leaving { get; }
    public DialogEntry Resuming { get; }
    public DialogEntry Helping { get; }

    public IEnumerable<DialogEntry> All => byName.Values;

    /// <summary>In the order of the home page.</summary>
    public IEnumerable<DialogEntry> Menu => All.Where(entry => entry.About.Menu > 0).OrderBy(entry => entry.About.Menu);

    public DialogEntry? Named(string name) => byName.GetValueOrDefault(name);

    public DialogEntry? Commanded(string command) => byCommand.GetValueOrDefault(command);

    /// <summary>Builds the dialog of a frame. What its constructor asks for shows what it may see.</summary>
    public Dialog Build(DialogEntry entry, IServiceProvider services, TurnContext turn)
    {
        var dialog = (Dialog)ActivatorUtilities.CreateInstance(services, entry.Type);
        dialog.Turn = turn;
        return dialog;
    }

    private DialogEntry TheOne(Duty duty) => All.Where(entry => entry.About.Duty == duty).ToList() switch
    {
        [var one] => one,
        var several => throw new InvalidOperationException($"{several.Count} dialogs have the duty {duty}; there must be one"),
    };
}
