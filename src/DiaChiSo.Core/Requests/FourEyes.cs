using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// Four eyes: nobody verifies what they asked for themselves, nor what somebody else asked for about their own address. Whose an address is says
/// the e-mail that they verified: it is the contact's on record, or the contact's that is wished.
/// </summary>
internal static class FourEyes
{
    public static async Task<bool> IsOwn(BotDb db, Request request, long reviewerId, CancellationToken ct)
    {
        if (request.PersonId == reviewerId)
        {
            return true;
        }
        if (await db.People.FindAsync([reviewerId], ct) is not { Email: { Length: > 0 } email, EmailVerifiedAt: not null })
        {
            return false;
        }
        var onRecord = request.TargetCode is { } code ? await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, ct) : null;
        return IsOf(request.Body.Contact) || (onRecord is not null && IsOf(PrivatePart.Of(onRecord).Contact));

        bool IsOf(Contact? contact) => string.Equals(contact?.Email, email, StringComparison.OrdinalIgnoreCase);
    }
}
