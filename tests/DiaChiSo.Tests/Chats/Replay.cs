using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Chats;

/// <summary>Plays a chat file on a stage and writes down what is seen, in the form of the file.</summary>
public sealed partial class Replay(Stage stage, Weather weather)
{
    private readonly StringBuilder written = new();
    private readonly List<(string Who, string Key, Incoming What)> sent = [];
    private readonly List<(string Who, string Data)> seenButtons = [];
    private const int OlderPressed = 3;

    private readonly HashSet<long> told = [];
    private readonly Dictionary<string, HashSet<string>> pressedBy = [];
    private int steps;
    private readonly Dictionary<string, List<Page>> pagesOf = [];
    private readonly Canaries canaries = new();
    private string who = "citizen";

    /// <summary>Called after every turn with who spoke and where their conversation stands.</summary>
    internal Func<string, Talk, Task>? AfterTurn { get; init; }

    /// <summary>Returns the file as it reads with what the bot said.</summary>
    public async Task<string> Play(ChatFile chat)
    {
        var isFirst = true;
        foreach (var line in chat.Lines)
        {
            switch (line)
            {
                case ChatLine.Title:
                    Write(line.Raw, apart: !isFirst && written.Length > 0 && written.ToString().Contains("\n= ", StringComparison.Ordinal));
                    break;
                case ChatLine.Given given:
                    Write(line.Raw);
                    // Whoever opens a dialog with what is on record had it.
                    canaries.Heard((await stage.ConversationOf(who)).PersonId, new Said(given.What));
                    await Givens.Arrange(stage, who, given.What);
                    await Tell();
                    break;
                case ChatLine.As other:
                    Write("");
                    Write(line.Raw);
                    who = other.Who.Split(' ')[0];
                    await stage.ConversationOf(who);
                    break;
                case ChatLine.Pass pass:
                    Write(line.Raw);
                    stage.Time.Advance(pass.Time);
                    await weather.Around(stage, () => stage.Settle());
                    await Tell();
                    break;
                case ChatLine.Says says:
                    Write("");
                    Write(line.Raw);
                    await Say(says.What);
                    await Tell();
                    await WriteState();
                    await Bother();
                    break;
            }
            isFirst = false;
        }
        Assert.Empty(await canaries.Leaks(stage));
        return written.ToString().Trim('\n') + "\n";
    }

    private async Task Say(string what)
    {
        var key = stage.NewKey();
        var incoming = await Meaning(what);
        if (weather.RepeatsEarlier)
        {
            foreach (var earlier in sent)
            {
                await stage.Deliver(earlier.Who, earlier.Key, earlier.What);
            }
        }
        sent.Add((who, key, incoming));
        canaries.Heard((await stage.ConversationOf(who)).PersonId, incoming);
        for (var time = 0; time < weather.Times; time++)
        {
            await weather.Around(stage, () => stage.Deliver(who, key, incoming));
        }
        if (weather.Restarts)
        {
            await stage.Restart();
        }
    }

    // Old and forged buttons after each step: no page, no effect.
    private async Task Bother()
    {
        if (!weather.PressesOldButtons)
        {
            return;
        }
        var offered = pagesOf.TryGetValue(who, out var pages) && pages.LastOrDefault(page => page.Choices.Any(choice => Stamp.TryParse(choice.Data, out _))) is { } last
            ? last.Choices.Select(choice => choice.Data).ToHashSet() : [];
        var old = seenButtons.Where(button => button.Who == who && button.Data[0] == 't' && !offered.Contains(button.Data)).Select(button => button.Data).Distinct().ToList();
        var pressed = pressedBy.TryGetValue(who, out var before) ? before : pressedBy[who] = [];
        // Each as soon as it is old, and every time a few of the older ones, other ones each time: all of them would be thousands in a long chat.
        var again = old.Where(pressed.Contains).ToList();
        old = [.. old.Where(data => !pressed.Contains(data)), .. again.Skip(again.Count == 0 ? 0 : steps++ * OlderPressed % again.Count).Take(OlderPressed)];
        pressed.UnionWith(old);
        foreach (var data in old.Concat(["t999999.0", "t0.0", "t-1.0", "t1.99", "x", "dnowhere", ""]).Distinct().ToList())
        {
            // A door of nobody is a sentence of its own, so it is left to the forgery tests.
            if (data.StartsWith('d'))
            {
                continue;
            }
            await stage.Deliver(who, stage.NewKey(), new Pressed(data, "ticket"));
        }
    }

    private async Task<Incoming> Meaning(string what)
    {
        if (what.StartsWith("old [", StringComparison.Ordinal))
        {
            var label = what["old [".Length..^1];
            var page = Pages(who).First(found => found.Choices.Any(choice => choice.Label == label));
            return new Pressed(page.Choices.First(choice => choice.Label == label).Data, "ticket");
        }
        if (what.StartsWith("$code", StringComparison.Ordinal))
        {
            var mail = await stage.Ask(db => db.Mails.OrderByDescending(row => row.Id).FirstAsync());
            return new Said(SixDigits().Match(mail.Body).Value);
        }
        if (what.StartsWith("$person ", StringComparison.Ordinal))
        {
            return new Said(await Givens.CodeOf(stage, what["$person ".Length..]));
        }
        var words = LongForm().Replace(what, match => new string('a', int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        return ChatScript.Read(words, Pages(who)) ?? throw new InvalidOperationException($"{who} sees no button, or there is no such thing: «{what}»");
    }

    // Everything that came out since the last look, in the order in which it was written.
    private async Task Tell()
    {
        await Task.Yield();
        foreach (var (id, (whom, page)) in stage.Delivered.OrderBy(row => row.Key))
        {
            if (!told.Add(id))
            {
                continue;
            }
            Pages(whom).Add(page);
            canaries.Showed((await stage.ConversationOf(whom)).PersonId, stage.Time.GetUtcNow(), page.PlainText());
            seenButtons.AddRange(page.Choices.Where(choice => choice.Data.Length > 0).Select(choice => (whom, choice.Data)));
            if (weather.IgnoresStaleLine && page.PlainText() == StaleLine)
            {
                continue;
            }
            written.Append(ChatScript.Of(whom == who ? "< " : $"@{whom} < ", page));
        }
    }

    private static readonly string StaleLine = new Texts(typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly).SharedText("vi", "stale-button");

    private async Task WriteState()
    {
        var conversation = await stage.ConversationOf(who);
        var talk = conversation.Open();
        if (AfterTurn is not null && talk.Stack.Count > 0)
        {
            await AfterTurn(who, talk);
        }
        var counts = await stage.Ask(db => ChatCounts.In(db, default));
        written.Append(CultureInfo.InvariantCulture, $"= {ChatScript.StateOf(conversation)}, {counts}\n");
    }

    private List<Page> Pages(string whom) => pagesOf.TryGetValue(whom, out var pages) ? pages : pagesOf[whom] = [];

    private void Write(string line, bool apart = false) => written.Append(apart ? "\n" : "").Append(line).Append('\n');

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();

    // {long 3000}: so many letters.
    [GeneratedRegex(@"\{long (\d+)\}")]
    private static partial Regex LongForm();
}
