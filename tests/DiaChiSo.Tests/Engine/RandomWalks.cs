using CsCheck;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Channels.Telegram.Send;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Engine;

/// <summary>
/// People who press and type whatever comes to mind: nothing throws, nothing is handed in but from a review page, and every message fits its channel.
/// 300 walks of 25 steps, the same ones each time, so that a red run is about the change and not about luck. WALKS=n for another number,
/// SEED=n for others; a failure says by which SEED and WALK it can be seen again.
/// </summary>
public sealed class RandomWalks
{
    private const int Steps = 25;

    // One that has buttons, and one that has only words (channels.md §1.1, §2b).
    private static readonly Capabilities[] Channels = [TelegramMessages.Capabilities, new() { TextLength = 2000, Buttons = 0, ButtonLength = 0 }];

    private static readonly string[] Words =
    [
        "xin chào", "Đội 5, Mường Báng", "háng khúa", "32606 00012", "3260700021", "3261200099", "15", "2", "bỏ qua", "không có", "Nguyễn Thử", "0912 000 001", "01234567890", "an@example.invalid", "an@gmial.com",
        "100000", "Sín Chải", "Tủa Chùa", "Thôn Háng Khúa", "sn 15 đường Thử Nghiệm", "21.8563, 103.3291", "🙂", "asdf", "huỷ", "quay lại", "menu", "001098001234", "a", "<b>x</b>",
        "/huy", "/quaylai", "/start",
    ];

    /// <summary>Presses weigh more than the rest, or the walks would stay near home.</summary>
    private static readonly Gen<(int Kind, int Which)> Step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1_000_000]);

    [Fact]
    public async Task Nothing_throws_nothing_is_handed_in_unseen_and_every_message_fits()
    {
        var walks = int.TryParse(Environment.GetEnvironmentVariable("WALKS"), out var asked) ? asked : 300;
        var (submissions, pages, states) = (0, 0, new HashSet<string>());
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SEED"), out var other) ? other : 2026;
        var isOne = uint.TryParse(Environment.GetEnvironmentVariable("WALK"), out var one);
        var only = isOne ? [one] : Enumerable.Range(0, walks).Select(number => (uint)number);
        await Parallel.ForEachAsync(only, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
        {
            try
            {
                await Walk(Step.Array[Steps].Generate(new PCG(number, seed), null, out var _));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                throw new InvalidOperationException($"SEED={seed} WALK={number}: {fault.Message}", fault);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{walks} walks of {Steps} steps: {pages} pages, {states.Count} states, {submissions} submissions");
        Assert.True(pages > (walks * Steps / 2) || isOne, "the walkers were hardly answered");
        Assert.True(states.Count > 10 || isOne, $"the walks stayed near home: {string.Join(", ", states)}");

        async Task Walk((int Kind, int Which)[] steps)
        {
            await using var stage = await Stage.Open();
            await Givens.Arrange(stage, "walker", "collaborator *");
            await Givens.Arrange(stage, "walker", "reviewer *");
            Page? last = null;
            var seen = 0;
            foreach (var (kind, which) in steps)
            {
                var talkBefore = (await stage.ConversationOf("walker")).Open();
                var stateBefore = talkBefore.Stack.Count > 0 ? talkBefore.Top.State! : "";
                var requestsBefore = await HandedIn(stage);
                await stage.Deliver("walker", stage.NewKey(), await Choose(stage, last, kind, which));

                var fresh = stage.Delivered.OrderBy(page => page.Key).Skip(seen).Select(page => page.Value.Page).ToList();
                seen += fresh.Count;
                last = fresh.LastOrDefault(page => page.Choices.Count > 0) ?? last;
                foreach (var page in fresh)
                {
                    AssertFits(page);
                }
                var requests = await HandedIn(stage);
                if (requests > requestsBefore)
                {
                    Assert.True(stateBefore.Contains("Reviewing", StringComparison.Ordinal), $"handed in from {talkBefore.Top.Dialog}.{stateBefore}, not from a review page");
                    Interlocked.Increment(ref submissions);
                }
                Interlocked.Add(ref pages, fresh.Count);
                var talk = (await stage.ConversationOf("walker")).Open();
                lock (states)
                {
                    states.Add($"{talk.Top.Dialog}.{talk.Top.State}");
                }
            }
        }
    }

    private static async Task<Incoming> Choose(Stage stage, Page? last, int kind, int which)
    {
        var buttons = last?.Choices.Where(choice => !choice.IsLink && choice.Data[0] != '@').ToList() ?? [];
        switch (kind)
        {
            case < 5 when buttons.Count > 0:
                return new Pressed(buttons[which % buttons.Count].Data, "ticket");
            case 5:
                return new SharedPlace(new GeoPoint(21.77 + which % 300 / 1000.0, 103.2 + which % 250 / 1000.0), which % 100);
            case 6 when await stage.Ask(db => db.Mails.OrderByDescending(row => row.Id).Select(row => row.Body).FirstOrDefaultAsync()) is { } mail:
                return new Said(System.Text.RegularExpressions.Regex.Match(mail, @"\b\d{6}\b").Value);
            case 7:
                return new SentThing((Thing)(which % Enum.GetValues<Thing>().Length));
            default:
                // Every dialog's command, also of those that come later.
                var commands = stage.Services.GetRequiredService<Catalogue>().All.Select(entry => entry.About.Command).OfType<string>().Order(StringComparer.Ordinal).Select(command => "/" + command);
                List<string> words = [.. Words, .. commands];
                return words[which % words.Count] is ['/', .. var typed] ? new Commanded(typed) : new Said(words[which % words.Count]);
        }
    }

    private static void AssertFits(Page page)
    {
        Assert.False(string.IsNullOrWhiteSpace(page.PlainText()));
        foreach (var can in Channels)
        {
            AssertFits(Parts.Of(page, can, new PartWords("Nhắn số để chọn:", labels => $"Hoặc nhắn: {string.Join(", ", labels)}.", "Chọn:")), can);
        }
    }

    private static void AssertFits(IReadOnlyList<Part> parts, Capabilities can)
    {
        Assert.NotEmpty(parts);
        foreach (var part in parts)
        {
            Assert.All(part.Choices, choice =>
            {
                Assert.InRange(choice.Label.Length, 1, can.ButtonLength);
                Assert.True(choice.IsLink || System.Text.Encoding.UTF8.GetByteCount(choice.Data) is >= 1 and <= 64);
            });
            switch (part)
            {
                case Part.Text text:
                    Assert.InRange(text.Runs.Sum(run => run.Text.Length), 1, can.TextLength);
                    break;
                case Part.Place place:
                    Assert.False(string.IsNullOrWhiteSpace(place.Pin.Title) || string.IsNullOrWhiteSpace(place.Pin.Alt));
                    break;
                default:
                    Assert.InRange(part.InWords().Sum(run => run.Text.Length), 1, 1024);
                    break;
            }
        }
    }

    private static Task<int> HandedIn(Stage stage) => stage.Ask(async db => (await ChatCounts.In(db, default)).Requests);
}
