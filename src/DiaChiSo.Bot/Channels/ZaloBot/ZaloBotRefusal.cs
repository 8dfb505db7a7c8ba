namespace DiaChiSo.Bot.Channels.ZaloBot;

/// <summary>What a refusal of the platform asks of us.</summary>
internal enum RefusalKind
{
    /// <summary>A long poll without news (408): no fault at all.</summary>
    Empty,

    /// <summary>This message will never be taken.</summary>
    Never,

    /// <summary>Later, perhaps when it says.</summary>
    Later,

    /// <summary>The person wants no messages, or is no longer there.</summary>
    Gone,

    /// <summary>The plan is used up: the operator must buy more, or wait.</summary>
    UsedUp,

    /// <summary>The token is not (or no longer) good: the operator.</summary>
    Token,
}

/// <summary>
/// The platform said no: <c>{"ok":false,"error_code":…,"description":…}</c>, whatever the HTTP status was (channels.md §2b). Only 400, 401 and 408
/// are documented; the rest is read as such codes are meant everywhere, and is in the README's list of what is untried.
/// </summary>
internal sealed class ZaloBotRefusal(int code, string description, TimeSpan? retryAfter) : Exception($"the Zalo Bot Platform answered {code}")
{
    public int Code => code;

    /// <summary>Where it said when to come again.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    public RefusalKind Kind => code switch
    {
        408 => RefusalKind.Empty,
        401 => RefusalKind.Token,
        _ when IsOfQuota => RefusalKind.UsedUp,
        400 or 413 => RefusalKind.Never,
        403 => RefusalKind.Gone,
        _ => RefusalKind.Later,
    };

    // How the platform says that a month's messages are gone is not documented; these words are looked for, and the words themselves go nowhere.
    private bool IsOfQuota => code is 402 or 403 or 429 && (description.Contains("quota", StringComparison.OrdinalIgnoreCase) || description.Contains("exceed", StringComparison.OrdinalIgnoreCase)
        || description.Contains("monthly", StringComparison.OrdinalIgnoreCase));
}
