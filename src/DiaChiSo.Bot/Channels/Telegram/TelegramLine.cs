using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Bot.Settings;
using Telegram.Bot;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>
/// The line to the Bot API. Its HttpClient is its own and writes nothing down: the token stands in the URL of every call. Retrying is the
/// outbox's business, so the client's own is off (Telegram.Bot waits out a 429 inside the call otherwise).
/// </summary>
internal sealed class TelegramLine : IDisposable
{
    public const string Channel = "telegram";

    /// <summary>The note that keeps the bot's name for links.</summary>
    public const string NameNote = "name";

    private readonly HttpClient http;

    public TelegramLine(TelegramSettings settings)
    {
        // Longer than the longest poll.
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(90) };
        Client = new TelegramBotClient(new TelegramBotClientOptions(settings.Token!, settings.ApiUrl is { Length: > 0 } url ? url : null) { RetryCount = 0 }, http);
        BotKey = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(settings.Token!)).AsSpan(0, 8));
    }

    public TelegramBotClient Client { get; }

    /// <summary>Names this bot in our own notes without telling its token: a file id is good for one bot only (Bot API, "Sending files").</summary>
    public string BotKey { get; }

    /// <summary>The bot's name without @; null until Telegram was reached.</summary>
    public string? Username { get; set; }

    /// <summary>The way into the private chat.</summary>
    public string? PrivateLink => Username is null ? null : $"https://t.me/{Username}";

    public void Dispose() => http.Dispose();
}
