using System.Text.Json;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// What a dialog asks to happen. It is applied inside the turn's transaction, after the machine has moved and before the page is made,
/// so that an effect can tell the draft what it made (a receipt's number).
/// </summary>
public abstract record Effect
{
    /// <summary>Writes to the turn's database context; saves nothing itself.</summary>
    public abstract Task Apply(EffectScope scope, CancellationToken ct);

    /// <summary>True where going back must not cross it: what was handed in stays handed in. Asked after it was applied.</summary>
    public virtual bool IsSubmission => false;
}

/// <summary>What an effect may use. It lives as long as the turn's transaction.</summary>
public sealed class EffectScope(BotDb db, TurnContext turn, IServiceProvider services)
{
    public BotDb Db { get; } = db;
    public TurnContext Turn { get; } = turn;
    public DateTimeOffset Now => Turn.Now;

    /// <summary>This chat is somebody else's from here on: nothing of its talk may be seen there.</summary>
    internal bool IsTalkForgotten { get; private set; }

    /// <summary>See <see cref="IsTalkForgotten"/>; what is half-filled is kept for the person it was.</summary>
    public void ForgetTalk() => IsTalkForgotten = true;

    /// <summary>Forms of this talk go, with what was answered in them; true: those of a duty too. Null: they stay.</summary>
    internal bool? DropsForms { get; private set; }

    /// <summary>See <see cref="DropsForms"/>.</summary>
    internal void DropForms(bool dutiesToo) => DropsForms = dutiesToo;

    /// <summary>A service of the core (texts, limits). Throws when there is none: a programmer's mistake.</summary>
    public T Get<T>() where T : notnull => (T)(services.GetService(typeof(T)) ?? throw new InvalidOperationException($"no service {typeof(T).Name}"));
}

/// <summary>Who is being talked to, and when: the same for everything in one turn.</summary>
/// <param name="PersonId">The person of this conversation.</param>
/// <param name="ConversationId">This conversation.</param>
/// <param name="Language">Two letters: vi or en.</param>
/// <param name="Now">UTC.</param>
/// <param name="Channel">The channel's name, as it is recorded with a consent.</param>
public sealed record TurnContext(long PersonId, long ConversationId, string Language, DateTimeOffset Now, string Channel);

/// <summary>Replaces the ending dialog by another one. A test checks that every dialog so named is there.</summary>
public sealed record HandOver(string Dialog, object? Input = null) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct) => Task.CompletedTask;

    internal JsonElement? Json() => Input is null ? null : JsonSerializer.SerializeToElement(Input, Saved.Json);
}

/// <summary>Opens another dialog above the home page.</summary>
public sealed record StartDialog(string Dialog, object? Input = null) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct) => Task.CompletedTask;

    internal JsonElement? Json() => Input is null ? null : JsonSerializer.SerializeToElement(Input, Saved.Json);
}

/// <summary>Takes a kept draft up again where it was left.</summary>
public sealed record ResumeDraft(long DraftId) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>From this turn on the bot speaks this language to this person.</summary>
public sealed record SpeakLanguage(string Language) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct) => Task.CompletedTask;
}
