using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Bot;

/// <summary>The part of an address of ours that nobody can guess. Only its hash is kept, so that who reads the database cannot open it.</summary>
internal static class LinkId
{
    private const int Bytes = 16;

    /// <summary>128 random bits as Base64Url, <see cref="Length"/> characters.</summary>
    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    public const int Length = 22;

    /// <summary>64 hexadecimal figures.</summary>
    public static string HashOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
