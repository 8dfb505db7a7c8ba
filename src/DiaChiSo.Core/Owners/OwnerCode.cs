using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Owners;

/// <summary>
/// Eight letters that the collaborator writes on the owner's copy of the minutes. Made when a visit is recorded as done, shown to the collaborator and
/// sent to nobody; the row holds a keyed hash only.
/// </summary>
public static class OwnerCode
{
    /// <summary>"kxmt-abcd" → KXMTABCD. False: no code.</summary>
    public static bool TryRead(string words, out string letters) => SpokenCode.TryRead(words, out letters);

    /// <summary>"KXMT-ABCD", as it is written down; empty stays empty.</summary>
    public static string Grouped(string letters) => SpokenCode.Grouped(letters);

    internal static string HashOf(Secrets secrets, string visit, string letters) => SpokenCode.HashOf(secrets, "owner-code", $"{visit}\0{letters}");

    /// <summary>Whether the contact on record now is the one that the visit left there, by name or e-mail.</summary>
    internal static bool IsOfSame(Confirmation visit, Contact? now)
    {
        var minutes = visit.Body;
        var then = minutes.Corrections.Changes(RequestField.Contact) ? minutes.Corrections.Contact : minutes.SeenContact;
        return then is null ? now is null : now is not null
            && (VietnameseText.SameWords(then.FullName, now.FullName) || (then.Email.Length > 0 && EmailText.Key(then.Email) == EmailText.Key(now.Email)));
    }
}
