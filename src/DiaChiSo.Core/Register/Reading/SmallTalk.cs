namespace DiaChiSo.Core.Register.Reading;

/// <summary>What is said besides the matter: greetings, thanks, and a complaint that has an answer of its own.</summary>
internal static class SmallTalk
{
    private const int LongestThanks = 40;

    private static readonly HashSet<string> Greetings =
    [
        "chao", "xin chao", "chao em", "chao ban", "chao anh", "chao chi", "chao bot", "em chao anh chi", "hello", "hi", "alo", "a lo", "hey", "good morning",
        "chao buoi sang", "chao can bo", "nyob zoo",
    ];

    private static readonly string[] ThanksBegin = ["cam on", "xin cam on", "cam on ban", "thank", "thanks", "ua tsaug"];

    private static readonly (string Intent, string[] Words)[] Intents =
    [
        ("report_missing_plate", ["chua co bien", "khong co bien", "mat bien", "hong bien", "bien bi mat", "bien bi hong", "roi bien", "bien bi roi"]),
    ];

    /// <param name="words">Folded words (<see cref="VietnameseText.Words(string?)"/>).</param>
    public static bool IsGreeting(string words) => Greetings.Contains(words);

    /// <inheritdoc cref="IsGreeting"/>
    public static bool IsThanks(string words) =>
        words.Length <= LongestThanks && ThanksBegin.Any(thanks => words == thanks || words.StartsWith(thanks + " ", StringComparison.Ordinal));

    /// <summary>What a person wants besides an address; null where nothing is known.</summary>
    public static string? IntentOf(string words) =>
        Intents.FirstOrDefault(intent => intent.Words.Any(said => $" {words} ".Contains($" {said} ", StringComparison.Ordinal))).Intent;
}
