using System.Reflection;
using System.Text.Json;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Tests.Chats;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary>A broken setting stops the program with one line that names it; the value, which may be a secret, is not in it.</summary>
public sealed class SettingsAreChecked
{
    [Theory]
    [InlineData("--Data:Folder=", "Data:Folder: ")]
    [InlineData("--Data:Folder=/proc/nowhere", "Data:Folder: ")]
    [InlineData("--Data:Foldr=x", "Data:Foldr: there is no such setting; Data knows Folder")]
    [InlineData("--Register:Demo=perhaps", "Register:Demo: true or false is wanted, for example false")]
    [InlineData("--Web:Url=5080", "Web:Url: ")]
    [InlineData("--Web:Url=ftp://127.0.0.1:5080", "Web:Url: ")]
    [InlineData("--Web:Url=http://198.51.100.7:5080", "Web:Url: ")]
    [InlineData("--urls=nonsense", "Urls: ")]
    [InlineData("--Web:PublicUrl=diachiso", "Web:PublicUrl: ")]
    [InlineData("--Web:Secret=secret-value", "Web:Secret: ")]
    [InlineData("--Web:AllowedOrigins=https://xa.example.vn/path", "Web:AllowedOrigins: ")]
    [InlineData("--Web:MapLinkTemplate=https://map.example.vn/", "Web:MapLinkTemplate")]
    [InlineData("--Web:TokensPerMinute=many", "Web:TokensPerMinute: a whole number is wanted, for example 60")]
    [InlineData("--Web:MessagesPerMinute=0", "Web:MessagesPerMinute: ")]
    [InlineData("--Telegram:Token=secret-value", "Telegram:Token: this is not a bot token; copy the whole line that BotFather gave, for example 123456789:ABC")]
    [InlineData("--Mail:Port=secret-value", "Mail:Port: a whole number is wanted, for example 587")]
    [InlineData("--Mail:Port=0", "Mail:Port: ")]
    [InlineData("--Mail:Security=secret-value", "Mail:Security: one of StartTls, Tls, None is wanted")]
    [InlineData("--Mail:Host=not a host", "Mail:Host: ")]
    [InlineData("--Mail:Host=smtp.example.vn", "Mail:From: ")]
    [InlineData("--Mail:From=nobody", "Mail:From: ")]
    [InlineData("--Mail:User=secret-value", "Mail:Password: ")]
    [InlineData("--Area:Communes=99999", "Area:Communes")]
    [InlineData("--Area:Communes=,", "Area:Communes")]
    [InlineData("--Plates:LinkTemplate=https://diachiso.example/", "Plates:LinkTemplate")]
    public async Task A_broken_setting_stops_the_program_with_one_line(string setting, string begins)
    {
        using var here = new OwnFolder();
        var (code, output, error) = await here.Run("", setting);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("secret-value", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Telegram:ApiUrl=nowhere", "Telegram:ApiUrl: ")]
    [InlineData("--Telegram:WebhookUrl=http://diachiso.example.vn/telegram", "Telegram:WebhookUrl: ")]
    [InlineData("--Telegram:WebhookUrl=https://diachiso.example.vn/telegram", "Telegram:WebhookSecret: ")]
    public async Task With_a_token_what_belongs_to_it_is_checked_as_well(string setting, string begins)
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", "--Telegram:Token=123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678", setting);
        Assert.Equal(2, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Offices:Table:xa:Name: the name as people read it is wanted", "xa:Name=")]
    [InlineData("Offices:Table:xa:Name: the name as people read it is wanted", "xa:Name={long}")]
    [InlineData("Offices:Table:xa:Contact: at most 200 letters", "xa:Contact={long}")]
    [InlineData("Offices:Table:xa:Communes: codes of today's communes are wanted", "xa:Communes=,")]
    [InlineData("Offices:Table:xa:Communes: 99999 is no commune of today's list", "xa:Communes=99999")]
    [InlineData("Offices:Table:xa:Communes: xb works for the same commune", "xb:Name=B", "xb:Communes=03217")]
    [InlineData("Offices:Table:xa:ReportsTo: one of the offices in Offices:Table is wanted", "xa:ReportsTo=nobody")]
    [InlineData("Offices:Table:xa:ReportsTo: xb is a commune's office", "xb:Name=B", "xb:Communes=03226", "xa:ReportsTo=xb")]
    [InlineData("Offices:Table:c:ReportsTo: the offices report to each other in a circle", "c:Name=C", "c:Tier=Coordinating", "c:Communes=*", "c:ReportsTo=p", "p:Name=P", "p:Tier=Province", "p:Communes=*", "p:ReportsTo=c")]
    [InlineData("Offices:Table:xa:Hours: days and times are wanted, for example Mon-Fri 07:30-11:30", "xa:Hours=always")]
    [InlineData("Offices:Table:xa:Hours: days and times are wanted", "xa:Hours=Mon-Fri 11:30-07:30")]
    [InlineData("Offices:Table:xa:Tier: one of Commune, Coordinating, PostOffice, Province is wanted", "xa:Tier=District")]
    [InlineData("Offices:Table:xa:Phone: there is no such setting", "xa:Phone=1")]
    [InlineData("Offices:DataKeeper: one of the offices in Offices:Table is wanted, here: xa", "../DataKeeper=nobody")]
    [InlineData("Offices:Hours: days and times are wanted", "../Hours=9 to 5")]
    [InlineData("Offices:AnswerWithinHours: hours of office time from 1 to 80 are wanted", "../AnswerWithinHours=0")]
    [InlineData("Offices:Holidays: days are wanted", "../Holidays=Tết")]
    public async Task An_office_that_cannot_be_is_said_in_one_line(string begins, params string[] settings)
    {
        using var here = new OwnFolder();
        string[] right = ["--Offices:Table:xa:Name=A", "--Offices:Table:xa:Communes=03217"];
        var given = settings.Select(setting => ("--Offices:Table:" + setting).Replace("Table:../", "", StringComparison.Ordinal).Replace("{long}", new string('a', 1_000), StringComparison.Ordinal));
        var (code, _, error) = await here.Run("", [.. right, .. given]);
        Assert.Equal(2, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_password_never_goes_over_the_network_in_clear()
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", "--Mail:Host=smtp.example.vn", "--Mail:From=a@example.vn", "--Mail:Security=None", "--Mail:User=a", "--Mail:Password=b");
        Assert.Equal(2, code);
        Assert.StartsWith("Mail:Security: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Mail\": { \"Password\": \"secret-value\" \"Host\": 1 } }", "appsettings.json: line 1 is not JSON")]
    [InlineData("[]", "appsettings.json: an object in braces is wanted")]
    [InlineData("{ \"Mail\": { \"Port\": \"many\" } }", "Mail:Port: ")]
    [InlineData("{ \"Mail\": { \"Port\": { \"a\": 1 } } }", "Mail:Port: ")]
    public async Task A_broken_file_of_settings_stops_the_program_with_one_line(string json, string begins)
    {
        using var here = new OwnFolder();
        await File.WriteAllTextAsync(Path.Combine(here.Path, "appsettings.json"), json, TestContext.Current.CancellationToken);
        var (code, _, error) = await here.Run("");
        Assert.Equal(2, code);
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task An_unknown_command_is_not_taken_for_a_setting()
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("", "serv");
        Assert.Equal(1, code);
        Assert.Contains("'serv'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(here.Data));
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_the_environment_before_the_file()
    {
        using var here = new OwnFolder();
        File.WriteAllText(Path.Combine(here.Path, "appsettings.json"), """{ "Mail": { "Port": 1, "User": "file", /* a comment */ "Password": "file", } }""");
        Environment.SetEnvironmentVariable("DiaChiSo__Mail__Port", "2");
        Environment.SetEnvironmentVariable("Mail__User", "environment");
        try
        {
            Assert.Equal((2, "environment", "file"), Read([]));
            Assert.Equal((3, "environment", "file"), Read(["--Mail:Port=3"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DiaChiSo__Mail__Port", null);
            Environment.SetEnvironmentVariable("Mail__User", null);
        }

        (int, string?, string?) Read(string[] commandLine)
        {
            var configuration = new ConfigurationBuilder();
            BotSettings.Sources(configuration, here.Path, commandLine);
            var mail = BotSettings.From(configuration.Build()).Mail;
            return (mail.Port, mail.User, mail.Password);
        }
    }

    [Fact]
    public void The_example_explains_every_setting_and_can_be_used_as_it_is()
    {
        var example = Path.Combine(ChatFiles.Root, "appsettings.example.json");
        using var here = new OwnFolder();
        File.Copy(example, Path.Combine(here.Path, "appsettings.json"), overwrite: true);
        var configuration = new ConfigurationBuilder();
        BotSettings.Sources(configuration, here.Path, []);
        Assert.NotNull(BotSettings.From(configuration.Build()));

        var text = File.ReadAllText(example);
        var areas = typeof(BotSettings).GetProperties().Where(area => area.PropertyType.IsClass && area.PropertyType != typeof(Type)).ToList();
        Assert.True(areas.Count >= 6);
        foreach (var area in areas)
        {
            Assert.Contains($"\"{area.Name}\"", text, StringComparison.Ordinal);
            foreach (var setting in area.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(setting => setting.SetMethod?.IsPublic == true))
            {
                Assert.True(text.Contains($"\"{setting.Name}\"", StringComparison.Ordinal), $"{area.Name}:{setting.Name} is not explained");
            }
        }
        using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Assert.Equal(JsonValueKind.Object, parsed.RootElement.ValueKind);
    }
}
