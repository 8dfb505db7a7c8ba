using System.Text.Json;
using System.Text.RegularExpressions;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.Register.Reading;

/// <summary>A written case: what somebody sends, and what it means.</summary>
internal sealed partial record ReadingCase(string Id, string Input, JsonElement Expected)
{
    // What is said about a case and not by it.
    private static readonly HashSet<string> NotCompared = ["note", "soft", "reason", "accept_also"];

    public static IReadOnlyList<ReadingCase> In(string file) =>
        [.. File.ReadLines(Path.Combine(ChatFiles.Root, "tests", "data", file)).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(row => new ReadingCase(row.GetProperty("id").GetString()!, row.GetProperty("input").GetString()!, row.GetProperty("expected")))];

    /// <summary>What the look-up says of it, as its JSON.</summary>
    public JsonElement Read(Understanding understanding) =>
        JsonDocument.Parse(new LookupAnswer(understanding.Read(Input), [], TimeSpan.Zero, understanding.Units).ToJson()).RootElement;

    /// <summary>The fields that differ, in one line; null where all are right.</summary>
    public string? Miss(JsonElement got)
    {
        var wrong = Expected.EnumerateObject().Where(field => !NotCompared.Contains(field.Name) && !IsSame(field, got)).Select(field => field.Name).ToList();
        return wrong.Count == 0 ? null : $"{Id} «{Input}»: {string.Join(", ", wrong)}\n    wanted {Expected.GetRawText()}\n    got    {got.GetRawText()}";
    }

    /// <summary>One unit is named, without a doubt, and another one was meant: the worst that a reading can do.</summary>
    public bool IsConfidentlyWrong(JsonElement got) =>
        Miss(got) is not null && TextOf(got, "kind") == "unit" && !got.TryGetProperty("guess", out _)
        && (TextOf(Expected, "kind") != "unit" || TextOf(Expected, "new_code") != TextOf(got, "new_code") || (TextOf(got, "old_code") is { } old && TextOf(Expected, "old_code") is { } wanted && old != wanted));

    private static bool IsSame(JsonProperty field, JsonElement got)
    {
        if (!got.TryGetProperty(field.Name, out var value))
        {
            return false;
        }
        return field.Value.ValueKind switch
        {
            JsonValueKind.Number => Math.Abs(field.Value.GetDouble() - value.GetDouble()) < 1e-5,
            // A candidate is the unit, however its kind is shortened: "new P. Mường Thanh 03334".
            JsonValueKind.Array => Units(field.Value).SetEquals(Units(value)),
            _ => field.Value.GetString() == value.GetString(),
        };
    }

    private static HashSet<string> Units(JsonElement candidates) =>
        [.. candidates.EnumerateArray().Select(candidate => candidate.GetString()!).Select(text => UnitCode().Match(text) is { Success: true } unit ? unit.Groups["list"].Value + unit.Groups["code"].Value : text.ToLowerInvariant())];

    private static string? TextOf(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"^(?<list>old|new)\b.*?(?<code>\d{3,5})", RegexOptions.CultureInvariant)]
    private static partial Regex UnitCode();
}
