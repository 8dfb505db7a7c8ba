namespace DiaChiSo.Fakes.ZaloBot;

/// <summary>What a test may choose before the fake starts.</summary>
public sealed record FakeZaloBotOptions
{
    /// <summary><c>number:letters</c>, as Zalo Bot Creator gives it. Made up; opens nothing.</summary>
    public string Token { get; init; } = "1459232241454765289:FAKE-token-that-opens-nothing";

    public string BotName { get; init; } = "bot.DiaChiSo";

    /// <summary>Events come inside <c>{"ok":true,"result":…}</c> on the webhook (as documented) instead of bare (as observed).</summary>
    public bool Enveloped { get; init; }

    /// <summary>A poll gives all that waits as an array instead of one event.</summary>
    public bool PollsGiveArrays { get; init; }

    /// <summary>Errors come with HTTP 200, so that a bot that looks at the status and not at <c>ok</c> is found out.</summary>
    public bool ErrorsAreHttp200 { get; init; } = true;

    /// <summary>The plan's messages a month; more are refused.</summary>
    public int MonthlyMessages { get; init; } = 3_000;

    /// <summary>What is said while nobody polls is kept for this (real) time and then lost: there is no queue for a bot that is down.</summary>
    public TimeSpan KeptWithoutAPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Real time that the WaitFor family waits.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>UTC; stamps messages.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
