using System.Text.Json;

namespace DiaChiSo.Core.Turns;

internal enum Heard { NotUnderstood, Complained, Quietly, Moved }

// From one answer to the page that stands after it: effects, calls, returns.
internal sealed partial class OneTurn
{
    /// <summary>The top dialog hears what came in; the reply to it is made here unless it was not understood.</summary>
    private async Task<Heard> Answer(Incoming incoming, CancellationToken ct)
    {
        if (await Move(speaking => speaking.HearAndMove(incoming, ct), ct))
        {
            return Heard.Moved;
        }
        if (dialog.WasHeardQuietly)
        {
            await ApplyEffects(ct);
            return Heard.Quietly;
        }
        if (dialog.Complaint is null)
        {
            return Heard.NotUnderstood;
        }
        await ApplyEffects(ct);
        await Show(ct);
        return Heard.Complained;
    }

    private async Task<bool> Move(Func<Dialog, Task<bool>> act, CancellationToken ct)
    {
        var snapshot = talk.Snapshot();
        var hasMoved = await act(dialog);
        dialog.Save(talk.Top);
        if (hasMoved)
        {
            talk.Remember(snapshot);
            // An answer to a called dialog is one to its caller too.
            talk.Stack.ForEach(frame => frame.HasAnswers = true);
            BackToReview();
            await Settle(ct);
            await Show(ct);
        }
        return hasMoved;
    }

    // While an answer is being changed, the next question of the form is not asked again; the first that is open is, or the review.
    private void BackToReview()
    {
        if (talk.Top.Changing is not { } review || (dialog.StateName != review && !dialog.IsQuestion(dialog.StateName)))
        {
            return;
        }
        var next = dialog.NextUnanswered(review)!;
        dialog.GoTo(next);
        if (next == review)
        {
            talk.Top.Changing = null;
        }
        dialog.Save(talk.Top);
    }

    private async Task Settle(CancellationToken ct)
    {
        for (var step = 0; step < Limits.StepsPerTurn; step++)
        {
            var next = await ApplyEffects(ct);
            if (dialog.HasEnded)
            {
                await End(next, ct);
            }
            else if (next is StartDialog start)
            {
                await Push(catalogue.Named(start.Dialog)!, start.Json(), isAside: talk.Stack.Count > 1, ct);
            }
            else if (dialog.Calling is { } call)
            {
                await Push(catalogue.Named(call.Dialog) ?? throw new InvalidOperationException($"{talk.Top.Dialog} calls {call.Dialog}, which is not there"), call.Input, isAside: false, ct);
            }
            else if (dialog.AnswersAside && talk.Top.IsAside && talk.Stack.Count > 2)
            {
                pages.Add(await PageOfTop(withChoices: false, ct));
                Pop();
            }
            else
            {
                return;
            }
        }
        throw new InvalidOperationException($"{talk.Top.Dialog}.{dialog.StateName} did not come to rest in {Limits.StepsPerTurn} steps");
    }

    /// <summary>Applies what the dialog asked for and returns where it wants to go next, if anywhere.</summary>
    private async Task<Effect?> ApplyEffects(CancellationToken ct)
    {
        Effect? next = null;
        var effects = dialog.TakeEffects();
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case HandOver or StartDialog or ResumeDraft:
                    next = effect;
                    break;
                case SpeakLanguage speak:
                    conversation.Language = speak.Language;
                    context = context with { Language = speak.Language };
                    dialog.Turn = context;
                    break;
                default:
                    var scope = new EffectScope(db, context, services);
                    await effect.Apply(scope, ct);
                    if (scope.DropsForms is { } dutiesToo)
                    {
                        OpenForms.Drop(talk, catalogue, dutiesToo, keepsTop: true);
                    }
                    await FollowPerson(scope.IsTalkForgotten, ct);
                    break;
            }
            if (effect.IsSubmission)
            {
                talk.Past.Clear();
                talk.Top.HasHandedIn = true;
            }
        }
        if (effects.Count > 0)
        {
            // An effect may have told the draft what it made.
            dialog.Save(talk.Top);
        }
        return next;
    }

    // Two chats became one person's, or this one was taken off: what follows in this turn is the new one's.
    private async Task FollowPerson(bool isTalkForgotten, CancellationToken ct)
    {
        if (conversation.PersonId == context.PersonId)
        {
            return;
        }
        if (isTalkForgotten)
        {
            await Keep(ct);
            talk.Noticed = [];
        }
        if (isTalkForgotten || !IsHalfFilled)
        {
            // A page that lies below was made for the one it was: a list of requests, a right.
            talk.Stack.RemoveRange(1, talk.Stack.Count - 2);
            talk.Top.IsAside = false;
        }
        talk.Past = [];
        context = context with { PersonId = conversation.PersonId };
        dialog.Turn = context;
    }

    private async Task End(Effect? next, CancellationToken ct)
    {
        var ended = dialog;
        var frame = talk.Top;
        Pop();
        if (next is HandOver over)
        {
            await Push(catalogue.Named(over.Dialog) ?? throw new InvalidOperationException($"{frame.Dialog} hands over to {over.Dialog}, which is not there"), over.Json(), frame.IsAside, ct);
            return;
        }
        if (next is ResumeDraft resume)
        {
            await Resume(resume.DraftId, ct);
            return;
        }
        if (frame.Dialog == catalogue.Leaving.Name && ended.StateName == "Stopped")
        {
            var title = TitleOf(talk.Stack[1].Dialog);
            await Drop(keep: true, ct);
            before.AddRange(texts.SharedWords(context.Language, "kept", ("title", title)));
            return;
        }
        if (!frame.IsAside && dialog.IsCalling)
        {
            var returned = new Returned(frame.Dialog, ended.StateName, ended.ResultJson());
            if (!await dialog.HearAndMove(returned, ct))
            {
                throw new InvalidOperationException($"{talk.Top.Dialog}.{dialog.StateName} does not hear that {frame.Dialog} ended in {ended.StateName}");
            }
            dialog.Save(talk.Top);
            BackToReview();
        }
        if (talk.Stack.Count == 1)
        {
            talk.Past.Clear();
        }
    }

    private async Task Push(DialogEntry entry, JsonElement? input, bool isAside, CancellationToken ct)
    {
        talk.Stack.Add(new Frame { Dialog = entry.Name, Version = entry.About.Version, IsAside = isAside });
        dialog = catalogue.Build(entry, services, context);
        dialog.Load(talk.Top);
        await dialog.HearAndMove(new Opened(input), ct);
        dialog.Save(talk.Top);
    }

    private void Pop()
    {
        talk.Stack.RemoveAt(talk.Stack.Count - 1);
        Rebuild();
    }

    private void Rebuild()
    {
        dialog = catalogue.Build(catalogue.Named(talk.Top.Dialog)!, services, context);
        dialog.Load(talk.Top);
    }

    /// <summary>
    /// What was saved is made to stand in today's program: the home page at the bottom, dialogs that are still there, states that still
    /// exist, rights that still hold. What does not fit keeps its draft and asks again, politely.
    /// </summary>
    /// <returns>False where something had to go: what comes in was not meant for the page that stands now.</returns>
    private async Task<bool> StandOnSolidGround(CancellationToken ct)
    {
        if (talk.V != Talk.CurrentVersion)
        {
            talk.V = Talk.CurrentVersion;
            talk.Past.Clear();
        }
        var isRenewed = false;
        var isCut = false;
        for (var at = 0; at < talk.Stack.Count; at++)
        {
            var frame = talk.Stack[at];
            var entry = catalogue.Named(frame.Dialog);
            if (entry is null || (at == 0) != (entry.About.Duty == Duty.Home))
            {
                talk.Stack.RemoveRange(at, talk.Stack.Count - at);
                isRenewed = true;
            }
            else if (PlaceOf(entry, frame) is var (commune, village) && !await policy.May(context.PersonId, entry.About.Needs, now, commune, ct, village))
            {
                talk.Stack.RemoveRange(at, talk.Stack.Count - at);
                talk.Past.Clear();
                isCut = true;
                Regret("right-lost", ("title", TitleOf(entry.Name)));
            }
            else if (frame.Version != entry.About.Version)
            {
                frame.Version = entry.About.Version;
                talk.Stack.RemoveRange(at + 1, talk.Stack.Count - at - 1);
                talk.Past.Clear();
                isRenewed = true;
            }
        }
        if (talk.Stack.Count == 0)
        {
            talk.Stack.Add(new Frame { Dialog = catalogue.Home.Name, Version = catalogue.Home.About.Version });
        }
        if (isRenewed)
        {
            before.AddRange(texts.SharedWords(context.Language, "renewed"));
        }
        Rebuild();
        if (dialog.IsCalling)
        {
            // The called dialog is no longer above it: it is called again.
            await Settle(ct);
        }
        if (isRenewed || isCut)
        {
            talk.Offered = [];
        }
        return !isRenewed && !isCut;
    }

    private (string? Commune, string? Village) PlaceOf(DialogEntry entry, Frame frame)
    {
        if (entry.About.Needs == People.Right.Anyone || frame.State is null)
        {
            return (null, null);
        }
        var asked = catalogue.Build(entry, services, context);
        asked.Load(frame);
        return asked.NeedsIn;
    }
}
