using System.Text.Json;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.DataProtection;

namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>Keeps the pair, sealed, in the channel's notes: every process on the database sees the same one.</summary>
internal sealed class TokenStore(ChannelNotes notes, Secrets secrets, ZaloOaSettings settings)
{
    private readonly IDataProtector seal = secrets.For("ZaloOa.Tokens.v1");

    private string Name => $"tokens {settings.AppId}";

    /// <summary>Null: nobody has logged in yet, or what was kept cannot be opened any more.</summary>
    public async Task<TokenPair?> Read(CancellationToken ct)
    {
        if (await notes.Recall(ZaloLine.Channel, Name, ct) is not { } kept)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<TokenPair>(seal.Unprotect(kept));
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>On disk when it returns.</summary>
    public Task Keep(TokenPair pair, CancellationToken ct) => notes.Keep(ZaloLine.Channel, Name, seal.Protect(JsonSerializer.Serialize(pair)), ct);

    /// <summary>One process at a time may renew. False: another one is at it.</summary>
    public Task<bool> Claim(string who, TimeSpan lease, CancellationToken ct) => notes.Claim(ZaloLine.Channel, $"renewing {settings.AppId}", who, lease, ct);

    public Task Release(string who, CancellationToken ct) => notes.Release(ZaloLine.Channel, $"renewing {settings.AppId}", who, ct);

    /// <summary>The word that proves, when the code is exchanged, that we asked for it (RFC 7636). Kept, because Zalo's console holds its challenge.</summary>
    public async Task<string> Verifier(bool fresh, CancellationToken ct)
    {
        var name = $"verifier {settings.AppId}";
        if (!fresh && await notes.Recall(ZaloLine.Channel, name, ct) is { } kept)
        {
            try
            {
                return seal.Unprotect(kept);
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                // The keys are others now: a new one.
            }
        }
        var verifier = Pkce.NewVerifier();
        await notes.Keep(ZaloLine.Channel, name, seal.Protect(verifier), ct);
        return verifier;
    }
}
