namespace DiaChiSo.Fakes.Telegram;

/// <summary>What a test may choose before the fake starts.</summary>
public sealed record FakeTelegramOptions
{
    /// <summary><c>bot id:35 characters</c>, as BotFather gives it. Made up; opens nothing.</summary>
    public string Token { get; init; } = "123456:FAKE-token-that-opens-nothing-00000";

    public string BotName { get; init; } = "Bot Địa chỉ số";

    public string BotUsername { get; init; } = "diachiso_demo_bot";

    /// <summary>0 = any free port. The fault program may want the same port again after a restart.</summary>
    public int Port { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public int FirstUpdateId { get; init; } = 900_001;

    public long FirstPersonId { get; init; } = 700_000_001;

    /// <summary>On by default, as at BotFather: in groups the bot hears commands, mentions of itself and replies to itself only.</summary>
    public bool GroupPrivacy { get; init; } = true;

    /// <summary>How long a callback query can be answered. Telegram gives no number; its queue keeps one for 150 s.</summary>
    public TimeSpan CallbackLifetime { get; init; } = TimeSpan.FromSeconds(150);

    public FloodLimits Flood { get; init; } = new();

    /// <summary>Seed of everything random (ids, jitter of the longest retry), so that a failing run can be run again.</summary>
    public int Seed { get; init; } = 20261122;

    /// <summary>For tests that send wrong requests on purpose. Otherwise the fake's end throws when there was one that the Bot API's schema does not allow.</summary>
    public bool AllowsMisfits { get; init; }

    /// <summary>Default (real) deadline of every <c>WaitFor</c>.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Messages allowed in a window. Telegram says that its numbers are not fixed: a bot must obey <c>retry_after</c>, not count.
/// An album counts once. Edits, toasts and chat actions do not count.
/// </summary>
public sealed record FloodLimits(int PerChatPerSecond = 1, int PerGroupPerMinute = 20, int OverallPerSecond = 30)
{
    /// <summary>No limit at all.</summary>
    public static FloodLimits None { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);
}
