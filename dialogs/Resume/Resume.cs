using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Resume;

/// <summary>Làm tiếp việc dở: takes up what was left half-filled, or begins anew.</summary>
[Dialog(Command = "tieptuc", Alias = "resume", Duty = Duty.Resuming)]
public sealed class Resume(Drafts drafts, Texts texts) : Dialog<Resume.State, Resume.Trigger, Resume.Notes>
{
    public enum State { ChoosingDraft, NothingKept, Resumed, StartedAnew, Closed }

    public enum Trigger { Taken, NoneKept, StartAnew, Close }

    public sealed class Notes
    {
        public List<KeptDraft> Kept { get; set; } = [];
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ChoosingDraft)
            .Permit(Trigger.Taken, State.Resumed)
            .Permit(Trigger.NoneKept, State.NothingKept)
            .PermitIf(Trigger.StartAnew, State.StartedAnew, () => Draft.Kept.Count == 1)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NothingKept)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.StartedAnew)
            .OnEntry(() =>
            {
                Do(new ForgetDraft(Draft.Kept[0].Id));
                Do(new HandOver(Draft.Kept[0].Dialog));
            });
    }

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ChoosingDraft, Opened):
                Draft.Kept = [.. await drafts.Of(Turn.PersonId, ct)];
                return Draft.Kept.Count == 0 ? Trigger.NoneKept : null;
            case (State.ChoosingDraft, Picked picked):
                Do(new ResumeDraft(Draft.Kept[picked.Index].Id));
                return Trigger.Taken;
            default:
                return null;
        }
    }

    protected override IEnumerable<string> Entries() => Here == State.ChoosingDraft ? Draft.Kept.Select(kept => $"{texts.Of(kept.Dialog, Turn.Language).Title} ({kept.Day})") : [];
}
