namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>What a test may choose before the fake starts. All numbers, names and secrets are made up and open nothing.</summary>
public sealed record FakeZaloOaOptions
{
    public string AppId { get; init; } = "360846524940903967";

    public string AppSecret { get; init; } = "FAKE-app-secret-that-opens-nothing";

    /// <summary>Signs what is brought to the webhook; another one than the application's secret.</summary>
    public string OaSecretKey { get; init; } = "FAKE-oa-secret-that-signs-events";

    public string OaId { get; init; } = "388613280878808645";

    /// <summary>0 = any free port.</summary>
    public int Port { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Calls of an application in any sixty seconds.</summary>
    public int CallsPerMinute { get; init; } = 4_000;

    public TimeSpan AccessLives { get; init; } = TimeSpan.FromSeconds(90_000);

    public TimeSpan RefreshLives { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Whether a renewal ends the old access token at once. Zalo does not say; a bot must live with both.</summary>
    public bool OldTokensDieAtOnce { get; init; } = true;

    /// <summary>Whether the account's own messages come back as <c>oa_send_…</c>, and receipts behind them, as with a live account.</summary>
    public bool Echoes { get; init; } = true;

    /// <summary>How long a webhook has to answer, in real time. Zalo's two seconds; a test about something else on a busy machine may give more.</summary>
    public TimeSpan WebhookPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Default (real) deadline of every <c>WaitFor</c>.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
