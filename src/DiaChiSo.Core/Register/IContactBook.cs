namespace DiaChiSo.Core.Register;

/// <summary>
/// The people of the addresses: a wall on purpose (design.md §5). A dialog that may see them names this in its constructor, so that the
/// reader sees it; every reading is for the audit. One address at a time, by code only.
/// </summary>
public interface IContactBook
{
    /// <summary>Null: the person may not see them (<see cref="People.Right.SeeContact"/> in the address's commune), or there is no such address.</summary>
    Task<AddressPeople?> Open(long personId, AddressCode code, DateTimeOffset now, CancellationToken ct);
}

/// <summary>What an address has that its plate does not show. Personal: its text never shows it.</summary>
/// <param name="Contact">Null: none on record.</param>
/// <param name="HomeName">The name of a home; null: it has none.</param>
public sealed record AddressPeople(Contact? Contact, string? HomeName)
{
    public override string ToString() => nameof(AddressPeople);
}

/// <summary>Chủ địa chỉ, người đại diện theo pháp luật or người đang sử dụng (domain.md §1).</summary>
public enum ContactRole { Owner, LegalRepresentative, Occupant }

/// <summary>The person of an address. Personal data: its text never shows them, so that a log line cannot.</summary>
/// <param name="Phone">As dialled in Vietnam, figures only; empty when there is none.</param>
/// <param name="Email">Empty when there is none.</param>
public sealed record Contact(ContactRole Role, string FullName, string Phone, string Email)
{
    public override string ToString() => $"Contact ({Role})";
}

/// <summary>How a role is said to people.</summary>
public static class ContactRoleWords
{
    /// <summary>The words in the language "vi" or "en".</summary>
    public static string In(this ContactRole role, string language) => (role, language) switch
    {
        (ContactRole.Owner, "en") => "owner",
        (ContactRole.LegalRepresentative, "en") => "legal representative",
        (ContactRole.Occupant, "en") => "occupant",
        (ContactRole.Owner, _) => "chủ địa chỉ",
        (ContactRole.LegalRepresentative, _) => "người đại diện theo pháp luật",
        _ => "người đang sử dụng",
    };
}
