using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// Tells somebody else: a row in the inbox of their newest conversation, in the same transaction. Their own turn shows the section
/// <paramref name="Section"/> (<c>notice-…</c>) of the dialog's words, with a door where one is given.
/// </summary>
/// <param name="PersonId">Whom.</param>
/// <param name="Dialog">Whose words.</param>
/// <param name="Section">The heading.</param>
/// <param name="Holes">What fills it.</param>
/// <param name="About">What it is about (a request's number), so that its door can be shut when that is settled.</param>
/// <param name="Opens">The dialog that its button opens, or null.</param>
/// <param name="Input">What that dialog is opened with.</param>
public sealed record Tell(
    long PersonId, string Dialog, string Section, IReadOnlyDictionary<string, string> Holes, string About, string? Opens = null, object? Input = null) : Effect
{
    /// <summary>An e-mail of its own tells them too: a channel that may not write any more sends no second one.</summary>
    public bool IsMailed { get; init; }

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var conversation = await scope.Db.Conversations.Where(row => row.PersonId == PersonId && !row.IsGone)
            .OrderByDescending(row => row.LastHeardAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (conversation is null)
        {
            return;
        }
        var doorId = Opens is null ? null : scope.Get<INumbers>().NewDoor();
        if (doorId is not null)
        {
            scope.Db.Doors.Add(new Door
            {
                Id = doorId,
                PersonId = PersonId,
                Dialog = Opens!,
                Input = JsonSerializer.Serialize(Input, Saved.Json),
                About = About,
                CreatedAt = scope.Now,
            });
        }
        // Every door is another one; without a door the same news of the same instant is one.
        var key = doorId is null ? $"{Section} {About} {scope.Now.ToUnixTimeMilliseconds()}" : $"{Section} {doorId}";
        scope.Db.Inbox.Add(InnerMail.To(conversation.Id, key, new Noticed(Dialog, Section, Holes, doorId, IsMailed), scope.Now));
    }
}

/// <summary>Shuts the doors to what is settled.</summary>
public sealed record CloseDoors(string About) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        foreach (var door in await scope.Db.Doors.Where(row => row.About == About && row.ClosedAt == null).ToListAsync(ct))
        {
            door.ClosedAt = scope.Now;
        }
    }
}

/// <summary>Codes and ids that must not be guessed or repeated; a replay of a golden chat brings its own.</summary>
public interface INumbers
{
    /// <summary>An unguessable id for a door, at most 40 characters of A–Z, a–z, 0–9, - and _.</summary>
    string NewDoor();

    /// <summary>Six digits for an e-mail.</summary>
    string NewEmailCode();

    /// <summary>Letters to be read aloud or typed (<see cref="People.SpokenCode"/>).</summary>
    string NewSpokenCode();

    /// <summary>The unique part of a Message-ID.</summary>
    string NewMessageId();
}
