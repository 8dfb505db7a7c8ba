using System.Text.Json;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>Draws a page's pictures and files at the moment they are sent: what is in the outbox is only what to draw.</summary>
public sealed class Drawings(PlateSettings plates)
{
    /// <summary>PNG, or null where there is nothing to draw: an unknown kind, an argument that no drawer reads. The picture's words stand in then.</summary>
    public byte[]? Png(Picture picture) => FileOf(picture)?.Bytes;

    /// <summary>A picture (PNG) or a file (PDF), or null where there is nothing to draw.</summary>
    public DrawnFile? FileOf(Block block)
    {
        try
        {
            return block switch
            {
                Picture { Kind: "qr" } qr => new DrawnFile(QrCode.Png(new AddressCode(qr.Argument), plates), "qr.png", "image/png"),
                // A link of our own, with the letters that do the same: "https://… KXMT-ABCD".
                Picture { Kind: "link" } link when link.Argument.Split(' ', 2) is [var url, var letters] => new DrawnFile(QrCode.Png(url, letters), "qr.png", "image/png"),
                Picture { Kind: "sketch" } sketch => new DrawnFile(SketchArgument.Draw(sketch.Argument), "sketch.png", "image/png"),
                Document { Kind: "card" } card when card.Argument.Split(' ', 2) is [var code, var line] =>
                    new DrawnFile(AddressCard.Pdf(new AddressCode(code), line, plates), $"dia-chi-so-{code}.pdf", "application/pdf"),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same key is the same picture or file, so that a channel need not send its bytes twice; null: not worth remembering.</summary>
    public string? KeyOf(Block block) => block switch
    {
        Picture { Kind: "qr" } qr => $"qr {qr.Argument} {plates.LinkTemplate}",
        Document { Kind: "card" } card => $"card {card.Argument} {plates.LinkTemplate}",
        _ => null,
    };
}

/// <param name="Bytes">As they are sent.</param>
/// <param name="Name">A file's name without anything personal.</param>
/// <param name="Type">Its MIME type.</param>
public sealed record DrawnFile(byte[] Bytes, string Name, string Type);
