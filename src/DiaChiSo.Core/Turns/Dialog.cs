using System.Text.Json;
using Stateless;
using Stateless.Graph;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// One thing a person does with the bot, as a Stateless machine. A state is one page that the person sees and one heading of that name
/// in <c>texts.vi.md</c>; a state without a way out is an end and shows nothing. Read dialogs/README.md to write one.
/// </summary>
/// <typeparam name="TState">The pages; the first one is where it begins.</typeparam>
/// <typeparam name="TTrigger">What happened.</typeparam>
/// <typeparam name="TDraft">What was answered so far; saved as JSON after every turn.</typeparam>
public abstract class Dialog<TState, TTrigger, TDraft> : Dialog
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TDraft : class, new()
{
    private readonly Dictionary<TState, (string Dialog, Func<object?> Input)> calls = [];
    private StateMachine<TState, TTrigger>? machine;

    /// <summary>The page the person is on.</summary>
    protected TState Here { get; private set; }

    /// <summary>What was answered so far.</summary>
    protected TDraft Draft { get; private set; } = new();

    /// <summary>What may follow what: every forward move is here, and nothing else moves forward.</summary>
    protected abstract void Map(StateMachine<TState, TTrigger> map);

    /// <summary>What free input means here. Null: not understood, the engine asks again (or answers a side question). May read, never writes.</summary>
    protected virtual Task<TTrigger?> Hear(Incoming incoming, CancellationToken ct) => Task.FromResult<TTrigger?>(null);

    /// <summary>What this state takes besides its choices.</summary>
    protected virtual Asks Asks => Asks.Choice;

    /// <summary>
    /// Reads what this page shows, just before it is made: also when it is shown again after a restart, and before a button of it fires.
    /// May note in the draft which list was shown.
    /// </summary>
    protected virtual Task Gather(CancellationToken ct) => Task.CompletedTask;

    /// <summary>The numbered list that this state offers; picking one is heard as <see cref="Picked"/>.</summary>
    protected virtual IEnumerable<string> Entries() => [];

    /// <summary>What fills the holes of this state's words. An empty value drops the line it stands in.</summary>
    protected virtual IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>();

    /// <summary>What <c>{#each name}</c> repeats over.</summary>
    protected virtual IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>();

    /// <summary>The form's questions in their order, and whether the draft answers each; what "change an answer" goes by.</summary>
    protected virtual IEnumerable<(TState Question, bool IsAnswered)> Questions() => [];

    /// <summary>What the caller gets when this dialog ends.</summary>
    protected virtual object? Result() => null;

    /// <summary>True where this page, shown for a side question, is the whole answer, and the open question comes back at once.</summary>
    protected virtual bool IsAnswer => false;

    /// <summary>True where an unfinished answer is mentioned once after <see cref="Limits.ReminderAfter"/>.</summary>
    protected virtual bool IsWorthReminding => false;

    /// <summary>
    /// True where the page asks nothing: a receipt, or two people who talk while the bot only carries their words. News leaves it as it is; it is not said
    /// again behind them.
    /// </summary>
    protected virtual bool IsQuiet => false;

    /// <summary>
    /// Where the right that the dialog needs must hold now: the code of a commune of today, or null while any will do. Asked at every turn
    /// before anything is heard or pressed, also while a called dialog is on top.
    /// </summary>
    protected virtual string? InCommune => null;

    /// <summary>In <see cref="InCommune"/>, where the right may be for some villages only: the village of the address, empty where it has none; null: does not matter.</summary>
    protected virtual string? InVillage => null;

    /// <summary>In <see cref="Map"/>: being in this state means that another dialog speaks; its end is heard as <see cref="Returned"/>.</summary>
    protected void Calls(TState state, string dialog, Func<object?>? input = null) => calls[state] = (dialog, input ?? (() => null));

    /// <summary>The answer could not be taken: <c>### key</c> of this state is said, and the question comes again.</summary>
    protected TTrigger? Complain(string key, params IReadOnlyList<(string Hole, string Value)> holes)
    {
        Complaint = new Complaint(key, holes.ToDictionary(hole => hole.Hole, hole => hole.Value));
        return null;
    }

    /// <summary>Heard, and nothing to say: for the updates of a live location, and where people talk to each other (<see cref="IsQuiet"/>). Effects asked for are done.</summary>
    protected TTrigger? Quietly()
    {
        WasHeardQuietly = true;
        return null;
    }

    private StateMachine<TState, TTrigger> Machine
    {
        get
        {
            if (machine is null)
            {
                machine = new StateMachine<TState, TTrigger>(() => Here, state => Here = state, FiringMode.Immediate);
                Map(machine);
            }
            return machine;
        }
    }

    internal sealed override void Load(Frame frame)
    {
        Here = Enum.TryParse<TState>(frame.State, out var state) ? state : default;
        Draft = frame.Draft is { ValueKind: JsonValueKind.Object } kept ? kept.Deserialize<TDraft>(Saved.Json) ?? new TDraft() : new TDraft();
    }

    internal sealed override void Save(Frame frame)
    {
        frame.State = StateName;
        frame.Draft = JsonSerializer.SerializeToElement(Draft, Saved.Json);
    }

    internal sealed override string StateName => Here.ToString();

    internal sealed override IReadOnlyList<string> StateNames => Enum.GetNames<TState>();

    internal sealed override IReadOnlyList<string> TriggerNames => Enum.GetNames<TTrigger>();

    internal sealed override async Task<bool> HearAndMove(Incoming incoming, CancellationToken ct)
    {
        Complaint = null;
        WasHeardQuietly = false;
        if (await Hear(incoming, ct) is not { } trigger)
        {
            return false;
        }
        Fire(trigger);
        return true;
    }

    internal sealed override void Fire(string trigger) => Fire(Enum.Parse<TTrigger>(trigger));

    private void Fire(TTrigger trigger)
    {
        // A trigger that the map does not allow is a programmer's mistake, and Stateless throws.
        Machine.Fire(trigger);
    }

    internal sealed override bool IsTrigger(string name) => Enum.TryParse<TTrigger>(name, out _);

    internal sealed override bool Permits(string trigger) => Enum.TryParse<TTrigger>(trigger, out var parsed) && Machine.CanFire(parsed);

    internal sealed override IReadOnlyList<string> PermittedFrom(string state)
    {
        var info = Machine.GetInfo().States.Single(found => found.UnderlyingState.ToString() == state);
        return [.. info.Transitions.Select(transition => transition.Trigger.UnderlyingTrigger.ToString()!).Distinct()];
    }

    // Every state without a way out; the map is the same for every instance, so it is looked at once.
    private static HashSet<TState>? ends;

    internal sealed override bool HasEnded
    {
        get
        {
            ends ??= [.. Enum.GetValues<TState>().Except(Machine.GetInfo().States.Where(state => state.Transitions.Any()).Select(state => (TState)state.UnderlyingState))];
            return ends.Contains(Here);
        }
    }

    internal sealed override bool IsCalling
    {
        get
        {
            _ = Machine;
            return calls.ContainsKey(Here);
        }
    }

    internal sealed override (string Dialog, JsonElement? Input)? Calling
    {
        get
        {
            if (!IsCalling)
            {
                return null;
            }
            var call = calls[Here];
            var input = call.Input();
            return (call.Dialog, input is null ? null : JsonSerializer.SerializeToElement(input, Saved.Json));
        }
    }

    internal sealed override JsonElement? ResultJson() => Result() is { } result ? JsonSerializer.SerializeToElement(result, Saved.Json) : null;

    internal sealed override void GoTo(string state) => Here = Enum.Parse<TState>(state);

    internal sealed override string? NextUnanswered(string review)
    {
        foreach (var (question, isAnswered) in Questions())
        {
            if (!isAnswered)
            {
                return question.ToString();
            }
        }
        return review;
    }

    internal sealed override bool IsQuestion(string state) => Questions().Any(question => question.Question.ToString() == state);

    internal sealed override string Diagram() => MermaidGraph.Format(Machine.GetInfo());

    internal sealed override Task GatherForPage(CancellationToken ct) => Gather(ct);
    internal sealed override Asks AsksFor => Asks;
    internal sealed override (string? Commune, string? Village) NeedsIn => (InCommune, InVillage);
    internal sealed override bool AnswersAside => IsAnswer;
    internal sealed override bool Reminds => IsWorthReminding;
    internal sealed override bool KeepsQuiet => IsQuiet;
    internal sealed override IReadOnlyList<string> EntryLabels() => [.. Entries()];
    internal sealed override IReadOnlyDictionary<string, string> Holes() => Fill();

    internal sealed override IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> ListItems() =>
        Lists().ToDictionary(list => list.Key, list => (IReadOnlyList<IReadOnlyDictionary<string, string>>)[.. list.Value]);
}
