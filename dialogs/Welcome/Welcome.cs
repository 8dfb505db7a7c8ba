using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Welcome;

/// <summary>Trang chủ: what the bot can do for this person. It lies under everything else and never ends.</summary>
[Dialog(Duty = Duty.Home)]
public sealed class Welcome(Catalogue catalogue, Texts texts, Policy policy) : Dialog<Welcome.State, Welcome.Trigger, Welcome.Notes>
{
    public enum State { Greeting, ShowingMenu }

    public enum Trigger { Greeted, MovedOn, Chosen }

    public sealed class Notes
    {
        public bool HasGreeted { get; set; }

        /// <summary>The names of the dialogs shown, in their order.</summary>
        public List<string> Shown { get; set; } = [];
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.Greeting)
            .Permit(Trigger.MovedOn, State.ShowingMenu)
            .Permit(Trigger.Chosen, State.ShowingMenu);
        map.Configure(State.ShowingMenu)
            .PermitReentry(Trigger.Chosen)
            .Permit(Trigger.Greeted, State.Greeting);
    }

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (_, Picked picked):
                Do(new StartDialog(Draft.Shown[picked.Index]));
                return Trigger.Chosen;
            case (_, Arrived):
                Draft.HasGreeted = false;
                return Here == State.ShowingMenu ? Trigger.Greeted : null;
            case (_, Opened):
                await ReadMenu(ct);
                var isFirst = !Draft.HasGreeted;
                Draft.HasGreeted = true;
                return Here == State.Greeting && !isFirst ? Trigger.MovedOn : null;
            default:
                return null;
        }
    }

    // A menu shows what this person may do; the right is checked again when it is opened.
    private async Task ReadMenu(CancellationToken ct)
    {
        Draft.Shown = [];
        foreach (var entry in catalogue.Menu)
        {
            if (await policy.May(Turn.PersonId, entry.About.Needs, Turn.Now, ct: ct))
            {
                Draft.Shown.Add(entry.Name);
            }
        }
    }

    protected override IEnumerable<string> Entries() => Draft.Shown.Select(name => texts.Of(name, Turn.Language).Title);
}
