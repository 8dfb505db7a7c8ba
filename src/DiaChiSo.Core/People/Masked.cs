namespace DiaChiSo.Core.People;

/// <summary>Personal data as a page shows them: enough to recognise one's own, not enough to use (domain.md §6).</summary>
public static class Masked
{
    private const string Hidden = "***";

    /// <summary>"v***@gmail.com"; empty stays empty.</summary>
    public static string Email(string? email)
    {
        if (string.IsNullOrEmpty(email))
        {
            return "";
        }
        var at = email.LastIndexOf('@');
        return at <= 0 ? Hidden : email[..1] + Hidden + email[at..];
    }

    /// <summary>"09*** 678"; empty stays empty.</summary>
    public static string Phone(string? phone) =>
        string.IsNullOrEmpty(phone) ? "" : phone.Length < 8 ? Hidden : $"{phone[..2]}{Hidden} {phone[^3..]}";
}
