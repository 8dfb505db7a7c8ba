using System.Text.RegularExpressions;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary><c>grant</c>, <c>revoke</c>, <c>grants</c>: on the operator's machine, to the person who read out a code.</summary>
public sealed partial class RolesAreGiven
{
    [Fact]
    public async Task Who_reads_out_the_code_gets_the_role_is_told_and_loses_it_when_it_is_revoked()
    {
        using var here = new OwnFolder();
        var code = await CodeOf(here, "chat");
        var granted = await here.Run("", "grant", "collaborator", "--person", code, "--area", "03226,03217", "--until", "2099-01-31");
        Assert.Equal((0, ""), (granted.ExitCode, granted.Error));
        Assert.StartsWith($"Granted. 1: collaborator, {code} (terminal), Tủa Chùa, Sín Chải [03217,03226]", granted.Output, StringComparison.Ordinal);

        var told = (await here.Run("/toi\n", "chat")).Output;
        Assert.Contains("Đến hết ngày: 31/01/2099", told, StringComparison.Ordinal);
        Assert.Contains("Cộng tác viên: Tủa Chùa, Sín Chải (→ 31/01/2099)", told, StringComparison.Ordinal);

        Assert.Contains("1 grants.", (await here.Run("", "grants")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Revoked. 1: ", (await here.Run("", "revoke", "1")).Output, StringComparison.Ordinal);
        Assert.Equal("No grants.", (await here.Run("", "grants")).Output.Trim());
        Assert.Contains("revoked 20", (await here.Run("", "grants", "--all")).Output, StringComparison.Ordinal);
        var after = (await here.Run("/toi\n", "chat")).Output;
        Assert.Contains("thu lại", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Cộng tác viên: ", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_the_same_role_again_leaves_one_of_them_running()
    {
        using var here = new OwnFolder();
        _ = await CodeOf(here, "chat");
        Assert.Equal(0, (await here.Run("", "grant", "reviewer", "--person", "terminal:terminal", "--area", "*")).ExitCode);
        Assert.Equal(0, (await here.Run("", "grant", "reviewer", "--person", "terminal:terminal", "--area", "*", "--until", "2099-01-31")).ExitCode);
        var grants = (await here.Run("", "grants")).Output;
        Assert.Contains("1 grants.", grants, StringComparison.Ordinal);
        Assert.StartsWith("2: reviewer", grants, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--person: nobody has this code", "grant", "reviewer", "--person", "1-AAAA", "--area", "*")]
    [InlineData("--person: nobody has this code", "grant", "reviewer", "--person", "1", "--area", "*")]
    [InlineData("--person: nobody has this code", "grant", "reviewer", "--person", "telegram:5", "--area", "*")]
    [InlineData("--email: nobody has verified this e-mail", "grant", "reviewer", "--email", "a@example.vn", "--area", "*")]
    [InlineData("--person or --email: one of the two is wanted", "grant", "reviewer", "--area", "*")]
    [InlineData("--area: 99999 is no commune of today", "grant", "reviewer", "--person", "terminal:terminal", "--area", "03217,99999")]
    [InlineData("--area: codes of communes are wanted", "grant", "reviewer", "--person", "terminal:terminal", "--area", ",")]
    [InlineData("--until: a day is wanted", "grant", "reviewer", "--person", "terminal:terminal", "--area", "*", "--until", "soon")]
    [InlineData("--until: that day is over", "grant", "reviewer", "--person", "terminal:terminal", "--area", "*", "--until", "2020-01-31")]
    [InlineData("There is no running grant 7", "revoke", "7")]
    public async Task What_cannot_be_given_is_said_in_one_line_and_nothing_is_given(string begins, params string[] args)
    {
        using var here = new OwnFolder();
        _ = await CodeOf(here, "chat");
        var (code, _, error) = await here.Run("", args);
        Assert.Equal(1, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Equal("No grants.", (await here.Run("", "grants", "--all")).Output.Trim());
    }

    [Theory]
    [InlineData("boss")]
    [InlineData("1")]
    public async Task A_role_that_there_is_not_is_not_given(string role)
    {
        using var here = new OwnFolder();
        Assert.Equal(1, (await here.Run("", "grant", role, "--person", "terminal:terminal", "--area", "*")).ExitCode);
        Assert.False(Directory.Exists(here.Data));
    }

    [Fact]
    public void A_letter_misheard_makes_the_code_nobodys_and_another_installation_reads_no_code_of_ours()
    {
        var ours = new PersonCodes(new Secrets(new EphemeralDataProtectionProvider(), new byte[32]));
        var theirs = new PersonCodes(new Secrets(new EphemeralDataProtectionProvider(), [.. Enumerable.Repeat((byte)1, 32)]));
        var code = ours.Of(17);
        Assert.True(ours.TryRead(code.ToLowerInvariant().Replace("-", " - ", StringComparison.Ordinal), out var person));
        Assert.Equal(17, person);
        Assert.False(ours.TryRead("18" + code[2..], out _));
        Assert.False(ours.TryRead(code[..^1] + (code[^1] == 'A' ? 'B' : 'A'), out _));
        Assert.False(theirs.TryRead(code, out _));
        Assert.Equal(1_000, Enumerable.Range(1, 1_000).Select(id => ours.Of(id)).Distinct().Count());
    }

    private static async Task<string> CodeOf(OwnFolder here, params string[] chat) => Code().Match((await here.Run("/toi\n", chat)).Output).Value;

    [GeneratedRegex("[0-9]+-[A-Z]{4}")]
    private static partial Regex Code();
}
