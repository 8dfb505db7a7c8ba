using System.Text.RegularExpressions;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.Terminal;

/// <summary>
/// Writes the talk down as a golden chat. Its lines of the person are what counts: laid under a dialog's chats/, the rest is made anew
/// over the invented register of the tests (dialogs/README.md).
/// </summary>
internal sealed partial class Recording : IDisposable
{
    private readonly StreamWriter file;
    private readonly Lock writing = new();
    private ChatCounts? before;
    private string state = "";

    private Recording(StreamWriter file) => this.file = file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<Recording> Begin(string path, TerminalPerson person, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var recording = new Recording(new StreamWriter(path) { NewLine = "\n", AutoFlush = true });
        recording.file.WriteLine("# Recorded in a terminal: say here what it shows.");
        if (person.Language is { } language && language != Texts.Languages[0])
        {
            recording.file.WriteLine($"given language {language}");
        }
        await using var scope = scopes.CreateAsyncScope();
        recording.before = await ChatCounts.In(scope.ServiceProvider.GetRequiredService<BotDb>(), ct);
        return recording;
    }

    public void Said(string words)
    {
        // A code from a mail is another one in every replay.
        var line = state.StartsWith("Account.", StringComparison.Ordinal) && SixDigits().IsMatch(words) ? "$code" : words;
        lock (writing)
        {
            file.WriteLine($"\n> {line}");
        }
    }

    public void Shown(Page page)
    {
        lock (writing)
        {
            file.Write(ChatScript.Of("< ", page));
        }
    }

    public async Task EndTurn(IServiceScopeFactory scopes, string chatKey, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        state = ChatScript.StateOf(await db.Conversations.AsNoTracking().SingleAsync(row => row.Channel == TerminalChannel.ChannelName && row.ChatKey == chatKey, ct));
        var counts = (await ChatCounts.In(db, ct)).Since(before!);
        lock (writing)
        {
            file.WriteLine($"= {state}, {counts}");
        }
    }

    public void Dispose() => file.Dispose();

    [GeneratedRegex(@"^\d{3} ?\d{3}$")]
    private static partial Regex SixDigits();
}
