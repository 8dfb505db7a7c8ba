using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Register;
using DiaChiSo.Tests.Chats;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Audit;

/// <summary>The audit cannot be changed through the database, and a change made around it is found.</summary>
public sealed class TheChain : IAsyncLifetime
{
    private static readonly AddressCode Somewhere = new("3260600012");
    private Stage stage = null!;

    public async ValueTask InitializeAsync() => stage = await Stage.Open();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task What_was_written_is_whole()
    {
        await Write(3);
        await Write(2);
        var found = await Verify();
        Assert.True(found.IsWhole);
        Assert.Equal(5, found.Count);
        Assert.StartsWith("5-", found.Head.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_audit_is_whole() => Assert.Equal(new AuditFinding(0, new AuditHead(0, ""), null, true), await Verify());

    [Theory]
    [InlineData("UPDATE Audit SET PersonId = 99 WHERE Id = 2")]
    [InlineData("DELETE FROM Audit WHERE Id = 2")]
    public async Task The_database_refuses_a_change(string sql)
    {
        await Write(3);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => Run(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.True((await Verify()).IsWhole);
    }

    [Theory]
    [InlineData("UPDATE Audit SET PersonId = 99 WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET At = At + 1 WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET Act = 'SawContact' WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET Address = NULL WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET Number = 'YC26-000009' WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET \"By\" = 'Review' WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET Through = 'zalo-oa' WHERE Id = 3", 3)]
    [InlineData("DELETE FROM Audit WHERE Id = 3", 4)]
    [InlineData("INSERT INTO Audit (Id, At, Act, \"By\", Through, Hash) SELECT 6, At, Act, \"By\", Through, Hash FROM Audit WHERE Id = 5", 6)]
    public async Task A_change_made_around_it_is_found(string sql, long brokenAt)
    {
        await Write(5);
        await DropTheGuard();
        await Run(sql);
        var found = await Verify();
        Assert.Equal(brokenAt, found.BrokenAt);
        Assert.Equal(brokenAt == 4 ? 2 : brokenAt - 1, found.Count);
        Assert.False(found.IsWhole);
    }

    [Fact]
    public async Task Rows_cut_off_the_end_are_found_by_the_head_that_was_noted()
    {
        await Write(5);
        var noted = (await Verify()).Head;
        await Write(1);
        Assert.True((await Verify(noted)).IsWhole);
        await DropTheGuard();
        await Run("DELETE FROM Audit WHERE Id >= 5");
        Assert.True((await Verify()).IsWhole);
        Assert.False((await Verify(noted)).IsWhole);
        Assert.Equal(noted, AuditHead.Read($" {noted} "));
        Assert.Null(AuditHead.Read("5"));
    }

    [Fact]
    public async Task The_guard_is_put_back_at_the_next_start()
    {
        await Write(1);
        await DropTheGuard();
        await stage.Arrange((_, db) => AuditTrail.Guard(db, default));
        await Assert.ThrowsAsync<SqliteException>(() => Run("DELETE FROM Audit"));
    }

    [Fact]
    public async Task A_row_that_the_context_let_go_is_in_no_chain()
    {
        await stage.Arrange((_, db) =>
        {
            db.WriteAsHost(stage.Time.GetUtcNow(), AuditAct.Imported, number: "1");
            db.ChangeTracker.Clear();
            db.WriteAsHost(stage.Time.GetUtcNow(), AuditAct.Imported, number: "2");
            return Task.CompletedTask;
        });
        Assert.Equal(["2"], await stage.Ask(db => db.Set<AuditRow>().Select(row => row.Number!).ToListAsync()));
        Assert.True((await Verify()).IsWhole);
    }

    private Task Write(int rows) => stage.Arrange((_, db) =>
    {
        for (var at = 0; at < rows; at++)
        {
            db.WriteAsHost(stage.Time.GetUtcNow(), AuditAct.RequestAnswered, Somewhere, $"YC26-00000{at}");
        }
        return Task.CompletedTask;
    });

    private Task<AuditFinding> Verify(AuditHead? noted = null) => stage.Ask(db => AuditTrail.Verify(db, noted, default));

    private Task Run(string sql) => stage.Arrange((_, db) => db.Database.ExecuteSqlRawAsync(sql));

    private async Task DropTheGuard()
    {
        await Run("DROP TRIGGER Audit_UPDATE");
        await Run("DROP TRIGGER Audit_DELETE");
    }
}
