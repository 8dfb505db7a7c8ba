using DiaChiSo.Bot.Photos;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using SkiaSharp;

namespace DiaChiSo.Tests.Photos;

/// <summary>What is read from photos, as they are taken and as they are meant to harm. The decoder runs in this process here; in its own in <see cref="DecodingInAProcess"/>.</summary>
public class ReadingPhotos
{
    private static PhotoSight? Seen(byte[] photo)
    {
        NeedsZbar();
        return DecoderProcess.Look(photo, TimeSpan.FromSeconds(20)) is { Texts: { } texts } ? PhotoSight.Of([.. texts], Understanding.Shipped) : null;
    }

    internal static void NeedsZbar() => Assert.SkipUnless(Zbar.IsThere(), $"no QR decoder on this machine (Debian: apt-get install {Zbar.DebianPackage})");

    private static void AssertReads(byte[] photo) => Assert.Equal(new PhotoSight(PhotoHolds.OurCode, DrawnPhotos.Code), Seen(photo));

    [Fact]
    public void A_plate_alone_is_read() => AssertReads(QrCode.Png(DrawnPhotos.Code, new PlateSettings()));

    [Theory, InlineData(0), InlineData(17), InlineData(30), InlineData(45), InlineData(60), InlineData(90), InlineData(133), InlineData(180), InlineData(270)]
    public void A_plate_turned_by_any_angle_is_read(int degrees)
    {
        using var photo = DrawnPhotos.OnTheWall(420, degrees);
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(150), InlineData(110), InlineData(90)]
    public void A_small_plate_in_a_large_photo_is_read(int width)
    {
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var photo = DrawnPhotos.Scene(1280, 960, (plate, DrawnPhotos.At(plate, 900, 300, width, 9)));
        AssertReads(photo.Jpeg());
    }

    [Fact]
    public void A_small_plate_in_a_photo_of_twelve_megapixels_is_read()
    {
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var photo = DrawnPhotos.Scene(4000, 3000, (plate, DrawnPhotos.At(plate, 2900, 700, 260, -12)));
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void A_blurred_plate_is_read(float sigma)
    {
        using var sharp = DrawnPhotos.OnTheWall(420, 5);
        using var photo = DrawnPhotos.Blurred(sharp, sigma);
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(40), InlineData(80), InlineData(120)]
    public void A_noisy_photo_is_read(int most)
    {
        using var clean = DrawnPhotos.OnTheWall(420, 5);
        using var photo = DrawnPhotos.Noisy(clean, most);
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(0.25, 20, 4), InlineData(0.12, 16, 4), InlineData(0.06, 10, 2)]
    public void A_photo_in_low_light_is_read(double light, int floor, int noise)
    {
        using var bright = DrawnPhotos.OnTheWall(420, -6);
        using var photo = DrawnPhotos.Dark(bright, light, floor, noise);
        AssertReads(photo.Jpeg());
    }

    [Fact]
    public void A_plate_half_in_the_shadow_is_read()
    {
        using var bright = DrawnPhotos.OnTheWall(420, 4);
        using var photo = DrawnPhotos.Shadowed(bright, 0.25);
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(0.25f), InlineData(0.5f)]
    public void A_plate_seen_from_the_side_is_read(float slant)
    {
        using var photo = DrawnPhotos.FromTheSide(460, slant);
        AssertReads(photo.Jpeg());
    }

    [Fact]
    public void A_negative_is_read()
    {
        using var plain = DrawnPhotos.OnTheWall(420);
        using var photo = DrawnPhotos.Negative(plain);
        AssertReads(photo.Jpeg());
    }

    [Theory, InlineData(60), InlineData(25), InlineData(10)]
    public void A_photo_that_was_pressed_hard_is_read(int quality)
    {
        using var photo = DrawnPhotos.OnTheWall(380, 11);
        AssertReads(photo.Jpeg(quality));
    }

    [Fact]
    public void Png_and_webp_are_read_as_well()
    {
        using var photo = DrawnPhotos.OnTheWall(380, 11);
        AssertReads(photo.Png());
        AssertReads(photo.Webp());
    }

    [Fact]
    public void A_plate_on_transparent_ground_lies_on_white()
    {
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var sheet = new SKBitmap(new SKImageInfo(plate.Width, plate.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        for (var y = 0; y < plate.Height; y++)
        {
            for (var x = 0; x < plate.Width; x++)
            {
                sheet.SetPixel(x, y, plate.GetPixel(x, y).Red < 128 ? SKColors.Black : SKColors.Transparent);
            }
        }
        AssertReads(sheet.Png());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void The_camera_s_note_about_the_way_up_is_followed(byte orientation)
    {
        // As a camera stores it: the picture moved so that the note puts it right again. 2, 4, 5 and 7 are mirrored; a mirrored QR is none.
        using var upright = DrawnPhotos.OnTheWall(420, 7);
        using var stored = Stored(upright, orientation);
        AssertReads(DrawnPhotos.WithExif(stored.Jpeg(), orientation));
    }

    private static SKBitmap Stored(SKBitmap upright, byte orientation)
    {
        var isOnItsSide = orientation >= 5;
        var (width, height) = isOnItsSide ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        var stored = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // EXIF 2.32, tag Orientation: where row 0 and column 0 of what is stored belong on the upright picture.
                var (upX, upY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (height - 1 - y, x),
                    7 => (height - 1 - y, width - 1 - x),
                    8 => (y, width - 1 - x),
                    _ => (x, y),
                };
                stored.SetPixel(x, y, upright.GetPixel(upX, upY));
            }
        }
        return stored;
    }

    [Fact]
    public void Two_plates_of_different_addresses_are_several()
    {
        using var one = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var two = DrawnPhotos.Plate(DrawnPhotos.Other);
        using var photo = DrawnPhotos.Scene(1280, 960, (one, DrawnPhotos.At(one, 350, 480, 380, 4)), (two, DrawnPhotos.At(two, 930, 480, 380, -7)));
        Assert.Equal(new PhotoSight(PhotoHolds.SeveralCodes), Seen(photo.Jpeg()));
    }

    [Fact]
    public void The_same_plate_twice_is_one()
    {
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var photo = DrawnPhotos.Scene(1280, 960, (plate, DrawnPhotos.At(plate, 350, 480, 380)), (plate, DrawnPhotos.At(plate, 930, 480, 380)));
        AssertReads(photo.Jpeg());
    }

    [Fact]
    public void A_foreign_qr_beside_the_plate_does_not_matter()
    {
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var foreign = DrawnPhotos.Foreign();
        using var photo = DrawnPhotos.Scene(1280, 960, (plate, DrawnPhotos.At(plate, 350, 480, 380)), (foreign, DrawnPhotos.At(foreign, 930, 480, 380)));
        AssertReads(photo.Jpeg());
    }

    [Theory]
    [InlineData(DrawnPhotos.ForeignText)]
    [InlineData("WIFI:T:WPA;S:Quan ca phe;P:12345678;;")]
    [InlineData("tel:0912000001")]
    [InlineData("https://zalo.me/0912000001")]
    [InlineData("https://shop.example.invalid/order/1234567890")]
    [InlineData("001098001234|012345678|Nguyễn Văn A|01011998|Nam|Điện Biên|01012022")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nN:A\nTEL:0912000001\nEND:VCARD")]
    public void A_qr_that_is_no_address_is_foreign(string text)
    {
        using var qr = DrawnPhotos.Foreign(text);
        using var photo = DrawnPhotos.Scene(1280, 960, (qr, DrawnPhotos.At(qr, 640, 480, 520)));
        Assert.Equal(new PhotoSight(PhotoHolds.ForeignQr), Seen(photo.Jpeg()));
    }

    [Theory]
    [InlineData("https://diachiso.gov.vn/#/map/3260600012")]
    [InlineData("https://ndas.vn/map/3260600012")]
    [InlineData("https://bien.example.invalid/?ma=3260600012")]
    [InlineData("3260600012")]
    [InlineData("NDAS:32606-00012")]
    public void Whatever_the_printed_qr_holds_beside_the_ten_figures_it_is_read(string text)
    {
        using var qr = DrawnPhotos.Foreign(text);
        AssertReads(qr.Png());
    }

    [Fact]
    public void A_photo_without_a_qr_has_none()
    {
        using var photo = DrawnPhotos.Scene(1280, 960);
        Assert.Equal(new PhotoSight(PhotoHolds.NoQr), Seen(photo.Jpeg()));
    }

    [Fact]
    public void One_pixel_has_no_qr()
    {
        using var photo = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Assert.Equal(new PhotoSight(PhotoHolds.NoQr), Seen(photo.Png()));
    }

    [Fact]
    public void A_header_of_sixty_thousand_by_sixty_thousand_pixels_is_refused_before_anything_is_decoded()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(Seen(DrawnPhotos.LyingPng(60_000, 60_000)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_truncated_photo_is_not_readable_unless_the_plate_is_in_what_came()
    {
        using var photo = DrawnPhotos.OnTheWall(300);
        var whole = photo.Jpeg();
        Assert.Null(Seen(whole[..(whole.Length / 4)]));
        Assert.Null(Seen(whole[..20]));
        AssertReads(whole[..^2]);
    }

    [Fact]
    public void Random_bytes_are_no_picture_whatever_they_begin_with()
    {
        var random = new Random(20261123);
        byte[][] beginnings = [[], [0xFF, 0xD8, 0xFF, 0xE0], [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [.. "RIFF"u8, 0, 0, 1, 0, .. "WEBPVP8 "u8], [.. "GIF89a"u8], [.. "BM"u8]];
        foreach (var beginning in beginnings)
        {
            var bytes = new byte[20_000];
            random.NextBytes(bytes);
            Assert.Null(Seen([.. beginning, .. bytes]));
        }
        Assert.Null(Seen([]));
    }

    [Fact]
    public void A_jpeg_of_thousands_of_layers_is_refused()
    {
        using var photo = DrawnPhotos.OnTheWall(300);
        byte[] layer = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0];
        var jpeg = photo.Jpeg();
        Assert.Null(Seen([.. jpeg[..^2], .. Enumerable.Repeat(layer, 5_000).SelectMany(bytes => bytes), .. jpeg[^2..]]));
    }

    [Fact]
    public void A_photo_with_any_byte_wrong_is_read_or_refused_and_nothing_else()
    {
        NeedsZbar();
        using var photo = DrawnPhotos.OnTheWall(300);
        byte[][] photos = [photo.Jpeg(40), photo.Png(), photo.Webp(40)];
        var random = new Random(23);
        foreach (var whole in photos)
        {
            for (var time = 0; time < 12; time++)
            {
                var wrong = (byte[])whole.Clone();
                for (var hit = 0; hit < 8; hit++)
                {
                    wrong[random.Next(time < 6 ? 200 : wrong.Length)] = (byte)random.Next(256);
                }
                var sight = DecoderProcess.Look(wrong, TimeSpan.Zero);
                Assert.True(sight.HasLooked);
                Assert.True(sight.Texts is not { Count: > 0 } || PhotoSight.Of([.. sight.Texts], Understanding.Shipped).Code == DrawnPhotos.Code);
            }
        }
    }
}
