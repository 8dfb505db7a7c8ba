namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>What Zalo gave: the access token opens the account for about a day, the refresh token makes the next pair, once.</summary>
/// <param name="Access">Goes with every call.</param>
/// <param name="Refresh">Single use, three months.</param>
/// <param name="GivenAt">UTC.</param>
/// <param name="AccessUntil">UTC.</param>
internal sealed record TokenPair(string Access, string Refresh, DateTimeOffset GivenAt, DateTimeOffset AccessUntil)
{
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromHours(20);

    public static readonly TimeSpan RefreshLives = TimeSpan.FromDays(90);

    /// <summary>About 20 hours in (channels.md §2a), sooner where a token lives shorter than Zalo's 25 hours.</summary>
    public DateTimeOffset RenewAt
    {
        get
        {
            var most = (AccessUntil - GivenAt) * 0.8;
            return GivenAt + (most < RenewedAfter ? most : RenewedAfter);
        }
    }

    // Tokens never reach a log by way of a record's own words.
    public override string ToString() => $"tokens of {GivenAt:yyyy-MM-dd HH:mm}Z";
}
