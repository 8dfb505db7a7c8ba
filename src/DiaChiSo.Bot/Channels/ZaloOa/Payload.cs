using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa;

/// <summary>
/// A tapped button comes back as its payload, like words that somebody typed (channels.md §2a). <c>#t12.0</c> is a button of a page, <c>##d…</c>
/// a door's: one "#" and a d may well be the beginning of somebody's own words ("#dienbien").
/// </summary>
internal static class Payload
{
    private const int LongestDoor = 60;

    public static string Of(string data) => data.StartsWith('d') ? "##" + data : "#" + data;

    /// <summary>The data of the button, or null: words.</summary>
    public static string? Read(string text)
    {
        var words = text.Trim();
        return words.StartsWith("##d", StringComparison.Ordinal) && words.Length is > 3 and <= LongestDoor && words.AsSpan(2).IndexOfAnyExcept(DoorLetters) < 0 ? words[2..]
            : words.StartsWith('#') && Stamp.TryParse(words[1..], out _) ? words[1..]
            : null;
    }

    private static readonly System.Buffers.SearchValues<char> DoorLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
