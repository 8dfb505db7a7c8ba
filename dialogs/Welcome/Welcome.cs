using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Welcome;

/// <summary>Trang chủ: what the bot can do for this person. It lies under everything else and never ends.</summary>
[Dialog(Duty = Duty.Home)]
public sealed class Welcome(Catalogue catalogue, Texts texts, Policy policy) : Dialog<Welcome.State, Welcome.Trigger, Welcome.Notes>
{
    public enum State { ShowingMenu }

    public enum Trigger { Chosen }

    public sealed class Notes
    {
        /// <summary>The names of the dialogs shown, in their order.</summary>
        public List<string> Shown { get; set; } = [];
    }

    protected override void Map(StateMachine<State, Trigger> map) => map.Configure(State.ShowingMenu).PermitReentry(Trigger.Chosen);

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        if (incoming is Picked picked)
        {
            Do(new StartDialog(Draft.Shown[picked.Index]));
            return Trigger.Chosen;
        }
        Draft.Shown = [];
        foreach (var entry in catalogue.Menu)
        {
            // A menu shows what this person may do; the right is checked again when it is opened.
            if (await policy.May(Turn.PersonId, entry.About.Needs, Turn.Now, ct: ct))
            {
                Draft.Shown.Add(entry.Name);
            }
        }
        return null;
    }

    protected override IEnumerable<string> Entries() => Draft.Shown.Select(name => texts.Of(name, Turn.Language).Title);
}
