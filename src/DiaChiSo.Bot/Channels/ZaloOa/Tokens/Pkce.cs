using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>RFC 7636, S256.</summary>
internal static class Pkce
{
    /// <summary>43 letters, as Zalo wants it (43 exactly).</summary>
    public static string NewVerifier() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
