using DiaChiSo.Core.Audit;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.DataRights;

/// <summary>What is left of a person who had their data deleted. The talk itself: EraseData/chats.</summary>
public sealed class DataErased : IAsyncLifetime
{
    private RequestDesk desk = null!;

    public async ValueTask InitializeAsync() => desk = await RequestDesk.Open();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    private Stage Stage => desk.Stage;

    private async Task<Erased> Erase(string who)
    {
        Erased? erased = null;
        await RightsGivens.Do(Stage, await Stage.ConversationOf(who), new EraseMe(told => erased = told));
        return erased!;
    }

    [Fact]
    public async Task A_number_is_left_and_no_chat_leads_to_it()
    {
        var me = await desk.Id("An");
        var approved = await desk.Sent(RequestDesk.New("Một"));
        await desk.Do("Bình", tells => new ClaimRequest(approved, tells));
        await desk.Do("Bình", tells => new ApproveRequest(approved, new AddressCode("3260600098"), null, tells));
        var open = await desk.Sent(RequestDesk.New("Hai"));
        await Givens.Arrange(Stage, "An", "owner 3260600012");
        await Givens.Arrange(Stage, "An", "collaborator 03217");

        var erased = await Erase("An");
        Assert.Equal([open], erased.Requests);
        var person = await Stage.Ask(db => db.People.SingleAsync(row => row.Id == me));
        Assert.Equal((null, null, null), (person.Email, person.EmailHash, person.EmailVerifiedAt));
        Assert.NotNull(person.ErasedAt);
        Assert.NotEqual(me, await desk.Id("An"));
        Assert.False(await Stage.Ask(db => db.Conversations.AnyAsync(row => row.PersonId == me)));
        Assert.All([await desk.Row(approved), await desk.Row(open)], row => Assert.Equal((null, null, null), (row.Body.Contact, row.Body.Gate, row.Body.Name)));
        Assert.All(await Stage.Ask(db => db.Set<Consent>().Where(row => row.PersonId == me).ToListAsync()), consent => Assert.NotNull(consent.WithdrawnAt));
        Assert.All(await Stage.Ask(db => db.Grants.Where(row => row.PersonId == me).ToListAsync()), grant => Assert.NotNull(grant.RevokedAt));
        Assert.Equal(OwnershipEnd.Erased, await Stage.Ask(db => db.Set<Ownership>().Select(row => row.EndedBy).SingleAsync()));
        Assert.False(await Stage.Ask(db => db.Doors.AnyAsync(row => row.PersonId == me)));
        Assert.True(await Stage.Ask(db => db.Set<AuditRow>().AnyAsync(row => row.PersonId == me && row.Act == AuditAct.DataErased)));
    }

    [Fact]
    public async Task The_officer_gets_numbers_and_codes_and_the_answer_finds_the_chat()
    {
        var number = await desk.Sent(RequestDesk.New("Một"));
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await desk.Do("Bình", tells => new ApproveRequest(number, new AddressCode("3260600098"), null, tells));
        await Givens.Arrange(Stage, "An", "owner 3260600012");
        await Erase("An");
        var row = await Stage.Ask(db => db.Set<DataRequest>().SingleAsync());
        Assert.Equal((DataRequestKind.Delete, "03217", await desk.Id("An")), (row.Kind, row.Commune, row.PersonId));
        Assert.Equal([number], row.Concerned.Requests);
        Assert.Equal(["3260600012", "3260600098"], row.Concerned.Addresses);
    }

    [Fact]
    public async Task What_was_said_on_our_own_page_is_gone_and_its_numbers_stay()
    {
        await Stage.Arrange((_, db) =>
        {
            db.WebActivities.Add(new WebActivity { ChatKey = "An", Sequence = 1, Key = "k1", IsPersons = true, Body = "{}", At = Stage.Time.GetUtcNow() });
            db.WebActivities.Add(new WebActivity { ChatKey = "Bình", Sequence = 1, Key = "k1", IsPersons = true, Body = "{}", At = Stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
        await Erase("An");
        var said = await Stage.Ask(db => db.WebActivities.OrderBy(row => row.ChatKey).ToListAsync());
        Assert.Equal([("An", "", "k1"), ("Bình", "{}", "k1")], said.Select(row => (row.ChatKey, row.Body, row.Key)));
    }

    [Fact]
    public async Task Joined_chats_are_strangers_to_each_other_afterwards()
    {
        var an = await Stage.ConversationOf("An");
        var other = await Stage.ConversationOf("An's other");
        await Stage.Arrange(async (_, db) => (await db.Conversations.SingleAsync(row => row.Id == other.Id)).PersonId = an.PersonId);
        await Erase("An");
        Assert.NotEqual(await desk.Id("An"), await desk.Id("An's other"));
        Assert.Empty((await Stage.ConversationOf("An's other")).Open().Offered);
    }

    [Fact]
    public async Task A_request_that_waits_to_be_put_into_the_register_is_not_worked_on_any_more()
    {
        var number = await desk.Sent(RequestDesk.New("Một"));
        await Erase("An");
        Assert.Equal(RequestStatus.Withdrawn, (await desk.Row(number)).Status);
    }
}
