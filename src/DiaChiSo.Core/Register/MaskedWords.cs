namespace DiaChiSo.Core.Register;

/// <summary>A phone or an e-mail so that who knows it recognises it, and nobody else learns it (design.md §5).</summary>
public static class MaskedWords
{
    /// <summary>"091••••567": the first and the last three figures; empty stays empty, what is too short is hidden whole.</summary>
    public static string MaskedPhone(this Contact contact) => contact.Phone.Length switch
    {
        0 => "",
        < 9 => new string('•', contact.Phone.Length),
        var length => $"{contact.Phone[..3]}{new string('•', length - 6)}{contact.Phone[^3..]}",
    };

    /// <summary>"l•••@gmail.com": the first letter and the house; empty stays empty.</summary>
    public static string MaskedEmail(this Contact contact) => MaskEmail(contact.Email);

    /// <inheritdoc cref="MaskedEmail(Contact)"/>
    public static string MaskEmail(string email)
    {
        var at = email.LastIndexOf('@');
        return at < 1 ? new string('•', email.Length) : $"{email[..1]}•••{email[at..]}";
    }
}
