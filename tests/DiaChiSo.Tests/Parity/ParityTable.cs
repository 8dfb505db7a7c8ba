using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Parity;
using Xunit;

[assembly: AssemblyFixture(typeof(ParityTable))]

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// Dialog × channel, from what the run saw; it stands in tests/README.md, and a run of all chats that saw something else fails.
/// GOLDEN=write writes it there.
/// </summary>
public sealed class ParityTable : IAsyncDisposable
{
    private const string Begin = "<!-- parity -->\n";
    private const string End = "<!-- /parity -->\n";

    private static readonly string Readme = Path.Combine(ChatFiles.Root, "tests", "README.md");

    private readonly ConcurrentDictionary<(string Channel, string Chat, int Times), string> seen = [];

    /// <param name="channel">Its name in the table.</param>
    /// <param name="chat">What was played.</param>
    /// <param name="times">How often every message came.</param>
    /// <param name="lacks">What the channel has not and the chat needs; null: it ended as it should.</param>
    public void Note(string channel, ChatFile chat, int times, string? lacks) => seen[(channel, chat.Name, times)] = lacks ?? "";

    public async ValueTask DisposeAsync()
    {
        if (seen.Keys.Count(played => played.Times == 1) < ChatFiles.Paths.Count * ParityOfAChat.Channels.Count || Environment.GetEnvironmentVariable("CHATS") is { Length: > 0 })
        {
            // Only a part was played, or something failed and says so itself.
            return;
        }
        var text = (await File.ReadAllTextAsync(Readme)).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (from < Begin.Length || to < from)
        {
            throw new InvalidOperationException($"tests/README.md has no place for the table ({Begin.Trim()} … {End.Trim()})");
        }
        var table = Written();
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            await File.WriteAllTextAsync(Readme, text[..from] + table + text[to..]);
        }
        else if (text[from..to] != table)
        {
            throw new InvalidOperationException($"tests/README.md shows another table than this run saw:\n{table}");
        }
    }

    private string Written()
    {
        var channels = seen.Keys.Select(key => key.Channel).Distinct().Order(StringComparer.Ordinal).ToList();
        var written = new StringBuilder();
        written.Append(CultureInfo.InvariantCulture, $"| Dialog | {string.Join(" | ", channels)} |\n| --- |{string.Concat(channels.Select(_ => " --- |"))}\n");
        foreach (var dialog in seen.Keys.Select(key => DialogOf(key.Chat)).Distinct().Order(StringComparer.Ordinal))
        {
            written.Append(CultureInfo.InvariantCulture, $"| {dialog} | {string.Join(" | ", channels.Select(channel => Cell(dialog, channel)))} |\n");
        }
        return written.ToString();
    }

    // "7 of 7", or what the others would have needed.
    private string Cell(string dialog, string channel)
    {
        var here = seen.Where(one => one.Key.Channel == channel && DialogOf(one.Key.Chat) == dialog).GroupBy(one => one.Key.Chat).ToList();
        var held = here.Count(chat => chat.All(one => one.Value.Length == 0));
        var lacks = here.SelectMany(chat => chat.Select(one => one.Value)).Where(lack => lack.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{held} of {here.Count}{(lacks.Count > 0 ? $" (it has no {string.Join(", no ", lacks)})" : "")}");
    }

    private static string DialogOf(string chat) => chat.Split('/')[0];
}
