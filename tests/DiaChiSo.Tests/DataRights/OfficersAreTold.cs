using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.DataRights;

/// <summary>Nothing is lost where nobody is there, and nobody answers what is not theirs. The talk itself: DataRequests/chats.</summary>
public sealed class OfficersAreTold : IAsyncLifetime
{
    private Stage stage = null!;

    public async ValueTask InitializeAsync()
    {
        stage = await Stage.Open();
        await Givens.Arrange(stage, "An", "consent");
        await Givens.Arrange(stage, "An", "email an@example.invalid");
        await Givens.Arrange(stage, "An", "sent-new Nhà sàn Hoa Ban");
        await Givens.Arrange(stage, "An", "data-request Restrict Đừng gọi cho tôi");
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private Task<DataRequest> Row() => stage.Ask(db => db.Set<DataRequest>().AsNoTracking().SingleAsync());

    private Task<IReadOnlyList<string>> ToDo() => stage.Ask(db => DataRequestsToDo.Of(db, stage.Time.GetUtcNow(), default));

    [Fact]
    public async Task Without_an_officer_the_operator_is_told_until_there_is_one()
    {
        Assert.Contains("QL26-000001 (commune 03217)", Assert.Single(await ToDo()));
        await Givens.Arrange(stage, "Officer", "officer 03217");
        stage.Time.Advance(TimeSpan.FromHours(1));
        await stage.Settle();
        Assert.Empty(await ToDo());
        Assert.NotNull((await Row()).ToldAt);
        Assert.Single(stage.Delivered.Values, page => page.Who == "Officer");
    }

    [Fact]
    public async Task What_is_past_its_deadline_stands_in_health_and_its_officer_is_told_every_working_day()
    {
        await Givens.Arrange(stage, "Officer", "officer 03217");
        stage.Time.Advance(TimeSpan.FromHours(1));
        await stage.Settle();
        stage.Time.Advance(TimeSpan.FromDays(4));
        await stage.Settle();
        Assert.Contains("past the law's deadline: QL26-000001", Assert.Single(await ToDo()));
        var before = stage.Delivered.Count;
        for (var day = 0; day < 7; day++)
        {
            stage.Time.Advance(TimeSpan.FromDays(1));
            await stage.Settle();
        }
        Assert.Equal(5, stage.Delivered.Count - before);
    }

    [Fact]
    public async Task Nobody_answers_their_own_another_communes_or_a_settled_one()
    {
        await Givens.Arrange(stage, "An", "officer 03217");
        await Givens.Arrange(stage, "Far", "officer 03226");
        await Givens.Arrange(stage, "Reviewer", "reviewer 03217");
        await Givens.Arrange(stage, "Officer", "officer 03217");
        Assert.All([await Answer("An", DataVerdict.Done), await Answer("Far", DataVerdict.Done), await Answer("Reviewer", DataVerdict.Done)], Assert.False);
        Assert.True(await Answer("Officer", DataVerdict.Answered));
        Assert.False(await Answer("Officer", DataVerdict.Answered));
        Assert.True(await Answer("Officer", DataVerdict.Refused));
        Assert.False(await Answer("Officer", DataVerdict.Done));
        var row = await Row();
        Assert.Equal((DataRequestStatus.Refused, null), (row.Status, row.LookAt));
        Assert.Equal(2, await stage.Ask(db => db.Mails.CountAsync()));
    }

    [Fact]
    public async Task Who_asks_for_the_same_again_gets_the_number_they_have()
    {
        await Givens.Arrange(stage, "An", "data-request Restrict Vẫn đừng gọi");
        await Row();
        await Givens.Arrange(stage, "An", "data-request Object Đừng dùng e-mail");
        Assert.Equal(2, await stage.Ask(db => db.Set<DataRequest>().CountAsync()));
    }

    private async Task<bool> Answer(string who, DataVerdict verdict)
    {
        var isWritten = false;
        await RightsGivens.Do(stage, await stage.ConversationOf(who), new AnswerDataRequest("QL26-000001", verdict, "Đã xem.", told => isWritten = told));
        return isWritten;
    }
}
