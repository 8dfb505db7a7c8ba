using System.Text.RegularExpressions;
using DiaChiSo.Core.People;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Tests.Host;

/// <summary>What the operator does: an invite by letters, link and QR; lists of nominees in and out, each once.</summary>
public sealed partial class InvitesAndNominations
{
    private const string Titles = "Họ tên;Điện thoại;Xã;Thôn/bản;Điện thoại thông minh;Dữ liệu di động;Kỹ năng;Đồng ý";

    [Fact]
    public async Task Letters_made_here_give_the_role_in_the_chat_that_types_them_once()
    {
        using var here = new OwnFolder();
        var (code, made, _) = await here.Run("", "invite", "collaborator", "--area", "03217", "--villages", "Đội 5; Từ Ngài 1", "--until", "2099-01-31", "--qr", "qr.png");
        Assert.Equal(0, code);
        var letters = Letters().Match(made).Value;
        Assert.Equal(9, letters.Length);
        Assert.Contains($"/?start=nhanviec_{letters.Replace("-", "", StringComparison.Ordinal)}", made, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(Path.Combine(here.Path, "qr.png"), TestContext.Current.CancellationToken)).Take(4));

        var accepted = (await here.Run($"/nhanviec {letters.ToLowerInvariant()}\n1\n/toi\n", "chat")).Output;
        Assert.Contains("Tủa Chùa: Đội 5; Từ Ngài 1 (→ 31/01/2099)", accepted, StringComparison.Ordinal);
        Assert.Contains("only Đội 5; Từ Ngài 1, since", (await here.Run("", "grants")).Output, StringComparison.Ordinal);
        Assert.Contains("accepted 20", (await here.Run("", "invite", "list")).Output, StringComparison.Ordinal);
        var again = (await here.Run($"/nhanviec {letters}\n", "chat", "--as", "Other")).Output;
        Assert.DoesNotContain("Nhận việc trong chat này", again, StringComparison.Ordinal);
        Assert.Contains("There is no open invite 1", (await here.Run("", "invite", "withdraw", "1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letters_are_not_in_the_file_and_an_invite_taken_back_gives_nothing()
    {
        using var here = new OwnFolder();
        var letters = Letters().Match((await here.Run("", "invite", "reviewer", "--area", "*")).Output).Value;
        Assert.DoesNotContain(letters, (await here.Run("", "invite", "list")).Output, StringComparison.Ordinal);
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={Path.Combine(here.Data, "diachiso.db")}"));
        foreach (var file in Directory.GetFiles(here.Data, "diachiso.db*"))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(letters, text, StringComparison.Ordinal);
            Assert.DoesNotContain(letters.Replace("-", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await here.Run("", "invite", "withdraw", "1")).ExitCode);
        Assert.DoesNotContain("Nhận việc trong chat này", (await here.Run($"/nhanviec {letters}\n", "chat")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invite: a role is wanted", "invite", "--area", "03217")]
    [InlineData("--area: codes of communes are wanted", "invite", "collaborator")]
    [InlineData("--area: 99999 is no commune of today", "invite", "collaborator", "--area", "99999")]
    [InlineData("--villages: only for a collaborator in one commune", "invite", "collaborator", "--area", "03217,03226", "--villages", "Đội 5")]
    [InlineData("--villages: only for a collaborator in one commune", "invite", "reviewer", "--area", "03217", "--villages", "Đội 5")]
    [InlineData("--until: that day is over", "invite", "collaborator", "--area", "03217", "--until", "2020-01-31")]
    [InlineData("--nomination: a nomination is wanted", "invite", "--nomination", "DC26-000001")]
    public async Task What_cannot_be_an_invite_is_said_in_one_line(string begins, params string[] args)
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", args);
        Assert.Equal(1, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Equal("No invites.", (await here.Run("", "invite", "list")).Output.Trim());
    }

    [Fact]
    public async Task A_list_comes_in_and_goes_out_each_once_and_its_people_are_invited()
    {
        using var here = new OwnFolder();
        await Write(here, "ds.csv", $"{Titles}\nNguyễn Thử Một;0912 000 001;Lao Xả Phình;Thôn Háng Khúa;có;có;biểu mẫu;có\nTrần Thử Hai;0912 000 002;03217;;không;có;chưa biết;x\n");
        var dry = (await here.Run("", "nominations", "import", "ds.csv")).Output;
        Assert.Contains("Would be done with --apply: 2 named, 0 named before", dry, StringComparison.Ordinal);
        Assert.Contains("line 3: a smartphone, skill with apps missing", dry, StringComparison.Ordinal);
        Assert.Equal("No nominations.", (await here.Run("", "nominations", "list")).Output.Trim());

        Assert.Equal(0, (await here.Run("", "nominations", "import", "ds.csv", "--apply")).ExitCode);
        Assert.Contains("0 named, 2 named before and brought up to date", (await here.Run("", "nominations", "import", "ds.csv", "--apply")).Output, StringComparison.Ordinal);
        var list = (await here.Run("", "nominations", "list")).Output;
        Assert.Contains("DC", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Thử", list, StringComparison.Ordinal);
        Assert.DoesNotContain("0912", list, StringComparison.Ordinal);

        Assert.Contains("2 nominations exported", (await here.Run("", "nominations", "export", "ra.csv")).Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Path.Combine(here.Path, "ra.csv"), TestContext.Current.CancellationToken);
        Assert.Contains("Nguyễn Thử Một;0912000001;03226;Xã Sín Chải;Thôn Háng Khúa;có;có;biểu mẫu;có", text, StringComparison.Ordinal);
        Assert.Contains("Nothing new to export", (await here.Run("", "nominations", "export", "ra2.csv")).Output, StringComparison.Ordinal);
        Assert.Contains("2 nominations exported", (await here.Run("", "nominations", "export", "ra3.csv", "--all")).Output, StringComparison.Ordinal);

        var number = Number().Match(list).Value;
        Assert.Equal(0, (await here.Run("", "nominations", "trained", number)).ExitCode);
        Assert.Equal(1, (await here.Run("", "nominations", "trained", "DC99-000009")).ExitCode);
        var letters = Letters().Match((await here.Run("", "invite", "--nomination", number)).Output).Value;
        _ = await here.Run($"/nhanviec {letters}\n1\n", "chat");
        Assert.Contains($"{number}: ", (await here.Run("", "nominations", "list")).Output.Split('\n').Single(line => line.Contains("granted", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("--nomination: a nomination is wanted that waits", (await here.Run("", "invite", "--nomination", number)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_line_is_told_with_what_is_right_nobodys_data_are_repeated_and_nothing_is_changed()
    {
        using var here = new OwnFolder();
        await Write(here, "sai.csv", $"{Titles}\nNguyễn Thử Một;0912 000 001;Sín Chải;;có;có;biểu mẫu;có\nTrần Thử Hai;12;Hà Nội;;có lẽ;có;giỏi lắm;không\n");
        var (code, _, error) = await here.Run("", "nominations", "import", "sai.csv", "--apply");
        Assert.Equal(1, code);
        foreach (var wanted in new[] { "Điện thoại: a Vietnamese phone number is wanted, for example", "Xã: a commune that this bot serves is wanted", "Điện thoại thông minh: có or không", "Kỹ năng: one of", "Đồng ý: có is wanted" })
        {
            Assert.Contains($"line 3: {wanted}", error, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("line 2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Trần", error, StringComparison.Ordinal);
        Assert.Equal("No nominations.", (await here.Run("", "nominations", "list")).Output.Trim());

        await Write(here, "thieu.csv", "Họ tên;Xã\nA;B\n");
        Assert.StartsWith("line 1: a column \"dien thoai\" is wanted", (await here.Run("", "nominations", "import", "thieu.csv")).Error, StringComparison.Ordinal);
        await Write(here, "trung.csv", $"{Titles}\nNguyễn Thử Một;0912 000 001;Sín Chải;;có;có;biểu mẫu;có\nTrần Thử Hai;0912000001;Sín Chải;;có;có;biểu mẫu;có\n");
        Assert.StartsWith("line 3: this phone is named in this commune under another name", (await here.Run("", "nominations", "import", "trung.csv", "--apply")).Error, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(here.Path, "ma.csv"), [0x48, 0xE4, 0x3B, 0x0A], TestContext.Current.CancellationToken);
        Assert.Contains("this is not UTF-8", (await here.Run("", "nominations", "import", "ma.csv")).Error, StringComparison.Ordinal);
        Assert.Contains("this file cannot be read", (await here.Run("", "nominations", "import", "nowhere.csv")).Error, StringComparison.Ordinal);
        Assert.Equal("No nominations.", (await here.Run("", "nominations", "list")).Output.Trim());
    }

    [Fact]
    public void A_grant_for_some_villages_reaches_their_addresses_however_they_are_spelt_and_no_others()
    {
        var grant = new RoleGrant { Area = "03217", Villages = "Đội 5; Thôn Từ Ngài" };
        Assert.True(grant.Covers("03217"));
        Assert.True(grant.Covers("03217", "doi 5"));
        Assert.True(grant.Covers("03217", "Bản Từ Ngài"));
        Assert.False(grant.Covers("03217", "Đội 15"));
        Assert.False(grant.Covers("03217", "Tổ 5"));
        Assert.False(grant.Covers("03217", ""));
        Assert.False(grant.Covers("03226", "Đội 5"));
        Assert.True(new RoleGrant { Area = "03217" }.Covers("03217", ""));
    }

    private static Task Write(OwnFolder here, string name, string text) => File.WriteAllTextAsync(Path.Combine(here.Path, name), text, TestContext.Current.CancellationToken);

    [GeneratedRegex("[A-Z]{4}-[A-Z]{4}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"DC\d\d-\d{6}")]
    private static partial Regex Number();
}
