using DiaChiSo.Core.Audit;
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
            [("3260600012", AuditAct.SawContact, Right.Confirm), ("3260600012", AuditAct.SawWholeContact, Right.Confirm)],
            await RowsAfter("ConfirmAddress", "the-phone"));

    [Fact]
    public async Task A_reviewer_leaves_a_row_with_each_request_opened() =>
        Assert.Equal(
            [
                ("YC26-000001", AuditAct.SawContact, Right.Review), ("YC26-000001", AuditAct.SawWholeContact, Right.Review),
                ("3260700099", AuditAct.SawContact, Right.Confirm),
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

    private static async Task<List<(string?, AuditAct, Right)>> RowsAfter(string dialog, string chat)
    {
        await using var stage = await Stage.Open();
        await Play(stage, dialog, chat);
        return await Rows(stage);
    }

    private static Task<string> Play(Stage stage, string dialog, string chat) =>
        new Replay(stage, Weather.Calm).Play(ChatFile.Read(Path.Combine(ChatFiles.Root, "dialogs", dialog, "chats", chat + ".chat")));

    private static async Task<List<(string?, AuditAct, Right)>> Rows(Stage stage) =>
        [.. (await stage.Ask(db => db.Set<AuditRow>().Where(row => row.Act == AuditAct.SawContact || row.Act == AuditAct.SawWholeContact).OrderBy(row => row.Id).ToListAsync()))
            .Select(row => (row.Address?.ToString() ?? row.Number, row.Act, row.By))];
}
