using System.Text.RegularExpressions;

namespace DiaChiSo.Bot.Settings;

/// <summary>The section "Telegram".</summary>
public sealed partial class TelegramSettings
{
    /// <summary>What BotFather gave; null or empty: no Telegram.</summary>
    [Example("123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678")]
    public string? Token { get; set; }

    public bool IsOn => !string.IsNullOrEmpty(Token);

    public string? Fault() =>
        IsOn && !TokenShape().IsMatch(Token!)
            ? "Telegram:Token: this is not a bot token; copy the whole line that BotFather gave, for example 123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ012345678."
            : null;

    [GeneratedRegex(@"^\d{3,20}:[A-Za-z0-9_-]{20,100}$")]
    private static partial Regex TokenShape();
}
