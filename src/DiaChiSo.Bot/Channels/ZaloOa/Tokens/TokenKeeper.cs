using DiaChiSo.Bot.Health;

namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>There is no token to call Zalo with until an operator has logged in.</summary>
internal sealed class NeedsLogin() : Exception("an operator must log in to Zalo");

/// <summary>
/// The access token that is good now. A refresh token can be used once, so there is one renewal at a time (a lock in this process, a claim in
/// the database between processes; behind both the pair is read again), and the new pair is on disk before anybody uses it.
/// </summary>
internal sealed partial class TokenKeeper(TokenStore store, OAuth oauth, Pulses pulses, TimeProvider time, ILogger<TokenKeeper> log)
{
    private const string About = "login";
    private const string WhatToDo = "Zalo gives no tokens any more: run `DiaChiSo.Bot zalo login` on this machine; answers wait until then.";

    // Longer than the longest call, so that a claim ends only with a process that died.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeforeItsEnd = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly string me = Guid.NewGuid().ToString("N");

    // The refresh token that Zalo refused: asking again with the same one is of no use.
    private string? refused;

    // A pair that the disk did not take yet. The one before it is used up, so this one must not be lost.
    private TokenPair? unsaved;

    /// <summary>The access token for a call.</summary>
    /// <exception cref="NeedsLogin">There is none.</exception>
    /// <exception cref="HttpRequestException">It must be renewed, and Zalo was not reached.</exception>
    public async Task<string> Access(CancellationToken ct)
    {
        var pair = await store.Read(ct);
        if (pair is not null && pair.AccessUntil - BeforeItsEnd > time.GetUtcNow())
        {
            if (pair.Refresh != refused)
            {
                // Somebody has logged in since.
                AllClear();
            }
            return pair.Access;
        }
        return (await Renew(pair?.Access, ct)).Access;
    }

    /// <summary>Another token than the one that Zalo did not take; somebody else's renewal will do.</summary>
    /// <exception cref="NeedsLogin">Zalo refuses to renew.</exception>
    public async Task<string> AccessInsteadOf(string used, CancellationToken ct) => (await Renew(used, ct)).Access;

    /// <summary>Renews where it is time to. Returns when to look again.</summary>
    public async Task<DateTimeOffset> Tend(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (await store.Read(ct))
        {
            case null:
                CallForLogin(0, "nobody has logged in yet");
                return now + TimeSpan.FromSeconds(10);
            case var pair when pair.Refresh == refused:
                return now + TimeSpan.FromSeconds(10);
            case var pair when pair.RenewAt <= now:
                var next = await Renew(pair.Access, ct);
                return next.RenewAt;
            case var pair:
                AllClear();
                return pair.RenewAt;
        }
    }

    private async Task<TokenPair> Renew(string? used, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            while (true)
            {
                var now = await store.Read(ct);
                if (now is not null && now.Access != used && now.AccessUntil > time.GetUtcNow())
                {
                    AllClear();
                    return now;
                }
                if (unsaved is null && CannotBeRenewed(now))
                {
                    throw new NeedsLogin();
                }
                if (await store.Claim(me, Lease, ct))
                {
                    break;
                }
                await Task.Delay(LookAgain, time, ct);
            }
            try
            {
                return await RenewClaimed(used, ct);
            }
            finally
            {
                await store.Release(me, CancellationToken.None);
            }
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<TokenPair> RenewClaimed(string? used, CancellationToken ct)
    {
        if (unsaved is not null)
        {
            return await KeepFirst(unsaved);
        }
        // Between the look and the claim somebody may have been through.
        var pair = await store.Read(ct);
        if (pair is not null && pair.Access != used && pair.AccessUntil > time.GetUtcNow())
        {
            return pair;
        }
        if (CannotBeRenewed(pair))
        {
            throw new NeedsLogin();
        }
        try
        {
            // Not the caller's token: a call that is given up half-way would lose the pair that it was answered with.
            return await KeepFirst(await oauth.Renew(pair!.Refresh, CancellationToken.None));
        }
        catch (OAuthRefused refusal)
        {
            refused = pair!.Refresh;
            CallForLogin(refusal.Error, refusal.Meaning);
            throw new NeedsLogin();
        }
    }

    private bool CannotBeRenewed(TokenPair? pair)
    {
        if (pair is null)
        {
            CallForLogin(0, "nobody has logged in yet");
        }
        return pair is null || pair.Refresh == refused;
    }

    // On disk before anybody uses it: a program that is killed in between finds it there.
    private async Task<TokenPair> KeepFirst(TokenPair next)
    {
        unsaved = next;
        await store.Keep(next, CancellationToken.None);
        unsaved = null;
        refused = null;
        AllClear();
        LogRenewed(next.AccessUntil);
        return next;
    }

    private void AllClear() => pulses.Of(ZaloLine.Channel).AllClear(About);

    private void CallForLogin(int error, string meaning)
    {
        if (pulses.Of(ZaloLine.Channel).Alarm(About, WhatToDo))
        {
            LogLogin(error, meaning);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Zalo's tokens were renewed; good until {Until:u}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "Zalo gives no tokens ({Error}: {Meaning}). Run `DiaChiSo.Bot zalo login` on this machine; answers wait until then")]
    private partial void LogLogin(int error, string meaning);
}
