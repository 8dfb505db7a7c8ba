using DiaChiSo.Bot.Workers;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DiaChiSo.Tests.Host;

public sealed class OldRowsGo
{
    [Fact]
    public async Task What_has_no_more_use_is_deleted_after_its_time_and_what_still_waits_stays()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("An", "1", new Arrived());
        var conversation = await stage.ConversationOf("An");
        var now = stage.Time.GetUtcNow();
        await stage.Arrange((_, db) =>
        {
            db.AddRange(
                new OutboxRow { ConversationId = conversation.Id, Body = "waits", CreatedAt = now, NotBefore = now.AddYears(1) },
                new MailRow { MessageId = "sent", To = "", Subject = "", Body = "", CreatedAt = now, Status = RowStatus.Done },
                new MailRow { MessageId = "waits", To = "a@example.vn", Subject = "", Body = "", CreatedAt = now, NotBefore = now.AddYears(1) },
                new DraftRow { PersonId = conversation.PersonId, Dialog = "LookUp", Stack = "[]", SavedAt = now },
                new Door { Id = "closed", Dialog = "LookUp", Input = "null", About = "1", CreatedAt = now, ClosedAt = now },
                new Door { Id = "open", Dialog = "LookUp", Input = "null", About = "1", CreatedAt = now });
            return Task.CompletedTask;
        });
        var worker = new RetentionWorker(
            stage.Services.GetRequiredService<IServiceScopeFactory>(), stage.Services.GetRequiredService<WriteGate>(), stage.Time, NullLogger<RetentionWorker>.Instance);

        stage.Time.Advance(Limits.InboxKept - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await worker.Sweep(TestContext.Current.CancellationToken));
        stage.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(3, await worker.Sweep(TestContext.Current.CancellationToken));
        Assert.Equal((0, 1, "waits"), await stage.Ask(async db => (await db.Inbox.CountAsync(), await db.Outbox.CountAsync(), (await db.Mails.SingleAsync()).MessageId)));

        stage.Time.Advance(Limits.DraftsKept);
        Assert.Equal(2, await worker.Sweep(TestContext.Current.CancellationToken));
        Assert.Equal((0, "open"), await stage.Ask(async db => (await db.Drafts.CountAsync(), (await db.Doors.SingleAsync()).Id)));
    }
}
