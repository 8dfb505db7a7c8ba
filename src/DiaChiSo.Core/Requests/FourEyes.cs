using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Four eyes: nobody verifies what they asked for themselves, nor what somebody else asked for about their own address: one that they proved to be
/// theirs, or one whose contact, on record or wished, has the e-mail that they verified.
/// </summary>
internal static class FourEyes
{
    public static async Task<bool> IsOwn(BotDb db, Request request, long reviewerId, CancellationToken ct)
    {
        if (request.PersonId == reviewerId)
        {
            return true;
        }
        var onRecord = request.TargetCode is { } code ? await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, ct) : null;
        if (onRecord is not null
            && (await db.Set<Ownership>().AsNoTracking().Where(row => row.PersonId == reviewerId && row.Code == onRecord.Code && row.EndedAt == null).ToListAsync(ct))
                .Exists(row => row.IsOver(onRecord, db.Secrets) is null))
        {
            return true;
        }
        if (await db.People.FindAsync([reviewerId], ct) is not { Email: { Length: > 0 } email, EmailVerifiedAt: not null })
        {
            return false;
        }
        return IsOf(request.Body.Contact) || (onRecord is not null && IsOf(PrivatePart.Of(onRecord).Contact));

        bool IsOf(Contact? contact) => contact is not null && EmailText.Key(contact.Email) == EmailText.Key(email);
    }
}
