using DiaChiSo.Bot.Photos;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiaChiSo.Tests.Photos;

/// <summary>Between the channel and the decoder: patience with the world's faults, and photos that lie in memory for a while.</summary>
public class FetchingPhotos
{
    private readonly NotedClock clock = new();

    private PhotoEye Eye(IPhotoSource source)
    {
        ReadingPhotos.NeedsZbar();
        return new PhotoEye([source], new PhotoDecoder(Understanding.Shipped), clock, NullLogger<PhotoEye>.Instance);
    }

    [Fact]
    public async Task A_fault_of_the_world_is_tried_again_after_a_second_two_and_four_and_then_said()
    {
        var source = new Source(_ => throw new HttpRequestException());
        var look = Eye(source).Look("test", "key", TestContext.Current.CancellationToken);
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), await clock.NextTimer());
            clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        Assert.Equal(new PhotoSight(PhotoHolds.NotFetched), await look);
        Assert.Equal(4, source.Asked);
    }

    [Fact]
    public async Task A_photo_that_comes_at_the_second_try_is_read()
    {
        using var photo = DrawnPhotos.OnTheWall(300);
        var source = new Source(time => time == 1 ? throw new IOException() : photo.Jpeg());
        var look = Eye(source).Look("test", "key", TestContext.Current.CancellationToken);
        await clock.NextTimer();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DrawnPhotos.Code, (await look).Code);
    }

    [Fact]
    public async Task A_photo_that_will_not_come_is_not_asked_for_again()
    {
        var source = new Source(_ => throw new PhotoFault(PhotoHolds.NotReadable));
        Assert.Equal(new PhotoSight(PhotoHolds.NotReadable), await Eye(source).Look("test", "key", TestContext.Current.CancellationToken));
        Assert.Equal(1, source.Asked);
    }

    [Fact]
    public async Task The_tray_holds_a_photo_until_it_is_fetched_and_no_longer_than_it_is_of_use()
    {
        var tray = new PhotoTray("web", clock);
        Assert.True(tray.Lay("a", [1]));
        Assert.True(tray.Lay("a", [2]));
        Assert.Equal([1], await tray.Fetch("a", default));
        Assert.Equal(0, tray.Count);
        await Assert.ThrowsAsync<PhotoFault>(() => tray.Fetch("a", default));

        Assert.True(tray.Lay("old", new byte[60 * 1024 * 1024]));
        Assert.False(tray.Lay("no room", new byte[10 * 1024 * 1024]));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(tray.Lay("new", new byte[10 * 1024 * 1024]));
        Assert.Equal(1, tray.Count);
    }

    [Fact]
    public void What_a_photo_holds_can_be_written_into_a_chat_and_read_from_it()
    {
        foreach (var word in new[] { "qr:3260600012", "none", "several", "foreign", "broken", "lost", "photo" })
        {
            Assert.Equal(word, PhotoScript.Of(PhotoScript.Read(word)!));
        }
        Assert.Null(PhotoScript.Read("qr:326060001"));
        Assert.Null(PhotoScript.Read("plate.jpg"));
    }

    private sealed class Source(Func<int, byte[]> fetch) : IPhotoSource
    {
        public string Channel => "test";
        public int Asked { get; private set; }
        public Task<byte[]> Fetch(string fileKey, CancellationToken ct) => Task.FromResult(fetch(++Asked));
    }
}
