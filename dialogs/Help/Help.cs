using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Help;

/// <summary>Trợ giúp: what the bot does, what may be typed, whom to call. One page; the open question comes back behind it.</summary>
[Dialog(Command = "trogiup", Alias = "help", Menu = 99)]
public sealed class Help(Catalogue catalogue, Texts texts, Policy policy, OfficeSettings office) : Dialog<Help.State, Help.Trigger, Help.Notes>
{
    public enum State { ShowingHelp, Closed }

    public enum Trigger { Close }

    public sealed class Notes;

    private readonly List<(string Command, string Summary)> commands = [];

    protected override void Map(StateMachine<State, Trigger> map) =>
        map.Configure(State.ShowingHelp).Permit(Trigger.Close, State.Closed);

    protected override bool IsAnswer => true;

    // Only what this person may do: a right that was never given is not advertised.
    protected override async Task Gather(CancellationToken ct)
    {
        commands.Clear();
        foreach (var entry in catalogue.All.Where(entry => entry.About.Command is not null && entry.Type != typeof(Help))
            .OrderBy(entry => entry.About.Menu == 0).ThenBy(entry => entry.About.Menu).ThenBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (await policy.May(Turn.PersonId, entry.About.Needs, Turn.Now, ct: ct))
            {
                var command = Turn.Language == "vi" ? entry.About.Command : entry.About.Alias ?? entry.About.Command;
                commands.Add(($"/{command}", texts.Of(entry.Name, Turn.Language).Summary));
            }
        }
    }

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>
        {
            ["commands"] = commands.Select(one => new Dictionary<string, string> { ["command"] = one.Command, ["summary"] = one.Summary }),
        };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["contact"] = office.Contact.Length > 0 ? office.Contact : texts.Phrase(nameof(Help), Turn.Language, "showing-help", "whom-to-call"),
    };
}
