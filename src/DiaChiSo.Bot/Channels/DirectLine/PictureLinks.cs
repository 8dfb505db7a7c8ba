using System.Security.Cryptography;
using System.Text.Json;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// The addresses of pictures. What is to be drawn stands sealed in the address itself: nobody can make or read one, nothing is kept,
/// and a phone loads each picture once. (A data URI would go over a poor network again with every replay.)
/// </summary>
public sealed class PictureLinks(Secrets secrets, PlateSettings plates)
{
    public const string Path = "/v3/directline/pictures/";

    private const int LongestLink = 6_000;

    private readonly IDataProtector protector = secrets.For("DirectLine.Picture.v1");

    /// <summary>"/v3/directline/pictures/…": of our own origin; a client on another one gets it with scheme and host.</summary>
    public string PathOf(Picture picture) =>
        Path + WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Drawing(picture.Kind, picture.Argument))));

    /// <summary>The picture as PNG; null when the link is not ours.</summary>
    public byte[]? Draw(string link)
    {
        try
        {
            var drawing = link.Length <= LongestLink ? JsonSerializer.Deserialize<Drawing>(protector.Unprotect(WebEncoders.Base64UrlDecode(link))) : null;
            return drawing?.Kind switch
            {
                "qr" => QrCode.Png(new AddressCode(drawing.Argument), plates),
                "sketch" => SketchArgument.Draw(drawing.Argument),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Drawing(string Kind, string Argument);
}
