using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

// The moves that every dialog has without a line in it.
internal sealed partial class OneTurn
{
    /// <summary>The button of a page that stands on no turn (the bot was in trouble): it gets a human, and once more does no harm.</summary>
    internal const string HelpPress = "h";

    /// <summary>What a choice does, as the page offered it.</summary>
    private async Task Take(Offer offer, CancellationToken ct)
    {
        var (does, what) = offer.Does.Split(':', 2) is [var verb, var rest] ? (verb, rest) : (offer.Does, "");
        switch (does)
        {
            case Does.Fire:
                // What the page showed is read again, so that guards and calls have it at hand.
                await dialog.GatherForPage(ct);
                await Move(speaking => { speaking.Fire(what); return Task.FromResult(true); }, ct);
                break;
            case Does.Pick:
                if (await Answer(new Picked(int.Parse(what)), ct) is Heard.NotUnderstood)
                {
                    throw new InvalidOperationException($"{talk.Top.Dialog}.{dialog.StateName} offers a list and does not hear what is picked");
                }
                break;
            case Does.Change:
                await Change(what, ct);
                break;
            case Does.Go:
                await Open(catalogue.Named(what)!, null, ct);
                break;
            case Does.Back:
                await GoBack(ct);
                break;
            case Does.Cancel:
                await Cancel(ct);
                break;
            case Does.Door:
                await OpenDoor(what, ct);
                break;
            default:
                // A wish (@place) or a link: the channel does it; typed as words it is explained by the question itself.
                await Show(ct);
                break;
        }
    }

    // Restores the stack before the last answer, without firing; it undoes no effect.
    private async Task GoBack(CancellationToken ct)
    {
        if (talk.Past.Count == 0)
        {
            // Behind what was handed in there is nothing to go back to, and "stopped" would frighten.
            if (talk.Stack.Count > 1 && !talk.Top.HasHandedIn)
            {
                await Cancel(ct);
                return;
            }
            before.AddRange(texts.SharedWords(context.Language, "nothing-to-take-back"));
            await Show(ct);
            return;
        }
        talk.Stack = talk.Past[^1];
        talk.Past.RemoveAt(talk.Past.Count - 1);
        await StandOnSolidGround(ct);
        await Settle(ct);
        await Show(ct);
    }

    // From the review page to one question and back (design.md §3).
    private async Task Change(string key, CancellationToken ct)
    {
        talk.Remember(talk.Snapshot());
        talk.Top.Changing ??= dialog.StateName;
        dialog.GoTo(Texts.NameOf(key));
        dialog.Save(talk.Top);
        await Settle(ct);
        await Show(ct);
    }

    // Asks once when something would be left half-filled; the draft is kept either way.
    private async Task Cancel(CancellationToken ct)
    {
        if (talk.Stack.Count == 1)
        {
            before.AddRange(texts.SharedWords(context.Language, "nothing-to-stop"));
            await Show(ct);
        }
        else if (talk.Top.Dialog == catalogue.Leaving.Name)
        {
            await Show(ct);
        }
        else if (IsHalfFilled)
        {
            await Push(catalogue.Leaving, JsonSerializer.SerializeToElement(TitleOf(talk.Stack[1].Dialog), Saved.Json), isAside: true, ct);
            await Settle(ct);
            await Show(ct);
        }
        else
        {
            var isStopped = !talk.Top.HasHandedIn;
            await Drop(keep: false, ct);
            if (isStopped)
            {
                before.AddRange(texts.SharedWords(context.Language, "stopped"));
            }
            await Show(ct);
        }
    }

    private async Task GoHome(CancellationToken ct)
    {
        if (talk.Stack.Count > 1)
        {
            var title = TitleOf(talk.Stack[1].Dialog);
            var isKept = IsHalfFilled;
            var isStopped = isKept || !talk.Top.HasHandedIn;
            await Drop(isKept, ct);
            if (isStopped)
            {
                before.AddRange(texts.SharedWords(context.Language, isKept ? "kept" : "stopped", ("title", title)));
            }
        }
        await Show(ct);
    }

    private bool IsHalfFilled => OpenForms.On(talk.Stack, catalogue).Any();

    private bool KeepsDraft(Frame frame) => OpenForms.KeepsDraft(frame, catalogue);

    // Everything above the home page goes; what is half-filled is kept for days, one draft of each kind.
    private async Task Drop(bool keep, CancellationToken ct)
    {
        if (keep)
        {
            await Keep(ct);
        }
        talk.Stack.RemoveRange(1, talk.Stack.Count - 1);
        talk.Past.Clear();
        Rebuild();
    }

    private Task Keep(CancellationToken ct) => OpenForms.Keep(db, catalogue, talk.Stack, context.PersonId, now, ct);

    private async Task Resume(long draftId, CancellationToken ct)
    {
        if (await db.Drafts.FirstOrDefaultAsync(draft => draft.Id == draftId && draft.PersonId == context.PersonId, ct) is not { } row)
        {
            return;
        }
        // What is under way now is kept in its turn; a draft of the same kind changes places with it.
        var kept = row.Stack;
        await Keep(ct);
        if (row.Stack == kept)
        {
            db.Drafts.Remove(row);
        }
        talk.Stack = [talk.Stack[0], .. JsonSerializer.Deserialize<List<Frame>>(kept, Saved.Json) ?? []];
        talk.Past.Clear();
        before.AddRange(texts.SharedWords(context.Language, "resumed", ("title", TitleOf(row.Dialog))));
        await StandOnSolidGround(ct);
    }

    // A command or a door opens a dialog: at home it is the next thing to do, in the middle of one it is a side question.
    private async Task Open(DialogEntry entry, object? input, CancellationToken ct)
    {
        if (entry == catalogue.Helping && input is null or Query)
        {
            input = new HelpWanted(talk.Top.Dialog, (input as Query)?.Words);
        }
        if (!await policy.May(context.PersonId, entry.About.Needs, now, ct: ct))
        {
            Regret("no-right", ("title", TitleOf(entry.Name)));
            await Show(ct);
            return;
        }
        if (input is null && (entry.About.KeepsDraft || entry == catalogue.Resuming))
        {
            await OpenForms.TakeAlong(new EffectScope(db, context, services), context.PersonId, ct);
        }
        if (entry.About.KeepsDraft && input is null && talk.Stack.All(frame => frame.Dialog != entry.Name)
            && await db.Drafts.AnyAsync(draft => draft.PersonId == context.PersonId && draft.Dialog == entry.Name, ct))
        {
            entry = catalogue.Resuming;
        }
        await AskAside(entry, input, ct);
    }

    private async Task AskAside(DialogEntry entry, object? input, CancellationToken ct)
    {
        var running = talk.Stack.FindIndex(1, frame => frame.Dialog == entry.Name);
        if (running == talk.Stack.Count - 1 && running > 0 && input is null && KeepsDraft(talk.Top))
        {
            before.AddRange(texts.SharedWords(context.Language, "already-here", ("title", TitleOf(entry.Name))));
            await Show(ct);
            return;
        }
        // The same dialog is on top: the new question takes the place of the old one.
        var isInstead = running > 0 && running == talk.Stack.Count - 1;
        // A human can be had from the deepest page too, and takes nobody's place there.
        if (talk.Stack.Count(open => open.Dialog != catalogue.Helping.Name) - (isInstead ? 1 : 0) > Limits.Depth && entry != catalogue.Helping)
        {
            Regret("too-deep");
            await Show(ct);
            return;
        }
        talk.Remember(talk.Snapshot());
        if (isInstead)
        {
            Pop();
        }
        await Push(entry, input is null ? null : JsonSerializer.SerializeToElement(input, input.GetType(), Saved.Json), isAside: talk.Stack.Count > 1, ct);
        await Settle(ct);
        await Show(ct);
    }

    private async Task OpenDoor(string id, CancellationToken ct)
    {
        var door = await db.Doors.FirstOrDefaultAsync(found => found.Id == id, ct);
        if (door is null || door.PersonId != context.PersonId || door.ClosedAt is not null || catalogue.Named(door.Dialog) is not { } entry)
        {
            Regret("door-closed");
            await Show(ct);
            return;
        }
        await Open(entry, JsonSerializer.Deserialize<JsonElement>(door.Input, Saved.Json), ct);
    }

    private string TitleOf(string dialogName) => texts.Folders.Contains(dialogName) ? texts.Of(dialogName, context.Language).Title : dialogName;
}

/// <summary>What an offered choice does.</summary>
internal static class Does
{
    public const string Fire = "fire";
    public const string Pick = "pick";
    public const string Change = "change";
    public const string Go = "go";
    public const string Back = "back";
    public const string Cancel = "cancel";
    public const string Door = "door";
}
