using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Tests.Host;

/// <summary><c>audit verify</c> and <c>audit list</c> on the operator's machine.</summary>
public sealed partial class TheAuditIsRead
{
    [Fact]
    public async Task It_is_listed_and_whole_and_a_change_from_outside_is_found()
    {
        using var here = new OwnFolder();
        Assert.Equal("The audit is empty.", (await here.Run("", "audit", "verify")).Output.Trim());
        _ = await here.Run("/toi\n", "chat");
        Assert.Equal(0, (await here.Run("", "grant", "reviewer", "--person", "terminal:terminal", "--area", "*")).ExitCode);
        Assert.Equal(0, (await here.Run("", "revoke", "1")).ExitCode);

        var listed = (await here.Run("", "audit", "list")).Output;
        Assert.Matches(@"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ  RoleRevoked  1  host\n20\S+ \S+Z  RoleGranted  1  host\n2 rows\.$", listed.Trim());
        Assert.Equal("No rows.", (await here.Run("", "audit", "list", "--address", "32606 00012")).Output.Trim());
        Assert.Contains("1 rows.", (await here.Run("", "audit", "list", "--number", "1", "--last", "1")).Output, StringComparison.Ordinal);

        var whole = await here.Run("", "audit", "verify");
        Assert.Equal(0, whole.ExitCode);
        Assert.StartsWith("The audit is whole: 2 rows.", whole.Output, StringComparison.Ordinal);
        var head = HeadForm().Match(whole.Output).Value;
        Assert.Equal(0, (await here.Run("", "audit", "verify", "--head", head)).ExitCode);

        Sql(here, "DROP TRIGGER Audit_DELETE; DELETE FROM Audit WHERE Id = 2");
        var cut = await here.Run("", "audit", "verify", "--head", head);
        Assert.Equal(3, cut.ExitCode);
        Assert.StartsWith("The audit was cut or replaced: " + head, cut.Output, StringComparison.Ordinal);

        Sql(here, "DROP TRIGGER Audit_UPDATE; UPDATE Audit SET Number = '9'");
        var changed = await here.Run("", "audit", "verify");
        Assert.Equal(3, changed.ExitCode);
        Assert.StartsWith("The audit was changed from outside: row 1", changed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--head: what `audit verify` printed is wanted", "verify", "--head", "abc")]
    [InlineData("--address: ten figures are wanted", "list", "--address", "326")]
    [InlineData("--person: the code that the person sees", "list", "--person", "1-AAAA")]
    public async Task What_cannot_be_read_is_said_in_one_line(string begins, params string[] args)
    {
        using var here = new OwnFolder();
        var run = await here.Run("", ["audit", .. args]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith(begins, run.Error, StringComparison.Ordinal);
    }

    private static void Sql(OwnFolder here, string sql)
    {
        using var db = new SqliteConnection($"Data Source={Path.Combine(here.Data, "diachiso.db")};Pooling=false");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"\d+-\S+$", RegexOptions.Multiline)]
    private static partial Regex HeadForm();
}
