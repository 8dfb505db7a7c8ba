using DiaChiSo.Core.Register;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Engine;

/// <summary>
/// Every state × every kind of input gives a visible reply. The states are those that the golden chats pass through, each with the draft it really
/// has there; a page that no chat reaches is named.
/// </summary>
public sealed class Liveness
{
    private static readonly Lazy<Task<IReadOnlyDictionary<(string, string), Standing>>> Passed = new(WalkAllChats);

    public static TheoryData<string, string> Pages
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (dialog, state) in AllDialogs.Pages)
            {
                all.Add(dialog, state);
            }
            return all;
        }
    }

    /// <summary>Every kind of thing that can come in, at least once.</summary>
    private static readonly Incoming[] Kinds =
    [
        new Said("asdf qwer zxcv"), new Said("😀"), new Said(""), new Said("   "), new Said("999"), new Said("0"), new Said("3260600012"), new Said("9999999999"),
        new Said("001098001234"), new Said("0912000001"), new Said("an@example.invalid"), new Said("21.8563, 103.3291"), new Said("xin chào"), new Said("cảm ơn"),
        new Said(new string('a', 2_000)), new Said("huỷ"), new Said("quay lại"), new Said("/khongco"), new Said("<b>&amp;</b> {query} **x** `y`"), new Said("\u202Eabc\u200B"),
        new Commanded("menu"), new Commanded("huy"), new Commanded("quaylai"), new Commanded("tracuu"), new Commanded("tracuu", "3260600012"), new Commanded("tieptuc"), new Commanded("mo", "nowhere"),
        new SharedPlace(new GeoPoint(21.8563, 103.3291), 12), new SharedPlace(new GeoPoint(21.8563, 103.3291), 80), new SharedPlace(new GeoPoint(0, 0)),
        new SharedPlace(new GeoPoint(21.8563, 103.3291), 12, PlaceKind.LiveStart), new SharedPlace(new GeoPoint(21.8563, 103.3291), null, PlaceKind.Venue, "Chợ"),
        new SharedContact("0912000001", "An", true), new SharedContact("0912000002", "Bình", false), new SentPhoto("photo"), new SentPhoto("photo", "32606 00012"),
        new SentPhoto("qr:3260600012"), new SentPhoto("none"), new SentPhoto("several", "đây ạ"), new SentPhoto("foreign"), new SentPhoto("broken"), new SentPhoto("lost"),
        .. Enum.GetValues<Thing>().Select(thing => new SentThing(thing)),
        new Arrived(), new Arrived("3260600012"), new Arrived("tracuu"), new Arrived("rác"),
        new Pressed("t0.0"), new Pressed("t999999.0"), new Pressed("t0.0", "ticket"), new Pressed("rubbish", "ticket"), new Pressed("dnowhere", "ticket"),
    ];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_kind_of_input_gets_a_visible_reply(string dialog, string state)
    {
        var passed = await Passed.Value;
        Assert.True(passed.TryGetValue((dialog, state), out var standing), $"no golden chat passes through {dialog}.{state}");
        await using var stage = await Stage.OpenCopyOf(standing.File, standing.Now);
        var row = await stage.ConversationOf(standing.Who);
        var wordsPassedOn = await stage.Ask(db => db.Set<TicketWord>().CountAsync());
        foreach (var language in Texts.Languages)
        {
            foreach (var incoming in Kinds)
            {
                await stage.Arrange(async (_, db) =>
                {
                    var conversation = await db.Conversations.SingleAsync(found => found.Id == row.Id);
                    (conversation.State, conversation.Turn, conversation.Language) = (row.State, row.Turn, language);
                });
                var before = stage.Delivered.Count;
                var toastsBefore = stage.Toasts.Count;
                await stage.Deliver(standing.Who, stage.NewKey(), incoming);
                var what = $"{incoming.GetType().Name} in {dialog}.{state} ({language})";

                if (incoming is Pressed { Ticket: not null, Data: not "dnowhere" })
                {
                    Assert.True(stage.Delivered.Count == before, $"{what}: a stale press has no page");
                    Assert.True(stage.Toasts.Count == toastsBefore + 1 && stage.Toasts[^1].Length > 0, $"{what}: no toast");
                    continue;
                }
                var shown = stage.Delivered.OrderBy(page => page.Key).Skip(before).Where(page => page.Value.Who == standing.Who).Select(page => page.Value.Page).ToList();
                if (shown.Count == 0 && IsQuiet(dialog, state))
                {
                    // Where people talk to each other the bot is quiet, but what was said must be on its way to the other one.
                    var passedOn = await stage.Ask(db => db.Set<TicketWord>().CountAsync());
                    Assert.True(passedOn > wordsPassedOn || incoming is SharedPlace { Kind: PlaceKind.LiveUpdate }, $"{what}: silence, and nobody was told");
                    wordsPassedOn = passedOn;
                    continue;
                }
                Assert.True(shown.Count > 0, $"{what}: silence");
                Assert.All(shown, page => Assert.False(string.IsNullOrWhiteSpace(page.PlainText()), $"{what}: an empty page"));
            }
        }
    }

    private static bool IsQuiet(string dialog, string state) => AllDialogs.Standing(dialog, state).KeepsQuiet;

    private sealed record Standing(string File, string Who, DateTimeOffset Now);

    private static async Task<IReadOnlyDictionary<(string, string), Standing>> WalkAllChats()
    {
        var passed = new Dictionary<(string, string), Standing>();
        foreach (var path in ChatFiles.Paths)
        {
            await using var stage = await Stage.Open();
            var replay = new Replay(stage, Weather.Calm)
            {
                AfterTurn = async (who, talk) =>
                {
                    var here = (talk.Top.Dialog, talk.Top.State!);
                    if (!passed.ContainsKey(here))
                    {
                        passed[here] = new Standing(await stage.CopyStore(), who, stage.Time.GetUtcNow());
                    }
                },
            };
            await replay.Play(ChatFile.Read(path));
        }
        return passed;
    }
}
