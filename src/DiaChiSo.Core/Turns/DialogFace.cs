using System.Text.Json;

namespace DiaChiSo.Core.Turns;

/// <summary>What a dialog declares about itself. The folder's words carry its title.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DialogAttribute : Attribute
{
    /// <summary>Typed after a slash, e.g. <c>tracuu</c>; null: reached only from other dialogs.</summary>
    public string? Command { get; init; }

    /// <summary>The same command for who reads English; null: none.</summary>
    public string? Alias { get; init; }

    /// <summary>Its place on the home page, from 1; 0: not there.</summary>
    public int Menu { get; init; }

    /// <summary>The right it needs, checked at every turn.</summary>
    public People.Right Needs { get; init; } = People.Right.Anyone;

    /// <summary>Raised when the saved draft changes its shape.</summary>
    public int Version { get; init; } = 1;

    public Duty Duty { get; init; }

    /// <summary>True where a half-filled form is kept for days when the person stops.</summary>
    public bool KeepsDraft { get; init; }
}

/// <summary>What the engine itself needs somebody for; one dialog each.</summary>
public enum Duty
{
    None,

    /// <summary>The page at the bottom of every stack.</summary>
    Home,

    /// <summary>Hears loose words, codes and places that nobody asked for.</summary>
    Lookup,

    /// <summary>Asks once before a half-filled form is left.</summary>
    Leaving,

    /// <summary>Shows what was kept.</summary>
    Resuming,

    /// <summary>Gets a human; offered last wherever something did not work.</summary>
    Helping,
}

/// <summary>What a state takes besides its choices.</summary>
[Flags]
public enum Asks
{
    /// <summary>Only one of the choices.</summary>
    Choice = 0,

    /// <summary>Words. A bare number is then an answer, not a choice.</summary>
    Words = 1,

    /// <summary>Figures that may look like an address code: a phone, an e-mail code, an issued code.</summary>
    Figures = 2,

    Place = 4,
    Contact = 8,
    Photo = 16,

    /// <summary>The code of an address: a photographed QR answers this question, as the typed code does.</summary>
    Code = 32,

    /// <summary>Whatever is said, greetings and thanks too: it is meant for a human.</summary>
    Talk = 64,
}

/// <summary>A sentence of the state's own (<c>### key</c>) that goes before its question when an answer could not be taken.</summary>
public sealed record Complaint(string Key, IReadOnlyDictionary<string, string> Holes);

/// <summary>The side of a dialog that the engine sees. Dialogs derive from <see cref="Dialog{TState,TTrigger,TDraft}"/>.</summary>
public abstract class Dialog
{
    private readonly List<Effect> effects = [];

    /// <summary>Who is being talked to, and when.</summary>
    public TurnContext Turn { get; internal set; } = null!;

    /// <summary>Asks for an effect of this turn.</summary>
    protected void Do(Effect effect) => effects.Add(effect);

    internal List<Effect> TakeEffects()
    {
        var taken = effects.ToList();
        effects.Clear();
        return taken;
    }

    internal Complaint? Complaint { get; private protected set; }
    internal bool WasHeardQuietly { get; private protected set; }

    internal abstract void Load(Frame frame);
    internal abstract void Save(Frame frame);
    internal abstract string StateName { get; }
    internal abstract IReadOnlyList<string> StateNames { get; }
    internal abstract IReadOnlyList<string> TriggerNames { get; }
    internal abstract Task<bool> HearAndMove(Incoming incoming, CancellationToken ct);
    internal abstract void Fire(string trigger);
    internal abstract bool Permits(string trigger);
    internal abstract bool IsTrigger(string name);
    internal abstract IReadOnlyList<string> PermittedFrom(string state);
    internal abstract bool HasEnded { get; }
    internal abstract (string Dialog, JsonElement? Input)? Calling { get; }
    internal abstract bool IsCalling { get; }
    internal abstract JsonElement? ResultJson();
    internal abstract void GoTo(string state);
    internal abstract string? NextUnanswered(string review);
    internal abstract bool IsQuestion(string state);
    internal abstract string Diagram();
    internal abstract Task GatherForPage(CancellationToken ct);
    internal abstract Asks AsksFor { get; }
    internal abstract (string? Commune, string? Village) NeedsIn { get; }
    internal abstract bool AnswersAside { get; }
    internal abstract bool Reminds { get; }
    internal abstract bool KeepsQuiet { get; }
    internal abstract IReadOnlyList<string> EntryLabels();
    internal abstract IReadOnlyDictionary<string, string> Holes();
    internal abstract IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> ListItems();
}
