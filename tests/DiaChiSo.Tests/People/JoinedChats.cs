using System.Reflection;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.People;

/// <summary>Two chats of one person: what follows, what stays as it was written, and that no table is forgotten. The talk itself: LinkChats/chats.</summary>
public sealed class JoinedChats : IAsyncLifetime
{
    private Stage stage = null!;

    public async ValueTask InitializeAsync() => stage = await Stage.Open();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Every_column_that_names_a_person_says_whether_it_follows()
    {
        var columns = await stage.Ask(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => (property.ClrType == typeof(long) || property.ClrType == typeof(long?))
                && (property.Name.EndsWith("PersonId", StringComparison.Ordinal) || property.Name.EndsWith("By", StringComparison.Ordinal)))
            .Select(property => property.PropertyInfo!).ToList()));
        Assert.True(columns.Count >= 10);
        Assert.All(columns, column => Assert.True(column.GetCustomAttribute<OfPersonAttribute>() is not null, $"{column.DeclaringType!.Name}.{column.Name} has no [OfPerson]"));
        Assert.Contains(columns, column => column.GetCustomAttribute<OfPersonAttribute>() is { Follows: false });
    }

    [Fact]
    public async Task What_is_theirs_follows_and_who_saw_or_decided_stays_as_it_was_written()
    {
        var (zalo, web) = (await stage.ConversationOf("Zalo"), await stage.ConversationOf("Web"));
        await Givens.Arrange(stage, "Web", "consent");
        await Givens.Arrange(stage, "Web", "email dan@example.invalid");
        await Givens.Arrange(stage, "Web", "sent-new Nhà sàn Hoa Ban");
        await Givens.Arrange(stage, "Web", "collaborator 03217");
        await stage.Arrange((_, db) =>
        {
            db.AddToAudit(new AuditRow { PersonId = web.PersonId, Act = AuditAct.SawContact, Through = "test", At = stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
        await Join("Zalo", "Web");

        Assert.Equal(zalo.PersonId, (await stage.ConversationOf("Web")).PersonId);
        Assert.Equal(zalo.PersonId, await stage.Ask(db => db.Set<Request>().Select(row => row.PersonId).SingleAsync()));
        Assert.Equal(zalo.PersonId, await stage.Ask(db => db.Grants.Select(row => row.PersonId).SingleAsync()));
        Assert.Equal(zalo.PersonId, await stage.Ask(db => db.Set<Consent>().Select(row => row.PersonId).SingleAsync()));
        Assert.Equal(web.PersonId, await stage.Ask(db => db.Set<AuditRow>().Where(row => row.Act == AuditAct.SawContact).Select(row => row.PersonId).SingleAsync()));
        var (kept, left) = await stage.Ask(async db => (await db.People.SingleAsync(row => row.Id == zalo.PersonId), await db.People.SingleAsync(row => row.Id == web.PersonId)));
        Assert.Equal("dan@example.invalid", kept.Email);
        Assert.Null(left.Email);
        Assert.Equal(zalo.PersonId, left.JoinedTo);
    }

    [Fact]
    public async Task A_verified_email_of_the_one_who_showed_the_code_is_not_overwritten()
    {
        await Givens.Arrange(stage, "Zalo", "email zalo@example.invalid");
        await Givens.Arrange(stage, "Web", "email web@example.invalid");
        await Join("Zalo", "Web");
        var person = (await stage.ConversationOf("Zalo")).PersonId;
        Assert.Equal("zalo@example.invalid", await stage.Ask(db => db.People.Where(row => row.Id == person).Select(row => row.Email).SingleAsync()));
    }

    [Fact]
    public async Task A_reviewer_who_joins_the_chat_of_a_requester_cannot_decide_that_request()
    {
        await Givens.Arrange(stage, "Citizen", "consent");
        await Givens.Arrange(stage, "Citizen", "email dan@example.invalid");
        await Givens.Arrange(stage, "Citizen", "sent-new Nhà sàn Hoa Ban");
        await Givens.Arrange(stage, "Reviewer", "reviewer 03217");
        await Join("Reviewer", "Citizen");
        var reviewer = (await stage.ConversationOf("Reviewer")).PersonId;
        var number = await stage.Ask(db => db.Set<Request>().Select(row => row.Number).SingleAsync());
        RequestOutcome? outcome = null;
        await stage.Arrange((services, db) => new ClaimRequest(number, told => outcome = told)
            .Apply(new EffectScope(db, new TurnContext(reviewer, 0, "vi", stage.Time.GetUtcNow(), "test"), services), default));
        Assert.NotNull(outcome);
        Assert.False(outcome.IsDone);
    }

    [Fact]
    public async Task A_chat_that_was_taken_off_is_not_written_to_any_more_by_what_was_on_its_way()
    {
        await Join("Zalo", "Web");
        var (zalo, web) = (await stage.ConversationOf("Zalo"), await stage.ConversationOf("Web"));
        await stage.Arrange((_, db) =>
        {
            db.Outbox.Add(new OutboxRow { ConversationId = web.Id, Body = "{}", CreatedAt = stage.Time.GetUtcNow(), NotBefore = stage.Time.GetUtcNow().AddDays(1) });
            return Task.CompletedTask;
        });
        await stage.Arrange((services, db) => new PartChat(web.Id).Apply(new EffectScope(db, new TurnContext(zalo.PersonId, zalo.Id, "vi", stage.Time.GetUtcNow(), "chat"), services), default));
        Assert.NotEqual(zalo.PersonId, (await stage.ConversationOf("Web")).PersonId);
        Assert.Equal(RowStatus.Parked, await stage.Ask(db => db.Outbox.Where(row => row.ConversationId == web.Id).OrderByDescending(row => row.Id).Select(row => row.Status).FirstAsync()));
    }

    [Fact]
    public async Task Nobody_takes_off_a_chat_that_is_not_theirs()
    {
        var (an, other) = (await stage.ConversationOf("An"), await stage.ConversationOf("Other"));
        await stage.Arrange((services, db) => new PartChat(other.Id).Apply(new EffectScope(db, new TurnContext(an.PersonId, an.Id, "vi", stage.Time.GetUtcNow(), "chat"), services), default));
        Assert.Equal(other.PersonId, (await stage.ConversationOf("Other")).PersonId);
    }

    private async Task Join(string shows, string types)
    {
        await stage.ConversationOf(shows);
        await stage.Deliver(shows, stage.NewKey(), new Commanded("lienket"));
        await stage.Deliver(shows, stage.NewKey(), new Said("Lấy mã để nối"));
        await stage.Deliver(types, stage.NewKey(), new Commanded("lienket", "KXMTABAC"));
        await stage.Deliver(types, stage.NewKey(), new Said("Nối hai chat"));
        Assert.Equal((await stage.ConversationOf(shows)).PersonId, (await stage.ConversationOf(types)).PersonId);
    }
}
