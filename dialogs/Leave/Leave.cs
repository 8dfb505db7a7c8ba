using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Leave;

/// <summary>Dừng việc đang làm: asks once before a half-filled form is left. The engine keeps the draft.</summary>
[Dialog(Duty = Duty.Leaving)]
public sealed class Leave : Dialog<Leave.State, Leave.Trigger, Leave.Notes>
{
    public enum State { AskingWhether, Stopped, GoneOn }

    public enum Trigger { Stop, GoOn }

    public sealed class Notes
    {
        public string Title { get; set; } = "";
    }

    protected override void Map(StateMachine<State, Trigger> map) =>
        map.Configure(State.AskingWhether)
            .Permit(Trigger.Stop, State.Stopped)
            .Permit(Trigger.GoOn, State.GoneOn);

    protected override Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        if (incoming is Opened opened)
        {
            Draft.Title = opened.As<string>() ?? "";
        }
        return Task.FromResult<Trigger?>(null);
    }

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string> { ["title"] = Draft.Title };
}
