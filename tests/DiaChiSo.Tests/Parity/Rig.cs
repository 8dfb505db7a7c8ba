using System.Text.RegularExpressions;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Host;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// A channel with its fake, as the people of a chat use it: what a line of the chat means in gestures there (a button is pressed where it is
/// seen, its number or its words are typed where it is only written), and what the person was shown.
/// </summary>
internal abstract partial class Rig : IAsyncDisposable
{
    /// <summary>The channel's name in the database.</summary>
    public abstract string Channel { get; }

    /// <summary>Settings of the program for this channel.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>Where the program listens; known before it starts, because channels are told.</summary>
    public string BotUrl { get; init; } = $"http://127.0.0.1:{FreePorts.Next()}";

    /// <summary>Every message of a person comes so many times.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What a line asked for that this channel has not, by the word of the line: the parity table says so.</summary>
    public HashSet<string> Lacks { get; } = [];

    /// <summary>Starts the fake.</summary>
    public abstract Task Prepare(FakeTimeProvider time);

    /// <summary>The program listens.</summary>
    public virtual Task Begin(ChannelStage stage) => Task.CompletedTask;

    /// <summary>The same where the program's own workers run, and tell the channel themselves where it listens.</summary>
    public virtual Task BeginWithWorkers(ChannelStage stage) => Begin(stage);

    /// <summary>The chat of a person of this name; they are known to the channel from now on.</summary>
    public abstract string ChatKeyOf(string who);

    /// <summary>The person says or does this. Returns when the program has taken it.</summary>
    /// <returns>False: this channel has no such thing (<see cref="Lacks"/> says what).</returns>
    public abstract Task<bool> Hand(string who, Incoming what);

    /// <summary>The person presses, or types, the newest choice of this label.</summary>
    /// <param name="isOld">The oldest of that label instead: a button that was pressed long ago.</param>
    public abstract Task<bool> Choose(string who, string label, bool isOld);

    /// <summary>The texts of everything that the person was shown, the newest last.</summary>
    public abstract IReadOnlyList<string> TextsSeenBy(string who);

    /// <summary>Everything that the person was shown, a message each, with what hangs on it: as it looks on this channel.</summary>
    public abstract IReadOnlyList<string> ScreenOf(string who);

    public abstract ValueTask DisposeAsync();

    /// <summary>What to type for a choice that is only written: its number, or where it has none its words.</summary>
    /// <exception cref="InvalidOperationException">It is not written anywhere: the person could not have chosen it.</exception>
    protected string TypedFor(string who, string label)
    {
        foreach (var text in TextsSeenBy(who).Reverse())
        {
            if (text.Split('\n').Select(line => NumberedForm().Match(line)).FirstOrDefault(match => match.Success && match.Groups[2].Value == label) is { } line)
            {
                return line.Groups[1].Value;
            }
            if (text.Contains($"«{label}»", StringComparison.Ordinal))
            {
                return label;
            }
        }
        throw new InvalidOperationException($"{Channel}: {who} is shown no «{label}»");
    }

    /// <summary>A one-time link to the page that takes a position, where the newest page offers one.</summary>
    protected string? PlaceLinkSeenBy(string who) => TextsSeenBy(who).Reverse().Take(3)
        .Select(text => PlaceLinkForm().Match(text)).FirstOrDefault(match => match.Success)?.Value;

    [GeneratedRegex(@"^(\d+)\. (.+)$")]
    private static partial Regex NumberedForm();

    [GeneratedRegex(@"https?://\S+/vt/[A-Za-z0-9_-]+")]
    private static partial Regex PlaceLinkForm();
}
