using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Plates;

/// <summary>The QR of an address: a picture for a chat or a plate, and characters for a terminal.</summary>
public static partial class QrCode
{
    /// <summary>The QR as PNG, at least 512 pixels wide, four modules of quiet zone, error level M, the code in figures beneath.</summary>
    public static byte[] Png(AddressCode code, PlateSettings settings) => Drawn(code.Grouped, settings.LinkOf(code));

    /// <summary>The QR in half blocks, lines parted by \n, for a terminal with a dark background; about 20 lines high.</summary>
    public static string Characters(AddressCode code, PlateSettings settings) => Lines(settings.LinkOf(code));

    /// <summary>A link of our own as PNG, with what may be typed instead beneath.</summary>
    public static byte[] Png(string link, string beneath) => Drawn(beneath, link);

    /// <summary>A link of our own in half blocks.</summary>
    public static string Characters(string link) => Lines(link);
}
