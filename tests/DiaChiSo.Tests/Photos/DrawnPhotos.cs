using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using QRCoder;
using SkiaSharp;

namespace DiaChiSo.Tests.Photos;

/// <summary>Photos as a phone takes them, made by drawing: a plate somewhere in a scene, and what goes wrong on the way to the bot.</summary>
internal static class DrawnPhotos
{
    public static readonly AddressCode Code = new("3260600012");
    public static readonly AddressCode Other = new("3260700023");
    public const string ForeignText = "https://shop.example.invalid/menu?table=4";

    /// <summary>The plate as the bot draws it: QR and figures on white.</summary>
    public static SKBitmap Plate(AddressCode code) => SKBitmap.Decode(QrCode.Png(code, new PlateSettings()));

    /// <summary>Somebody else's QR.</summary>
    public static SKBitmap Foreign(string text = ForeignText)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return SKBitmap.Decode(new PngByteQRCode(data).GetGraphic(12));
    }

    /// <summary>A wall of so many pixels with plates on it.</summary>
    public static SKBitmap Scene(int width, int height, params (SKBitmap Plate, SKMatrix Where)[] plates)
    {
        var scene = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(scene);
        using var wall = new SKPaint
        {
            Shader = SKShader.CreateLinearGradient(new(0, 0), new(width, height), [new SKColor(196, 180, 150), new SKColor(120, 100, 80)], SKShaderTileMode.Clamp),
        };
        canvas.DrawRect(0, 0, width, height, wall);
        using var plank = new SKPaint { Color = new SKColor(70, 55, 40), StrokeWidth = Math.Max(2, width / 300) };
        for (var x = width / 9; x < width; x += width / 9)
        {
            canvas.DrawLine(x, 0, x + width / 40f, height, plank);
        }
        using var ink = new SKPaint { IsAntialias = true };
        foreach (var (plate, where) in plates)
        {
            canvas.SetMatrix(where);
            using var image = SKImage.FromBitmap(plate);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), ink);
            canvas.ResetMatrix();
        }
        return scene;
    }

    /// <summary>Where a plate hangs: its middle, its width on the photo, turned by so many degrees.</summary>
    public static SKMatrix At(SKBitmap plate, float x, float y, float width, float degrees = 0) =>
        SKMatrix.CreateTranslation(x, y)
            .PreConcat(SKMatrix.CreateRotationDegrees(degrees))
            .PreConcat(SKMatrix.CreateScale(width / plate.Width, width / plate.Width))
            .PreConcat(SKMatrix.CreateTranslation(-plate.Width / 2f, -plate.Height / 2f));

    /// <summary>One plate in a photo of 1280 × 960 pixels.</summary>
    public static SKBitmap OnTheWall(float width, float degrees = 0, AddressCode? code = null)
    {
        using var plate = Plate(code ?? Code);
        return Scene(1280, 960, (plate, At(plate, 640, 480, width, degrees)));
    }

    /// <summary>Looked at from the side: what is further away is smaller.</summary>
    public static SKBitmap FromTheSide(float width, float slant)
    {
        using var plate = Plate(Code);
        var tilt = SKMatrix.Identity;
        tilt.Persp0 = slant / plate.Width;
        tilt.Persp1 = slant / 3 / plate.Height;
        return Scene(1280, 960, (plate, At(plate, 640, 480, width, 8).PreConcat(tilt)));
    }

    public static SKBitmap Blurred(SKBitmap photo, float sigma)
    {
        var blurred = new SKBitmap(photo.Info);
        using var canvas = new SKCanvas(blurred);
        using var lens = new SKPaint { ImageFilter = SKImageFilter.CreateBlur(sigma, sigma) };
        canvas.DrawBitmap(photo, 0, 0, lens);
        return blurred;
    }

    /// <summary>Each pixel lighter or darker by up to so much, the same for the same seed.</summary>
    public static SKBitmap Noisy(SKBitmap photo, int most, int seed = 7)
    {
        var random = new Random(seed);
        return Changed(photo, (_, _, light) => light + random.Next(-most, most + 1));
    }

    /// <summary>So much of the light is left, over a black that is not black; with the noise of a small sensor.</summary>
    public static SKBitmap Dark(SKBitmap photo, double light, int floor, int noise)
    {
        var random = new Random(11);
        return Changed(photo, (_, _, value) => (int)(floor + value * light) + random.Next(-noise, noise + 1));
    }

    /// <summary>A shadow with a sharp edge lies across it.</summary>
    public static SKBitmap Shadowed(SKBitmap photo, double light) => Changed(photo, (x, y, value) => x + y / 2 > photo.Width * 0.7 ? (int)(value * light) : value);

    public static SKBitmap Negative(SKBitmap photo) => Changed(photo, (_, _, value) => 255 - value);

    public static byte[] Jpeg(this SKBitmap photo, int quality = 85) => Encoded(photo, SKEncodedImageFormat.Jpeg, quality);

    public static byte[] Png(this SKBitmap photo) => Encoded(photo, SKEncodedImageFormat.Png, 100);

    public static byte[] Webp(this SKBitmap photo, int quality = 80) => Encoded(photo, SKEncodedImageFormat.Webp, quality);

    /// <summary>A JPEG with the camera's note about its way up (EXIF, tag 0x0112), and a position in it that must go nowhere.</summary>
    public static byte[] WithExif(byte[] jpeg, byte orientation)
    {
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0,
            2, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,
            0x0E, 0x01, 2, 0, 16, 0, 0, 0, 38, 0, 0, 0,
            0, 0, 0, 0,
            .. "21.85630,103.329"u8,
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = body.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body, .. jpeg[2..]];
    }

    /// <summary>A PNG that says it has so many pixels and has none.</summary>
    public static byte[] LyingPng(int width, int height)
    {
        byte[] head = [.. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0];
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. head, .. BigEndian((int)Crc(head)), 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
    }

    private static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
            }
        }
        return ~crc;
    }

    private static SKBitmap Changed(SKBitmap photo, Func<int, int, int, int> change)
    {
        var changed = photo.Copy(SKColorType.Rgba8888);
        var pixels = changed.Bytes;
        for (var at = 0; at < pixels.Length; at++)
        {
            if (at % 4 != 3)
            {
                pixels[at] = (byte)Math.Clamp(change(at / 4 % photo.Width, at / 4 / photo.Width, pixels[at]), 0, 255);
            }
        }
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, changed.GetPixels(), pixels.Length);
        return changed;
    }

    private static byte[] Encoded(SKBitmap photo, SKEncodedImageFormat format, int quality)
    {
        using var data = photo.Encode(format, quality);
        return data.ToArray();
    }
}
