using System.Text.Json;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary><c>lookup</c>: for programs one JSON object a line, for people words.</summary>
public class TheLookupExplains
{
    [Fact]
    public async Task A_line_in_is_a_JSON_object_out_and_no_register_is_made()
    {
        using var here = new OwnFolder();
        var (code, output, error) = await here.Run("xã Mường Báng, Tủa Chùa\n\n32606 12345\nxin chào\n", "lookup", "--json");
        Assert.Equal((0, ""), (code, error));
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["unit", "none", "code", "none"], answers.Select(answer => answer.GetProperty("kind").GetString()));
        Assert.All(answers, answer => Assert.Equal(JsonValueKind.Array, answer.GetProperty("matches").ValueKind));
        Assert.All(answers, answer => Assert.True(answer.GetProperty("elapsed_us").GetDouble() >= 0));
        Assert.False(Directory.Exists(here.Data));
    }

    [Fact]
    public async Task People_are_told_why_and_personal_figures_are_not_repeated()
    {
        using var here = new OwnFolder();
        var (_, output, _) = await here.Run("", "lookup", "Sam Mứn", "3269912345", "0912345678", "011203004567", "sn 15 to 3", "R8XV+46 Tủa Chùa");
        Assert.Contains("may be old xã Sam Mứn 03355 -> new xã Thanh An 03352", output, StringComparison.Ordinal);
        Assert.Contains("32699 is no commune's postal code", output, StringComparison.Ordinal);
        Assert.Contains("house: 15", output, StringComparison.Ordinal);
        Assert.Contains("a guess", output, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", output, StringComparison.Ordinal);
        Assert.DoesNotContain("011203004567", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_a_register_it_is_searched()
    {
        using var here = new OwnFolder(withDemo: true);
        var (_, first, _) = await here.Run("", "grants");
        Assert.Contains("No grants", first, StringComparison.Ordinal);
        var (code, output, _) = await here.Run("", "lookup", "--json", "thôn Háng Khúa, xã Sín Chải", "21.8474, 103.3438");
        Assert.Equal(0, code);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("matches")).ToList();
        Assert.All(answers, matches => Assert.InRange(matches.GetArrayLength(), 1, 5));
        Assert.True(answers[1][0].GetProperty("metres").GetDouble() <= answers[1][answers[1].GetArrayLength() - 1].GetProperty("metres").GetDouble());
    }

    [Fact]
    public async Task A_file_that_is_no_index_is_said_to_be_none()
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", "lookup", "--register", Path.Combine(here.Path, "appsettings.json"), "xã Mường Báng");
        Assert.Equal(1, code);
        Assert.Contains("no index", error, StringComparison.Ordinal);
    }
}
