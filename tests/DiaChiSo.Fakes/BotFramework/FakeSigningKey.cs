using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.BotFramework;

/// <summary>A key that tokens are signed with, and the channels that it speaks for. Tokens are put together by hand, so that bad ones can be made too.</summary>
public sealed class FakeSigningKey(string kid, params string[] endorsements) : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);

    public string Kid => kid;

    public JsonObject Jwk()
    {
        var key = rsa.ExportParameters(false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = kid, ["x5t"] = kid, ["n"] = Base64Url(key.Modulus!), ["e"] = Base64Url(key.Exponent!) };
        if (endorsements.Length > 0)
        {
            jwk["endorsements"] = new JsonArray([.. endorsements.Select(name => (JsonNode)name)]);
        }
        return jwk;
    }

    /// <param name="claims">As they are.</param>
    /// <param name="algorithm">RS256, none, or HS256 (with the public key as its secret, an old trick).</param>
    /// <param name="saysKid">The key that the header names; null: none.</param>
    public string Token(JsonObject claims, string algorithm = "RS256", string? saysKid = "")
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        if (saysKid is not null)
        {
            header["kid"] = saysKid.Length == 0 ? kid : saysKid;
        }
        var signed = $"{Base64Url(header)}.{Base64Url(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return signed + "." + algorithm switch
        {
            "RS256" => Base64Url(rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "RS512" => Base64Url(rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            "PS256" => Base64Url(rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            "HS256" => Base64Url(HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), bytes)),
            _ => "",
        };
    }

    public void Dispose() => rsa.Dispose();

    private static string Base64Url(JsonObject json) => Base64Url(Encoding.UTF8.GetBytes(json.ToJsonString(new JsonSerializerOptions())));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
