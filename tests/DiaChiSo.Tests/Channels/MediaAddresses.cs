using System.Net;
using DiaChiSo.Bot.Media;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DiaChiSo.Tests.Channels;

/// <summary>Pictures and files under an address of ours: for ten minutes, for five readings, for nobody who guesses.</summary>
public sealed class MediaAddresses
{
    private static readonly Picture Qr = new("qr", "3260612345", "Mã QR");
    private static readonly Document Card = new("card", "3260612345 Đội 5, xã Tủa Chùa", "Thẻ");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_read_as_what_it_is_and_by_nobody_as_anything_else()
    {
        await using var bot = await Serve();
        var http = bot.Http;
        using var answer = await http.GetAsync(await bot.Link(Qr), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await answer.Content.ReadAsByteArrayAsync(Ct))[..4]);
        using var file = await http.GetAsync(await bot.Link(Card), Ct);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline; filename=dia-chi-so-3260612345.pdf", file.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("%PDF"u8.ToArray(), (await file.Content.ReadAsByteArrayAsync(Ct))[..4]);
    }

    [Fact]
    public async Task After_five_readings_it_is_gone_and_asking_whether_it_is_there_is_no_reading()
    {
        await using var bot = await Serve();
        var http = bot.Http;
        var link = await bot.Link(Qr);
        for (var reading = 0; reading < Limits.MediaReads; reading++)
        {
            using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link), Ct);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            using var answer = await http.GetAsync(link, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        using var gone = await http.GetAsync(link, Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("hết hạn", await gone.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Of_many_readings_at_the_same_moment_five_get_it()
    {
        await using var bot = await Serve();
        var http = bot.Http;
        var link = await bot.Link(Qr);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => (await http.GetAsync(link, Ct)).StatusCode));
        Assert.Equal(Limits.MediaReads, answers.Count(status => status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task After_ten_minutes_it_is_gone()
    {
        await using var bot = await Serve();
        var http = bot.Http;
        var link = await bot.Link(Qr);
        time.Advance(Limits.MediaKept - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(link, Ct)).StatusCode);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(link, Ct)).StatusCode);
    }

    [Fact]
    public async Task No_two_addresses_are_alike_and_a_guessed_one_is_nothing()
    {
        await using var bot = await Serve();
        var http = bot.Http;
        var (one, other) = (await bot.Link(Qr), await bot.Link(Qr));
        Assert.NotEqual(one, other);
        Assert.True(one.Split('/')[^1].Length >= 22 + ".png".Length);
        var guessed = one[..^6] + (one[^6] == 'A' ? 'B' : 'A') + one[^5..];
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(guessed, Ct)).StatusCode);
    }

    [Fact]
    public async Task Without_an_address_that_everybody_reaches_there_are_none()
    {
        using var here = new OwnFolder();
        await using var serving = await here.Serve();
        Assert.Null(await serving.Services.GetRequiredService<MediaLinks>().LinkOf(Qr, Ct));
    }

    private async Task<Site> Serve()
    {
        var here = new OwnFolder();
        return new Site(here, await here.Serve(services => services.AddSingleton<TimeProvider>(time), "--Web:PublicUrl=https://diachiso.example.invalid"));
    }

    private sealed record Site(OwnFolder Here, Serving Serving) : IAsyncDisposable
    {
        public HttpClient Http => Serving.Client;

        /// <summary>The path of the address, which on the outside begins with the public one.</summary>
        public async Task<string> Link(Block block)
        {
            var link = await Serving.Services.GetRequiredService<MediaLinks>().LinkOf(block, Ct);
            Assert.StartsWith("https://diachiso.example.invalid/m/", link);
            return new Uri(link!).AbsolutePath;
        }

        public async ValueTask DisposeAsync()
        {
            await Serving.DisposeAsync();
            Here.Dispose();
        }
    }
}
