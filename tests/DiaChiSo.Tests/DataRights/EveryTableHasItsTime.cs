using DiaChiSo.Core.Store;
using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests.DataRights;

public sealed class EveryTableHasItsTime
{
    [Fact]
    public async Task Every_table_of_the_model_goes_after_a_time_or_stays_for_a_reason()
    {
        await using var stage = await Stage.Open();
        var tables = await stage.Ask(db => Task.FromResult(db.Model.GetEntityTypes().Select(entity => entity.ClrType).ToList()));
        Assert.True(tables.Count > 20);
        var ruled = Retention.Rules.Select(rule => rule.Table).ToHashSet();
        Assert.All(tables, table => Assert.True(ruled.Contains(table) || Retention.Kept.ContainsKey(table), $"{table.Name} is neither in Retention.Rules nor in Retention.Kept"));
        Assert.All(ruled.Concat(Retention.Kept.Keys), table => Assert.True(tables.Contains(table), $"{table.Name} stands in Retention and is no table"));
        Assert.Empty(ruled.Intersect(Retention.Kept.Keys));
    }

    [Fact]
    public void Every_line_says_why()
    {
        Assert.All(Retention.Rules, rule => Assert.True(rule.Why.Length > 20 && rule.Rows.Length > 5, rule.Table.Name));
        Assert.All(Retention.Kept, kept => Assert.True(kept.Value.Length > 10, kept.Key.Name));
    }

    [Fact]
    public async Task Every_rule_runs()
    {
        await using var stage = await Stage.Open();
        await stage.Arrange(async (_, db) =>
        {
            foreach (var rule in Retention.Rules)
            {
                Assert.Equal(0, await rule.Apply(db, stage.Time.GetUtcNow(), 10));
            }
        });
    }
}
