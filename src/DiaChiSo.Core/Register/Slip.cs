namespace DiaChiSo.Core.Register;

/// <summary>Whether a word is another one with a single slip: of the finger, or of the ear.</summary>
internal static class Slip
{
    private static readonly (string One, string Other)[] Sounds =
    [
        ("x", "s"), ("ch", "tr"), ("gi", "d"), ("r", "d"), ("gi", "r"), ("k", "c"), ("q", "c"), ("gh", "g"), ("ngh", "ng"), ("l", "n"), ("v", "b"), ("l", "d"),
    ];

    private static readonly (string One, string Other)[] Tails = [("nh", "n"), ("ng", "n"), ("t", "c"), ("ch", "t"), ("y", "i")];

    public static bool IsOne(string typed, string meant) =>
        IsSound(typed, meant) || IsSound(meant, typed) || (Math.Min(typed.Length, meant.Length) >= 3 && IsOneEdit(typed, meant));

    private static bool IsSound(string one, string other)
    {
        foreach (var (a, b) in Sounds)
        {
            if (one.StartsWith(a, StringComparison.Ordinal) && other.StartsWith(b, StringComparison.Ordinal)
                && one.AsSpan(a.Length).SequenceEqual(other.AsSpan(b.Length)))
            {
                return true;
            }
        }
        foreach (var (a, b) in Tails)
        {
            if (one.EndsWith(a, StringComparison.Ordinal) && other.EndsWith(b, StringComparison.Ordinal)
                && one.AsSpan(0, one.Length - a.Length).SequenceEqual(other.AsSpan(0, other.Length - b.Length)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>One letter more, less, other, or two beside each other swapped.</summary>
    private static bool IsOneEdit(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1)
        {
            return false;
        }
        var head = one.AsSpan().CommonPrefixLength(other);
        var a = one.AsSpan(head);
        var b = other.AsSpan(head);
        var isOtherLetter = a.Length == b.Length && a[1..].SequenceEqual(b[1..]);
        var isSwap = a.Length == b.Length && a.Length >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]);
        return isOtherLetter || isSwap
            || (a.Length == b.Length + 1 && a[1..].SequenceEqual(b))
            || (b.Length == a.Length + 1 && b[1..].SequenceEqual(a));
    }
}
