using System.Text.Json;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;

namespace DiaChiSo.Bot.Settings;

/// <summary>Everything that can be set, read and checked once at the start. appsettings.example.json explains each one.</summary>
public sealed record BotSettings(
    DataSettings Data, RegisterSettings Register, WebSettings Web, TelegramSettings Telegram, ZaloOaSettings ZaloOa, ZaloBotSettings ZaloBot, MailSettings Mail, PlateSettings Plates, OfficeTable Offices, ServedArea Area,
    Schemes Schemes)
{
    /// <summary>True where the operator said what a QR holds; a demo register otherwise leads to the bot's own page.</summary>
    public bool HasOwnLinkTemplate { get; private init; }

    /// <summary>The section "BotFramework".</summary>
    public BotFrameworkSettings BotFramework { get; private init; } = new();

    /// <summary>The administrative units that were loaded into the data folder, or the shipped ones: the area is checked against them.</summary>
    internal LoadedUnits Units { get; private init; } = LoadedUnits.Shipped;

    /// <param name="configuration">See <see cref="Sources"/>.</param>
    /// <param name="folder">Where a relative data folder lies; left out: units that were loaded there are not looked for.</param>
    /// <exception cref="SettingFault">The first setting that the program cannot work with.</exception>
    public static BotSettings From(IConfiguration configuration, string? folder = null)
    {
        var reader = new SettingsReader(configuration);
        var data = reader.Read<DataSettings>("Data", settings => settings.Fault());
        var units = UnitsIn(folder is null ? null : Path.Combine(folder, data.Folder));
        var web = reader.Read<WebSettings>("Web", settings => settings.Fault());
        if (configuration["Urls"] is { Length: > 0 } urls)
        {
            web.Url = urls;
            if (web.Fault() is { } line)
            {
                throw new SettingFault(line.Replace("Web:Url", "Urls"));
            }
        }
        return new BotSettings(
            data,
            reader.Read<RegisterSettings>("Register", _ => null),
            web,
            reader.Read<TelegramSettings>("Telegram", settings => settings.Fault()),
            reader.Read<ZaloOaSettings>("ZaloOa", settings => settings.Fault()),
            reader.Read<ZaloBotSettings>("ZaloBot", settings => settings.Fault()),
            reader.Read<MailSettings>("Mail", settings => settings.Fault()),
            reader.Read<PlateSettings>("Plates", settings => settings.Fault()),
            reader.Read<OfficeTable>("Offices", offices => offices.Fault(units.Units)),
            reader.Read<ServedArea>("Area", area => area.Fault(units.Units)),
            reader.Read<Schemes>("Schemes", schemes => schemes.Fault()))
        {
            BotFramework = reader.Read<BotFrameworkSettings>("BotFramework", settings => settings.Fault()),
            Units = units,
            HasOwnLinkTemplate = configuration["Plates:LinkTemplate"] is { Length: > 0 },
        };
    }

    /// <summary>
    /// Later ones win: appsettings.json of the folder, environment variables (Mail__Host, and DiaChiSo__Mail__Host where another program
    /// reads the same name), the command line (--Mail:Host=…).
    /// </summary>
    /// <exception cref="SettingFault">appsettings.json cannot be read.</exception>
    public static void Sources(IConfigurationBuilder configuration, string folder, IReadOnlyList<string> commandLine)
    {
        configuration.Sources.Clear();
        var file = Path.Combine(folder, "appsettings.json");
        CheckFile(file);
        configuration
            .AddJsonFile(file, optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables("DiaChiSo__")
            .AddCommandLine([.. commandLine]);
    }

    private static LoadedUnits UnitsIn(string? dataFolder)
    {
        try
        {
            return dataFolder is null ? LoadedUnits.Shipped : LoadedUnits.In(dataFolder);
        }
        catch (Exception fault) when (fault is UnitTableFault or IOException or UnauthorizedAccessException)
        {
            throw new SettingFault($"Data:Folder: {fault.Message}");
        }
    }

    private static void CheckFile(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new SettingFault("appsettings.json: an object in braces is wanted, see appsettings.example.json.");
            }
        }
        catch (JsonException fault)
        {
            // The parser's own message may quote a part of a secret.
            throw new SettingFault($"appsettings.json: line {fault.LineNumber + 1} is not JSON; compare it with appsettings.example.json.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingFault("appsettings.json: the file cannot be read; give its owner the right to (for example chmod 600).");
        }
    }
}
