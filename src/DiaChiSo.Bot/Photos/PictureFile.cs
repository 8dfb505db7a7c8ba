using System.Buffers.Binary;
using DiaChiSo.Core;
using SkiaSharp;

namespace DiaChiSo.Bot.Photos;

/// <summary>A picture as it came from anybody: it is measured before it is decoded, and no larger than needed.</summary>
internal static class PictureFile
{
    /// <summary>A finer picture than this is shrunk while it is decoded (JPEG, WebP), or right after.</summary>
    private const int LongestSide = 4_000;

    /// <summary>A progressive JPEG comes in some ten layers; thousands of them over few bytes only keep the decoder busy.</summary>
    private const int MostJpegLayers = 64;

    /// <summary>JPEG, PNG and WebP. Their EXIF is read for nothing but the way up, and none of it leaves this method.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isWhole">False where the file ends too early; what was there is in the picture.</param>
    /// <returns>Null: none of the three, too many pixels, or broken.</returns>
    public static Grey? Read(byte[] bytes, out bool isWhole)
    {
        isWhole = false;
        if (bytes.Length > Limits.PhotoBytes || !HasWelcomeShape(bytes))
        {
            return null;
        }
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is <= 0 or > Limits.PhotoPixels)
        {
            return null;
        }
        var whole = Math.Max(codec.Info.Width, codec.Info.Height);
        var size = whole > LongestSide ? codec.GetScaledDimensions((float)LongestSide / whole) : codec.Info.Size;
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
        {
            return null;
        }
        bitmap.Erase(SKColors.White);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        isWhole = result == SKCodecResult.Success;
        if (result is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
        {
            return null;
        }
        var grey = Upright(GreyOf(bitmap), codec.EncodedOrigin);
        return grey.Longest > LongestSide ? grey.Scaled(LongestSide) : grey;
    }

    // By the first bytes: what else the library could open (GIF, BMP, raw files of cameras) need not be tried on anybody's bytes.
    private static bool HasWelcomeShape(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        || (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8))
        || (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && LayersOfJpeg(bytes) <= MostJpegLayers);

    // FF DA begins a layer; inside the packed data FF is followed by 00 or a restart mark, so a plain count is never too low.
    private static int LayersOfJpeg(ReadOnlySpan<byte> bytes) => bytes.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);

    // Brightness as the eye weighs colours (ITU-R BT.601); what is transparent lies on white.
    private static Grey GreyOf(SKBitmap bitmap)
    {
        var pixels = new byte[bitmap.Width * bitmap.Height];
        var colours = bitmap.GetPixelSpan();
        for (var at = 0; at < pixels.Length; at++)
        {
            var pixel = BinaryPrimitives.ReadUInt32LittleEndian(colours[(at * 4)..]);
            var light = ((pixel & 0xFF) * 77 + (pixel >> 8 & 0xFF) * 150 + (pixel >> 16 & 0xFF) * 29 >> 8) + (255 - (pixel >> 24));
            pixels[at] = (byte)Math.Min(255, light);
        }
        return new Grey(pixels, bitmap.Width, bitmap.Height);
    }

    // A mirrored QR is none: the camera's note about the way up is followed.
    private static Grey Upright(Grey grey, SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => Moved(grey, false, (x, y) => (grey.Width - 1 - x, y)),
        SKEncodedOrigin.BottomRight => Moved(grey, false, (x, y) => (grey.Width - 1 - x, grey.Height - 1 - y)),
        SKEncodedOrigin.BottomLeft => Moved(grey, false, (x, y) => (x, grey.Height - 1 - y)),
        SKEncodedOrigin.LeftTop => Moved(grey, true, (x, y) => (y, x)),
        SKEncodedOrigin.RightTop => Moved(grey, true, (x, y) => (y, grey.Height - 1 - x)),
        SKEncodedOrigin.RightBottom => Moved(grey, true, (x, y) => (grey.Width - 1 - y, grey.Height - 1 - x)),
        SKEncodedOrigin.LeftBottom => Moved(grey, true, (x, y) => (grey.Width - 1 - y, x)),
        _ => grey,
    };

    private static Grey Moved(Grey grey, bool isOnItsSide, Func<int, int, (int X, int Y)> from)
    {
        var (width, height) = isOnItsSide ? (grey.Height, grey.Width) : (grey.Width, grey.Height);
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (oldX, oldY) = from(x, y);
                pixels[y * width + x] = grey.Pixels[oldY * grey.Width + oldX];
            }
        }
        return new Grey(pixels, width, height);
    }
}
