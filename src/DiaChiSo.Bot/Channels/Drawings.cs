using System.Text.Json;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>Draws a page's pictures at the moment they are sent: what is in the outbox is only what to draw.</summary>
public sealed class Drawings(PlateSettings plates)
{
    /// <summary>PNG, or null where there is nothing to draw: an unknown kind, an argument that no drawer reads. The picture's words stand in then.</summary>
    public byte[]? Png(Picture picture)
    {
        try
        {
            return picture.Kind switch
            {
                "qr" => QrCode.Png(new AddressCode(picture.Argument), plates),
                "sketch" => SketchArgument.Draw(picture.Argument),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same key is the same picture, so that a channel need not send its bytes twice; null: not worth remembering.</summary>
    public string? KeyOf(Picture picture) => picture.Kind == "qr" ? $"qr {picture.Argument} {plates.LinkTemplate}" : null;
}
