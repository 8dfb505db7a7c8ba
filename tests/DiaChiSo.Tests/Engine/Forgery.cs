using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Engine;

/// <summary>A press counts only while its dialog runs, on the page last shown, for the person to whom it was offered (design.md §2).</summary>
public sealed class Forgery
{
    [Fact]
    public async Task A_press_on_an_older_page_changes_nothing_and_says_so_in_a_toast()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", "1", new Said("Đội 5, Mường Báng"));
        var old = PageOf(stage, "an").Choices[0].Data;
        await stage.Deliver("an", "2", new Said("háng khúa"));
        var before = (await stage.ConversationOf("an")).State;

        await stage.Deliver("an", "3", new Pressed(old, "ticket"));

        Assert.Equal(before, (await stage.ConversationOf("an")).State);
        Assert.Contains("Nút này đã cũ", Assert.Single(stage.Toasts));
        Assert.Equal(2, stage.Delivered.Count);
    }

    [Fact]
    public async Task Where_a_channel_has_no_toasts_the_line_is_said_once_and_the_question_is_not_repeated()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", "1", new Said("/tracuu"));
        await stage.Deliver("an", "2", new Pressed("t0.0"));

        var page = PageOf(stage, "an");
        Assert.Contains("Nút này đã cũ", page.PlainText());
        Assert.Empty(page.Choices);
    }

    [Fact]
    public async Task A_double_tap_counts_once()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", "1", new Said("Đội 5, Mường Báng"));
        var choice = PageOf(stage, "an").Choices[0].Data;

        await stage.Deliver("an", "2", new Pressed(choice, "first"));
        var shown = stage.Delivered.Count;
        await stage.Deliver("an", "3", new Pressed(choice, "second"));

        Assert.Equal(shown, stage.Delivered.Count);
        Assert.Single(stage.Toasts);
    }

    [Fact]
    public async Task Somebody_elses_door_reads_like_one_that_does_not_exist()
    {
        await using var stage = await Stage.Open();
        var an = await stage.ConversationOf("an");
        await stage.Arrange((_, db) =>
        {
            db.Doors.Add(new Door { Id = "hers", PersonId = an.PersonId, Dialog = "LookUp", Input = """{"words":"3260600012"}""", About = "x", CreatedAt = stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });

        await stage.Deliver("binh", "1", new Pressed("dhers", "ticket"));
        var hers = PageOf(stage, "binh").PlainText();
        await stage.Deliver("binh", "2", new Pressed("dnowhere", "ticket"));
        var nowhere = PageOf(stage, "binh").PlainText();
        await stage.Deliver("an", "3", new Pressed("dhers", "ticket"));

        Assert.Equal(First(nowhere), First(hers));
        Assert.DoesNotContain("Thử Nghiệm", hers);
        Assert.Contains("32606 00012", PageOf(stage, "an").PlainText());

        static string First(string text) => text.Split('\n')[0];
    }

    [Fact]
    public async Task A_right_taken_back_is_gone_at_the_next_message_in_mid_dialog_too()
    {
        await using var stage = await Stage.Open();
        await Givens.Arrange(stage, "an", "collaborator *");
        await stage.Deliver("an", "1", new Commanded("thongbao"));
        Assert.Equal("ConfirmAddress", (await stage.ConversationOf("an")).Open().Top.Dialog);

        await Givens.Arrange(stage, "an", "revoked");
        await stage.Deliver("an", "2", new Said("3260600012"));

        Assert.DoesNotContain((await stage.ConversationOf("an")).Open().Stack, frame => frame.Dialog == "ConfirmAddress");
        Assert.Contains("đã hết hoặc đã được thu lại", stage.Delivered.OrderBy(page => page.Key).Last().Value.Page.PlainText());
    }

    [Fact]
    public async Task A_hundred_thousand_letters_are_cut_at_the_door()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", "1", new Said(new string('ă', 100_000)));

        Assert.Contains("dài quá", PageOf(stage, "an").PlainText());
    }

    [Fact]
    public async Task What_a_person_typed_is_not_readable_in_the_file()
    {
        await using var stage = await Stage.Open();
        const string canary = "Chim hoàng yến ở bản Không Đâu";
        await stage.Deliver("an", "1", new Said(canary));
        Assert.Contains(canary, PageOf(stage, "an").PlainText());

        var file = await File.ReadAllBytesAsync(await stage.CopyStore(), TestContext.Current.CancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(file);
        Assert.DoesNotContain(canary, text);
        Assert.DoesNotContain("Chim ho", text);
        // The check can fail: what is not sealed is found the same way.
        Assert.Contains("Thử Nghiệm", text);
    }

    private static Page PageOf(Stage stage, string who) => stage.Delivered.Where(page => page.Value.Who == who).OrderBy(page => page.Key).Last().Value.Page;
}
