using System.Text.RegularExpressions;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.People;

public enum EmailFault
{
    None,

    /// <summary>No @, or nothing that could be one.</summary>
    NotAnEmail,

    /// <summary>Letters with marks: an e-mail has none.</summary>
    HasMarks,

    /// <summary>Spaces inside, so that nobody knows where it begins.</summary>
    HasSpaces,
}

/// <summary>What was typed where an e-mail was asked. Personal: its text form does not show it.</summary>
/// <param name="Email">As it will be used; empty where there is a fault.</param>
/// <param name="Suggested">What was probably meant, to be asked about; null: nothing looks slipped.</param>
public sealed record ReadEmail(string Email, string? Suggested, EmailFault Fault)
{
    /// <summary>The complaint (<c>###</c>) that says the fault where an e-mail is asked; null: no fault.</summary>
    public string? Complaint => Fault switch
    {
        EmailFault.None => null,
        EmailFault.HasMarks => "has-marks",
        EmailFault.HasSpaces => "has-spaces",
        _ => "not-an-email",
    };

    public override string ToString() => $"ReadEmail ({Fault})";
}

/// <summary>Reads an e-mail as people type it, and notices the common slips (gmial.com, gmail.con, "gmail,com").</summary>
public static partial class EmailText
{
    private static readonly string[] Common = ["gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "outlook.com.vn", "hotmail.com", "icloud.com"];

    private static readonly HashSet<string> Before = ["", "e mail", "email", "mail", "gmail", "dia", "chi", "cua", "em", "toi", "tui", "la", "my", "is"];

    // Real domains that look like a slip of a common one.
    private static readonly HashSet<string> Real = [.. Common, "mail.com", "ymail.com", "email.com", "live.com", "gmx.com", "aol.com", "me.com"];

    /// <summary>Never throws; what cannot be an e-mail has a fault.</summary>
    public static ReadEmail Read(string? text)
    {
        var plain = VietnameseText.Plain(text).Trim('<', '>', '.', ',', ';', '"', '\'', ' ');
        if (plain.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            plain = plain[7..];
        }
        plain = WithoutWordsBefore(plain);
        var at = plain.LastIndexOf('@');
        if (at <= 0 || plain.Length > 254)
        {
            return new("", null, EmailFault.NotAnEmail);
        }
        var local = plain[..at].TrimEnd();
        // "@gmail,com" and "@ gmail. com": a comma or a space is never part of a domain.
        var domain = plain[(at + 1)..].Replace(" ", "").Replace(',', '.').Trim('.').ToLowerInvariant();
        if ((local + domain).Any(letter => letter > 127))
        {
            return new("", null, EmailFault.HasMarks);
        }
        if (local.Contains(' '))
        {
            return new("", null, EmailFault.HasSpaces);
        }
        var suggestedDomain = Meant(domain);
        if (!Local().IsMatch(local) || local.Length > 64 || (!Domain().IsMatch(domain) && suggestedDomain is null))
        {
            return new("", null, EmailFault.NotAnEmail);
        }
        return new($"{local}@{domain}", suggestedDomain is null ? null : $"{local}@{suggestedDomain}", EmailFault.None);
    }

    /// <summary>The same mailbox has the same key, whatever the case it was typed in.</summary>
    public static string Key(string email) => email.ToLowerInvariant();

    /// <summary>True where the words of the person's own choice can be an address to send to.</summary>
    public static bool CanBeSentTo(string email) => email.IndexOf('@') is > 0 and var at && Domain().IsMatch(email[(at + 1)..]);

    // "email của em là a@b.vn" begins behind the words; "vang a pao@b.vn" may begin anywhere, and pao@b.vn is somebody else's.
    private static string WithoutWordsBefore(string plain)
    {
        var words = plain.Split(' ');
        var begin = Array.FindIndex(words, word => !Before.Contains(VietnameseText.Words(word)));
        return begin < 0 ? plain : string.Join(' ', words[begin..]);
    }

    private static string? Meant(string domain)
    {
        if (Real.Contains(domain))
        {
            return null;
        }
        if (Common.FirstOrDefault(common => domain == common[..common.IndexOf('.')]) is { } cut)
        {
            return cut;
        }
        var (nearest, slips) = Common.Select(common => (common, Slips(domain, common))).MinBy(pair => pair.Item2);
        // A short name two slips away may well be somebody's own.
        return slips == 1 || (slips == 2 && nearest.Length >= 9 && domain[0] == nearest[0]) ? nearest : null;
    }

    /// <summary>How many letters were changed, left out, put in or swapped with the next.</summary>
    private static int Slips(string typed, string meant)
    {
        var cost = new int[typed.Length + 1, meant.Length + 1];
        for (var i = 0; i <= typed.Length; i++)
        {
            for (var j = 0; j <= meant.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[typed.Length, meant.Length];
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Local();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
