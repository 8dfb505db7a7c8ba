namespace DiaChiSo.Core.Turns;

/// <summary>Typed commands, and the whole messages that mean one.</summary>
public static class Commands
{
    // Only as whole messages that no legal answer equals (design.md §3); folded, so tones do not matter.
    private static readonly Dictionary<string, string> ExitWords = new()
    {
        ["huy"] = "huy",
        ["huy bo"] = "huy",
        ["thoat"] = "huy",
        ["dung lai"] = "huy",
        ["cancel"] = "huy",
        ["quay lai"] = "quaylai",
        ["go back"] = "quaylai",
        ["menu"] = "menu",
        ["trang chu"] = "menu",
        ["tro giup"] = "trogiup",
        ["giup toi"] = "trogiup",
        ["help"] = "trogiup",
        ["gap nguoi giup"] = "gapnguoi",
        ["gap can bo"] = "gapnguoi",
        ["talk to a person"] = "gapnguoi",
    };

    /// <summary>"/tracuu@bot 3260612345" → tracuu, 3260612345. False for a slash that is no command (a house number "/5A").</summary>
    public static bool TryRead(string words, out Commanded command)
    {
        command = null!;
        var end = words.AsSpan().IndexOfAny(" \n\t");
        var name = (end < 0 ? words : words[..end])[1..];
        var at = name.IndexOf('@');
        name = (at < 0 ? name : name[..at]).ToLowerInvariant();
        if (name.Length is 0 or > 32 || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            return false;
        }
        var argument = end < 0 ? null : words[end..].Trim();
        command = new Commanded(name, argument is { Length: > 0 } ? argument : null);
        return true;
    }

    internal static Commanded? OfExitWords(string folded) => ExitWords.TryGetValue(folded, out var name) ? new Commanded(name) : null;
}

/// <summary>The number of a choice as people type it: 2, "số 2", "2.", "hai".</summary>
internal static class SpokenNumbers
{
    private static readonly string[] Spoken = ["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"];

    /// <param name="folded">Lower case, without marks.</param>
    public static int? Read(string folded)
    {
        var words = folded.Trim('.', ')', '(', ' ');
        foreach (var before in (ReadOnlySpan<string>)["so ", "chon ", "cau ", "muc "])
        {
            if (words.StartsWith(before, StringComparison.Ordinal))
            {
                words = words[before.Length..];
            }
        }
        if (words.Length is > 0 and <= 2 && words.All(char.IsAsciiDigit))
        {
            return int.Parse(words);
        }
        var spoken = Array.IndexOf(Spoken, words);
        return spoken > 0 ? spoken : null;
    }
}
