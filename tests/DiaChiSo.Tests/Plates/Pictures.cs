using System.Diagnostics;
using CsCheck;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using SkiaSharp;
using Xunit;

namespace DiaChiSo.Tests.Plates;

public class Pictures
{
    private static readonly AddressCode Code = new("3260612345");
    private static readonly PlateSettings Settings = new();
    private static readonly GeoPoint Here = new(21.8474, 103.3438);

    [Theory]
    [InlineData("https://diachiso.gov.vn/#/map/{code}")]
    [InlineData("http://127.0.0.1:5080/dia-chi/{code}")]
    [InlineData("{code}")]
    public void The_qr_picture_decodes_to_the_link_of_the_code(string template)
    {
        var settings = new PlateSettings { LinkTemplate = template };
        Assert.Equal(settings.LinkOf(Code), Decode(QrCode.Png(Code, settings)));
    }

    [Fact]
    public void A_qr_made_small_by_a_chat_still_decodes()
    {
        using var picture = SKBitmap.Decode(QrCode.Png(Code, Settings));
        using var small = picture.Resize(new SKImageInfo(240, picture.Height * 240 / picture.Width), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var jpeg = small.Encode(SKEncodedImageFormat.Jpeg, 60);
        Assert.Equal(Settings.LinkOf(Code), Decode(jpeg.ToArray()));
    }

    [Fact]
    public void The_qr_picture_is_large_with_a_quiet_zone_of_four_modules_and_figures_beneath()
    {
        using var picture = SKBitmap.Decode(QrCode.Png(Code, Settings));
        Assert.True(picture.Width >= 512 && picture.Height > picture.Width);
        var modules = QrCode.Modules(Settings.LinkOf(Code)).GetLength(0);
        var module = picture.Width / (modules + 8);
        Assert.Equal(picture.Width, module * (modules + 8));
        for (var x = 0; x < picture.Width; x++)
        {
            Assert.Equal(SKColors.White, picture.GetPixel(x, 4 * module - 1));
            Assert.Equal(SKColors.White, picture.GetPixel(Math.Min(x, 4 * module - 1), x));
        }
        Assert.Equal(SKColors.Black, picture.GetPixel(4 * module, 4 * module));
        var dark = 0;
        for (var y = picture.Width; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                dark += picture.GetPixel(x, y).Red < 100 ? 1 : 0;
            }
        }
        Assert.True(dark > 3_000, "no figures beneath the code");
    }

    [Fact]
    public void The_qr_of_a_terminal_has_the_same_modules()
    {
        var lines = QrCode.Characters(Code, Settings).TrimEnd('\n').Split('\n');
        var modules = QrCode.Modules(Settings.LinkOf(Code));
        var size = modules.GetLength(0);
        Assert.All(lines, line => Assert.Equal(size + 4, line.Length));
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var character = lines[(row + 2) / 2][column + 2];
                var isLight = (row + 2) % 2 == 0 ? character is '█' or '▀' : character is '█' or '▄';
                Assert.Equal(modules[row, column], !isLight);
            }
        }
    }

    [Theory]
    [InlineData("https://diachiso.gov.vn/", false)]
    [InlineData("https://diachiso.gov.vn/{code}", true)]
    public void A_template_without_the_code_is_a_fault_that_names_the_setting(string template, bool isRight)
    {
        var fault = new PlateSettings { LinkTemplate = template }.Fault();
        Assert.Equal(isRight, fault is null);
        Assert.True(isRight || fault!.Contains("Plates:LinkTemplate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sketch_is_a_picture_whatever_lies_on_it()
    {
        var points = Gen.Select(Gen.Double[-400, 400], Gen.Double[-400, 400], Gen.Int[0, 5], Gen.OneOf(Gen.Const(""), Gen.Const("Trạm Y tế xã Tả Sìn Thàng (mẫu)"), Gen.String))
            .Select((east, north, number, label) => new SketchPoint(Here.Moved(east, north), number, label)).Array[0, 8];
        points.Sample(drawn => IsPicture(Sketch.Around(Here, drawn)) && IsPicture(Sketch.Moved(Here, Here.Moved(30, 10), drawn, "en")), iter: 60);
        Assert.True(IsPicture(Sketch.Around(Here, [new(Here, 1, "x"), new(Here, 2, "y"), new(new(-40, 20), 3, "z")])));
        Assert.True(IsPicture(Sketch.Moved(Here, Here, [])));

        static bool IsPicture(byte[] png)
        {
            using var picture = SKBitmap.Decode(png);
            return picture is { Width: 720, Height: >= 720 } && png.Length < 1_000_000;
        }
    }

    [Fact]
    public void The_same_sketch_is_the_same_picture()
    {
        SketchPoint[] points = [new(Here.Moved(40, 25), 1, "Nhà 1"), new(Here.Moved(-30, 60), 2, "")];
        Assert.Equal(Sketch.Around(Here, points), Sketch.Around(Here, points));
        Assert.NotEqual(Sketch.Around(Here, points), Sketch.Around(Here, points, "en"));
    }

    /// <summary>Another people's decoder (zbar), as a program: what it reads, any phone reads.</summary>
    internal static string Decode(byte[] picture)
    {
        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.img");
        File.WriteAllBytes(file, picture);
        try
        {
            var start = new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var zbar = Start(start);
            var text = zbar.StandardOutput.ReadToEnd();
            zbar.WaitForExit();
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("zbarimg is not installed (Debian: apt-get install zbar-tools)");
            throw;
        }
    }
}
