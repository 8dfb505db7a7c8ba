using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>Forms that are half-filled in a conversation, and how they outlive it.</summary>
internal static class OpenForms
{
    public static bool KeepsDraft(Frame frame, Catalogue catalogue) => !frame.HasHandedIn && catalogue.Named(frame.Dialog)?.About.KeepsDraft == true;

    /// <summary>A form that anybody may fill in holds what its person said of themselves; one that needs a right is the work of their duty.</summary>
    public static bool IsOwn(string dialog, Catalogue catalogue) => catalogue.Named(dialog)?.About is { KeepsDraft: true, Needs: People.Right.Anyone };

    /// <summary>Takes the forms off a talk, and with them the answers that could be taken back. False: there was none.</summary>
    /// <param name="dutiesToo">Those of a duty as well.</param>
    /// <param name="keepsTop">The dialog that speaks stays where it is, with what it belongs to: it says what became of the others.</param>
    public static bool Drop(Talk talk, Catalogue catalogue, bool dutiesToo, bool keepsTop)
    {
        var forms = new List<List<Frame>>();
        foreach (var frame in talk.Stack.Skip(1))
        {
            if (forms.Count == 0 || frame.IsAside)
            {
                forms.Add([]);
            }
            forms[^1].Add(frame);
        }
        var going = forms.Where(form => (dutiesToo && catalogue.Named(form[0].Dialog)?.About.KeepsDraft == true || IsOwn(form[0].Dialog, catalogue)) && !(keepsTop && form.Contains(talk.Top))).ToList();
        if (going.Count == 0)
        {
            return false;
        }
        talk.Stack = [talk.Stack[0], .. forms.Except(going).SelectMany(form => form)];
        if (talk.Stack.Count > 1)
        {
            talk.Stack[1].IsAside = false;
        }
        talk.Past = [];
        if (!keepsTop)
        {
            talk.Offered = [];
        }
        return true;
    }

    /// <summary>Each form on the stack with the dialogs that it called; a form opened as a side question is one of its own.</summary>
    public static IEnumerable<List<Frame>> On(IReadOnlyList<Frame> stack, Catalogue catalogue)
    {
        var forms = new List<List<Frame>>();
        foreach (var frame in stack.Skip(1))
        {
            if (forms.Count == 0 || frame.IsAside)
            {
                forms.Add([]);
            }
            forms[^1].Add(frame);
        }
        return forms.Where(form => KeepsDraft(form[0], catalogue) && form[0].HasAnswers);
    }

    /// <summary>Keeps them for days, one of each kind.</summary>
    public static async Task Keep(BotDb db, Catalogue catalogue, IReadOnlyList<Frame> stack, long personId, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var form in On(stack, catalogue))
        {
            var name = form[0].Dialog;
            var row = db.Drafts.Local.FirstOrDefault(draft => draft.PersonId == personId && draft.Dialog == name)
                ?? await db.Drafts.FirstOrDefaultAsync(draft => draft.PersonId == personId && draft.Dialog == name, ct);
            if (row is null)
            {
                row = new DraftRow { PersonId = personId, Dialog = name, Stack = "" };
                db.Drafts.Add(row);
            }
            form[0].IsAside = false;
            row.Stack = JsonSerializer.Serialize(form, Saved.Json);
            row.SavedAt = now;
        }
    }

    /// <summary>
    /// What this person left half-filled in their other chats is kept for them, so that it can be taken up here; there it is said. Saves.
    /// </summary>
    public static async Task TakeAlong(EffectScope scope, long personId, CancellationToken ct)
    {
        var catalogue = scope.Get<Catalogue>();
        foreach (var other in await scope.Db.Conversations.Where(row => row.PersonId == personId && row.Id != scope.Turn.ConversationId).ToListAsync(ct))
        {
            var talk = other.Open();
            if (!On(talk.Stack, catalogue).Any())
            {
                continue;
            }
            await Keep(scope.Db, catalogue, talk.Stack, personId, scope.Now, ct);
            talk.Stack.RemoveRange(1, talk.Stack.Count - 1);
            (talk.Past, talk.Offered) = ([], []);
            other.Close(talk);
            scope.Db.Inbox.Add(InnerMail.To(other.Id, $"taken along {other.Turn}", new Noticed(catalogue.Resuming.Name, "notice-taken-along", new Dictionary<string, string>()), scope.Now));
            other.Turn++;
        }
        await scope.Db.SaveChangesAsync(ct);
    }
}
