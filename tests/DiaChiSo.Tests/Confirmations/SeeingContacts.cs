using DiaChiSo.Core.People;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Confirmations;

/// <summary>Who sees somebody's contact leaves a row (design.md §5), and nobody else sees it.</summary>
public sealed class SeeingContacts
{
    [Fact]
    public async Task A_collaborator_leaves_a_row_when_the_visit_begins_and_one_for_the_whole_phone() =>
        Assert.Equal(
            [("3260600012", AccessKind.Contact, "ConfirmAddress"), ("3260600012", AccessKind.FullContact, "ConfirmAddress")],
            await RowsAfter("ConfirmAddress", "the-phone"));

    [Fact]
    public async Task A_reviewer_leaves_a_row_with_each_request_opened() =>
        Assert.Equal(
            [
                ("YC26-000001", AccessKind.Contact, "Review"), ("YC26-000001", AccessKind.FullContact, "Review"),
                ("3260700099", AccessKind.Contact, "ConfirmAddress"),
            ],
            await RowsAfter("Review", "a-new-address"));

    [Fact]
    public async Task Who_may_not_confirm_here_sees_nothing_and_leaves_no_row()
    {
        await using var stage = await Stage.Open();
        var said = await Play(stage, "ConfirmAddress", "without-the-right");

        Assert.DoesNotContain("Người Thử", said, StringComparison.Ordinal);
        Assert.Empty(await Rows(stage));
    }

    private static async Task<List<(string, AccessKind, string)>> RowsAfter(string dialog, string chat)
    {
        await using var stage = await Stage.Open();
        await Play(stage, dialog, chat);
        return await Rows(stage);
    }

    private static Task<string> Play(Stage stage, string dialog, string chat) =>
        new Replay(stage, Weather.Calm).Play(ChatFile.Read(Path.Combine(ChatFiles.Root, "dialogs", dialog, "chats", chat + ".chat")));

    private static async Task<List<(string, AccessKind, string)>> Rows(Stage stage) =>
        [.. (await stage.Ask(db => db.Set<AccessRow>().OrderBy(row => row.Id).ToListAsync())).Select(row => (row.About, row.Kind, row.Dialog))];
}
