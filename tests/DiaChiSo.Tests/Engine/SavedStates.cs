using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Engine;

/// <summary>Saved state has a version; what today's program does not know keeps what it can and asks again, politely (design.md §2).</summary>
public sealed class SavedStates
{
    [Theory]
    [InlineData("""{"v":1,"stack":[{"dialog":"Welcome","version":1,"state":"ShowingMenu"},{"dialog":"GoneForGood","version":1,"state":"Asking"}],"past":[],"offered":[],"offeredAt":7}""")]
    [InlineData("""{"v":1,"stack":[{"dialog":"Welcome","version":1},{"dialog":"LookUp","version":99,"state":"Bogus","draft":{"query":"x"}}],"offeredAt":7}""")]
    [InlineData("""{"v":0,"stack":[],"unknown":{"deep":[1,2,3]}}""")]
    [InlineData("{}")]
    public async Task An_unknown_state_is_answered_with_a_question_that_can_be_answered(string saved)
    {
        await using var stage = await Stage.Open();
        await stage.ConversationOf("an");
        await stage.Arrange(async (_, db) => (await db.Conversations.SingleAsync()).State = saved);

        await stage.Deliver("an", "1", new Said("😀"));

        var page = Assert.Single(stage.Delivered).Value.Page;
        Assert.NotEmpty(page.Choices);
        Assert.Equal(saved.Contains("Bogus", StringComparison.Ordinal) || saved.Contains("GoneForGood", StringComparison.Ordinal), page.PlainText().Contains("nâng cấp", StringComparison.Ordinal));
    }
}
