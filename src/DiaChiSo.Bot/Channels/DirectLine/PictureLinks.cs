using System.Security.Cryptography;
using System.Text.Json;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// The addresses of pictures and files in the log of a conversation. What is to be drawn stands sealed in the address itself: nobody can make
/// or read one, nothing is kept, and a phone loads each picture once. (A data URI would go over a poor network again with every replay; an
/// address that ends after ten minutes would leave holes in the talk.)
/// </summary>
public sealed class PictureLinks(Secrets secrets, Drawings drawings)
{
    public const string Path = "/v3/directline/pictures/";

    /// <summary>Behind the address: with white on both sides.</summary>
    public const string Wide = "?wide=true";

    private const int LongestLink = 6_000;

    private readonly IDataProtector protector = secrets.For("DirectLine.Picture.v1");

    /// <summary>"/v3/directline/pictures/…": of our own origin; a client on another one gets it with scheme and host.</summary>
    public string PathOf(Block block) => Path + WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(WithoutWords(block), Saved.Json)));

    /// <summary>The picture or file; null when the link is not ours.</summary>
    internal DrawnFile? Draw(string link)
    {
        try
        {
            return link.Length <= LongestLink && JsonSerializer.Deserialize<Block>(protector.Unprotect(WebEncoders.Base64UrlDecode(link)), Saved.Json) is { } block
                ? drawings.FileOf(block)
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    // The words beside it are in the activity; here they would only make the address longer.
    private static Block WithoutWords(Block block) => block switch
    {
        Picture picture => picture with { Alt = "" },
        Document document => document with { Alt = "" },
        _ => block,
    };
}
