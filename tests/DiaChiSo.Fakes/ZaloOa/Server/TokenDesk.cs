using System.Security.Cryptography;
using System.Text;

namespace DiaChiSo.Fakes.ZaloOa.Server;

/// <summary>Codes, access and refresh tokens. A refresh token and a code are good once.</summary>
internal sealed class TokenDesk(FakeZaloOaOptions options)
{
    private static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> access = [];
    private readonly Dictionary<string, DateTimeOffset> refresh = [];
    private readonly Dictionary<string, (string Challenge, DateTimeOffset Until)> codes = [];

    public (string Access, string Refresh) Issue()
    {
        lock (gate)
        {
            return IssueInside();
        }
    }

    /// <summary>What the operator's browser is sent back with after the consent.</summary>
    public string Consent(string challenge)
    {
        lock (gate)
        {
            var code = New("CODE");
            codes[code] = (challenge, options.Clock.GetUtcNow() + CodeLives);
            return code;
        }
    }

    /// <summary>Takes every token back, as when the operator ends the application's rights.</summary>
    public void RevokeAll()
    {
        lock (gate)
        {
            access.Clear();
            refresh.Clear();
        }
    }

    /// <exception cref="OaRefusal">-14020 for a token that was used or is over.</exception>
    public (string Access, string Refresh) Renew(string? token)
    {
        lock (gate)
        {
            if (token is null || !refresh.Remove(token, out var until) || until <= options.Clock.GetUtcNow())
            {
                throw new OaRefusal(-14020, "Refresh token is expired or used");
            }
            if (options.OldTokensDieAtOnce)
            {
                access.Clear();
            }
            return IssueInside();
        }
    }

    /// <exception cref="OaRefusal">-118 for a code that was used, is over, or was asked for by somebody else.</exception>
    public (string Access, string Refresh) Exchange(string? code, string? verifier)
    {
        lock (gate)
        {
            if (code is null || !codes.Remove(code, out var asked) || asked.Until <= options.Clock.GetUtcNow()
                || asked.Challenge != Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? ""))).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
            {
                throw new OaRefusal(-118, "Authorization code is expired or used");
            }
            return IssueInside();
        }
    }

    /// <exception cref="OaRefusal">-216 for none or one that was never given, -220 for one that is over.</exception>
    public void Check(string? token)
    {
        lock (gate)
        {
            if (token is null || !access.TryGetValue(token, out var until))
            {
                throw new OaRefusal(-216, "Access token is invalid");
            }
            if (until <= options.Clock.GetUtcNow())
            {
                throw new OaRefusal(-220, "access_token is expired or removed");
            }
        }
    }

    private (string Access, string Refresh) IssueInside()
    {
        var now = options.Clock.GetUtcNow();
        var pair = (New("AT"), New("RT"));
        access[pair.Item1] = now + options.AccessLives;
        refresh[pair.Item2] = now + options.RefreshLives;
        return pair;
    }

    private static string New(string kind) => $"FAKE{kind}{Convert.ToHexString(RandomNumberGenerator.GetBytes(20))}";
}

/// <summary>Calls in any sixty seconds.</summary>
internal sealed class RateWindow(FakeZaloOaOptions options)
{
    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> calls = [];

    /// <summary>Counts a call; returns how many are left, below 0 where it was one too many.</summary>
    public int Take()
    {
        lock (gate)
        {
            var now = options.Clock.GetUtcNow();
            while (calls.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromMinutes(1))
            {
                calls.Dequeue();
            }
            if (calls.Count >= options.CallsPerMinute)
            {
                return -1;
            }
            calls.Enqueue(now);
            return options.CallsPerMinute - calls.Count;
        }
    }
}
