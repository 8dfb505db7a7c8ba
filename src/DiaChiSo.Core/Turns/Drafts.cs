using System.Globalization;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>A half-filled form that waits. <paramref name="Day"/> is the day it was left, in Vietnam, as 22/11.</summary>
public sealed record KeptDraft(long Id, string Dialog, string Day);

/// <summary>What a person left half-filled.</summary>
public sealed class Drafts(BotDb db)
{
    /// <summary>Newest first, one of each dialog.</summary>
    public async Task<IReadOnlyList<KeptDraft>> Of(long personId, CancellationToken ct)
    {
        var rows = await db.Drafts.AsNoTracking().Where(draft => draft.PersonId == personId).OrderByDescending(draft => draft.SavedAt).ThenByDescending(draft => draft.Id)
            .Select(draft => new { draft.Id, draft.Dialog, draft.SavedAt }).ToListAsync(ct);
        return [.. rows.Select(row => new KeptDraft(row.Id, row.Dialog, row.SavedAt.ToOffset(TimeSpan.FromHours(7)).ToString("d/M", CultureInfo.InvariantCulture)))];
    }
}

/// <summary>The person begins anew: the old draft goes.</summary>
public sealed record ForgetDraft(long DraftId) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        if (await scope.Db.Drafts.FirstOrDefaultAsync(draft => draft.Id == DraftId && draft.PersonId == scope.Turn.PersonId, ct) is { } row)
        {
            scope.Db.Drafts.Remove(row);
        }
    }
}
