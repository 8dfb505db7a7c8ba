using System.Diagnostics;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using SkiaSharp;

namespace DiaChiSo.Tests.Photos;

/// <summary>The decoder as the bot uses it: a process of its own for each photo, which may die, hang or babble without anybody else feeling it.</summary>
public class DecodingInAProcess
{
    private static async Task<PhotoSight> Seen(byte[] photo, PhotoDecoder? decoder = null)
    {
        ReadingPhotos.NeedsZbar();
        return await (decoder ?? new PhotoDecoder(Understanding.Shipped)).Look(photo, TestContext.Current.CancellationToken);
    }

    private static PhotoDecoder Instead(string script, double seconds = 10)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "no /bin/sh on this machine");
        return new PhotoDecoder(Understanding.Shipped, ("/bin/sh", ["-c", script]), TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_plate_is_read()
    {
        using var photo = DrawnPhotos.OnTheWall(420, 17);
        Assert.Equal(new PhotoSight(PhotoHolds.OurCode, DrawnPhotos.Code), await Seen(photo.Jpeg()));
    }

    [Fact]
    public async Task What_is_not_our_code_is_told_apart()
    {
        using var foreign = DrawnPhotos.Foreign();
        using var one = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var two = DrawnPhotos.Plate(DrawnPhotos.Other);
        using var both = DrawnPhotos.Scene(1280, 960, (one, DrawnPhotos.At(one, 350, 480, 380)), (two, DrawnPhotos.At(two, 930, 480, 380)));
        using var empty = DrawnPhotos.Scene(640, 480);
        Assert.Equal(PhotoHolds.ForeignQr, (await Seen(foreign.Png())).Holds);
        Assert.Equal(PhotoHolds.SeveralCodes, (await Seen(both.Jpeg())).Holds);
        Assert.Equal(PhotoHolds.NoQr, (await Seen(empty.Jpeg())).Holds);
        Assert.Equal(PhotoHolds.NotReadable, (await Seen(DrawnPhotos.LyingPng(60_000, 60_000))).Holds);
        Assert.Equal(PhotoHolds.NotReadable, (await Seen([1, 2, 3])).Holds);
        Assert.Equal(PhotoHolds.NotReadable, (await Seen(new byte[Limits.PhotoBytes + 1])).Holds);
    }

    [Fact]
    public async Task The_largest_photo_that_is_taken_fits_into_the_process()
    {
        // 39.9 million pixels; a PNG cannot be made smaller while it is decoded.
        using var plate = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var photo = new SKBitmap(new SKImageInfo(6_310, 6_310, SKColorType.Gray8));
        using (var canvas = new SKCanvas(photo))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(plate, 2_000, 3_000);
        }
        Assert.Equal(DrawnPhotos.Code, (await Seen(photo.Png())).Code);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("exit 3")]
    [InlineData("exec >&-; cat >/dev/null")]
    [InlineData("echo nonsense; cat >/dev/null")]
    [InlineData("yes")]
    [InlineData("yes >&2 & yes")]
    public async Task A_decoder_that_dies_or_babbles_is_a_photo_that_cannot_be_read(string script)
    {
        using var photo = DrawnPhotos.OnTheWall(420);
        Assert.Equal(new PhotoSight(PhotoHolds.NotReadable), await Seen(photo.Jpeg(), Instead(script)));
    }

    [Fact]
    public async Task A_decoder_that_hangs_is_killed()
    {
        using var photo = DrawnPhotos.OnTheWall(420);
        var mark = $"{Random.Shared.Next(100_000, 999_999)}";
        var began = Stopwatch.GetTimestamp();
        Assert.Equal(new PhotoSight(PhotoHolds.NotLookedAt), await Seen(photo.Jpeg(), Instead($"sleep {mark}", seconds: 0.3)));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0.2, 8);
        if (Directory.Exists("/proc/self"))
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Directory.GetDirectories("/proc"), process => CommandLine(process).Contains($"sleep\0{mark}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_decoder_knows_nothing_of_the_settings_in_the_environment()
    {
        Environment.SetEnvironmentVariable("DiaChiSo__Tests__Secret", "open sesame");
        using var photo = DrawnPhotos.OnTheWall(420);
        // It would say that it has not looked if it saw the secret.
        var decoder = Instead("""cat >/dev/null; if env | grep -q sesame; then echo '{"HasLooked":false,"Texts":null}'; else echo '{"HasLooked":true,"Texts":[]}'; fi""");
        Assert.Equal(new PhotoSight(PhotoHolds.NoQr), await Seen(photo.Jpeg(), decoder));
    }

    [Fact]
    public async Task More_photos_than_processors_wait_for_each_other_and_all_are_read()
    {
        using var photo = DrawnPhotos.OnTheWall(300);
        var decoder = new PhotoDecoder(Understanding.Shipped);
        var bytes = photo.Jpeg();
        var sights = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Seen(bytes, decoder)));
        Assert.All(sights, sight => Assert.Equal(DrawnPhotos.Code, sight.Code));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
