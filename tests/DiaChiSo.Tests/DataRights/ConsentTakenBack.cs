using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.DataRights;

/// <summary>Withdrawal stops the processing: what is in somebody's hands, what is on its way, what is half-filled. The talk itself: MyData/chats.</summary>
public sealed class ConsentTakenBack : IAsyncLifetime
{
    private static readonly string Purpose = AccountNeed.ForRequests.Purpose;
    private RequestDesk desk = null!;

    public async ValueTask InitializeAsync() => desk = await RequestDesk.Open();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    private Stage Stage => desk.Stage;

    private async Task<Stopped> TakeBack(string who)
    {
        Stopped? stopped = null;
        await RightsGivens.Do(Stage, await Stage.ConversationOf(who), new WithdrawConsent(Purpose, told => stopped = told));
        return stopped!;
    }

    [Fact]
    public async Task Open_requests_are_withdrawn_and_emptied_in_whosever_hands_they_are()
    {
        var waiting = await desk.Sent(RequestDesk.New("Một"));
        var inHand = await desk.Sent(RequestDesk.New("Hai"));
        var wanted = await desk.Sent(RequestDesk.New("Ba"));
        var settled = await desk.Sent(RequestDesk.New("Bốn"));
        await desk.Do("Bình", tells => new ClaimRequest(inHand, tells));
        await desk.Do("Bình", tells => new ClaimRequest(wanted, tells));
        await desk.Do("Bình", tells => new AskForMore(wanted, "Xin gửi lại vị trí.", tells));
        await desk.Do("Bình", tells => new ClaimRequest(settled, tells));
        await desk.Do("Bình", tells => new RejectRequest(settled, "Không đúng.", tells));

        var stopped = await TakeBack("An");
        Assert.Equal([waiting, inHand, wanted], stopped.Requests);
        foreach (var number in stopped.Requests)
        {
            var row = await desk.Row(number);
            Assert.Equal((RequestStatus.Withdrawn, null, null, null), (row.Status, row.ClaimedBy, row.Reason, row.Body.Contact));
            Assert.Null(row.Body.Gate);
            Assert.NotNull(row.EmptiedAt);
        }
        Assert.Equal(RequestStatus.Rejected, (await desk.Row(settled)).Status);
        Assert.Equal(Refusal.TooLate, (await desk.Do("Bình", tells => new ApproveRequest(inHand, new AddressCode("3260600098"), null, tells))).Refusal);
        Assert.False(await Stage.Ask(db => db.Doors.AnyAsync(door => door.About == waiting && door.ClosedAt == null)));
    }

    [Fact]
    public async Task Mails_that_wait_do_not_go_out_and_no_new_one_is_written()
    {
        var number = await desk.Sent(RequestDesk.New());
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new AskForMore(number, "Xin gửi lại vị trí.", tells));
        await desk.Verify("Dũng");
        await Stage.Arrange((_, db) =>
        {
            db.Mails.Add(new MailRow { MessageId = "other", To = "other@example.invalid", Subject = "a", Body = "b" });
            return Task.CompletedTask;
        });
        Assert.Equal(2, await Stage.Ask(db => db.Mails.CountAsync(mail => mail.Status == RowStatus.Pending)));

        await TakeBack("An");
        Assert.Equal("other", await Stage.Ask(db => db.Mails.Where(mail => mail.Status == RowStatus.Pending).Select(mail => mail.MessageId).SingleAsync()));
        Assert.Equal("", await Stage.Ask(db => db.Mails.Where(mail => mail.Status == RowStatus.Parked).Select(mail => mail.To).SingleAsync()));
        var me = await desk.Id("An");
        Assert.Null(await Stage.Ask(db => Reach.EmailFor(db, me, default)));
        Assert.NotNull(await Stage.Ask(db => new Accounts(db).EmailOf(me, default)));
    }

    [Fact]
    public async Task What_is_half_filled_goes_here_and_in_the_other_chats_but_not_the_work_of_a_duty()
    {
        var (an, other) = (await Stage.ConversationOf("An"), await Stage.ConversationOf("An's other"));
        await Stage.Deliver("An's other", Stage.NewKey(), new Commanded("themmoi"));
        await Stage.Arrange(async (_, db) =>
        {
            (await db.Conversations.SingleAsync(row => row.Id == other.Id)).PersonId = an.PersonId;
            db.Drafts.Add(new DraftRow { PersonId = an.PersonId, Dialog = "RequestNew", Stack = "[]" });
            db.Drafts.Add(new DraftRow { PersonId = an.PersonId, Dialog = "ConfirmAddress", Stack = "[]" });
        });
        Assert.Contains((await Stage.ConversationOf("An's other")).Open().Stack, frame => frame.Dialog == "RequestNew");

        await TakeBack("An");
        Assert.Single((await Stage.ConversationOf("An's other")).Open().Stack);
        Assert.Equal("ConfirmAddress", await Stage.Ask(db => db.Drafts.Select(draft => draft.Dialog).SingleAsync()));
    }

    [Fact]
    public async Task It_is_a_row_with_the_laws_deadlines_and_done_at_once_where_nothing_was_ever_sent()
    {
        await desk.Verify("Giang");
        Assert.True((await TakeBack("Giang")).Receipt!.IsDone);
        await desk.Sent(RequestDesk.New());
        var receipt = (await TakeBack("An")).Receipt!;
        Assert.Equal((false, new DateOnly(2026, 11, 24), new DateOnly(2026, 12, 7)), (receipt.IsDone, receipt.AnswerBy, receipt.DoneBy));
        // Nothing stands any more: nothing more happens.
        Assert.Null((await TakeBack("An")).Receipt);
        Assert.Equal(2, await Stage.Ask(db => db.Set<DataRequest>().CountAsync()));
    }
}
