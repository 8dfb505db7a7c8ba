using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Store;
using DiaChiSo.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Web;

/// <summary>Photos as the page sends them: inside the activity, looked at and kept nowhere.</summary>
public sealed class PhotosOnTheWeb(WebSite site) : IClassFixture<WebSite>
{
    private static string DataUri(byte[] photo, string type = "image/jpeg") => $"data:{type};base64,{Convert.ToBase64String(photo)}";

    private static object Activity(string contentUrl, string? clientId = null) => new
    {
        type = "message",
        attachments = new[] { new { contentType = "image/jpeg", contentUrl, name = "photo.jpg" } },
        channelData = new { clientActivityID = clientId },
    };

    private static async Task<Activity> Ask(Talk talk, string contentUrl, string? clientId = null)
    {
        ReadingPhotos.NeedsZbar();
        var response = await talk.Post(Activity(contentUrl, clientId));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await talk.Answer(Talk.Number((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!));
    }

    private static byte[] APlate() => QrCode.Png(WebSite.AnAddress.Code, new PlateSettings());

    [Fact]
    public async Task A_photographed_plate_is_looked_up()
    {
        var talk = await (await site.Start()).Greeted();
        await Ask(talk, DataUri(APlate(), "image/png"));
        Assert.Contains((await talk.Read()).Activities, activity => activity is { From.Role: "bot", Entities.Count: > 0 } && activity.Text!.Contains(WebSite.AnAddress.Code.Grouped, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_photo_without_a_qr_is_answered_so()
    {
        using var photo = DrawnPhotos.Scene(640, 480);
        var talk = await (await site.Start()).Greeted();
        Assert.StartsWith("Em không thấy mã QR trong ảnh.", (await Ask(talk, DataUri(photo.Jpeg()))).Text);
    }

    [Theory]
    [InlineData("data:image/jpeg;base64,AAAA")]
    [InlineData("data:image/jpeg;base64,")]
    [InlineData("data:image/jpeg;base64,***")]
    [InlineData("data:image/jpeg,%FF%D8")]
    [InlineData("data:image/jpeg")]
    public async Task What_is_no_picture_is_answered_so(string uri)
    {
        var talk = await (await site.Start()).Greeted();
        Assert.StartsWith("Em không mở được ảnh này", (await Ask(talk, uri)).Text);
    }

    [Fact]
    public async Task A_picture_at_somebody_s_address_is_not_fetched_and_the_figures_are_asked_for()
    {
        var talk = await (await site.Start()).Greeted();
        Assert.Contains("gõ giúp em 10 số", (await Ask(talk, "http://127.0.0.1:1/secret.jpg")).Text);
    }

    [Fact]
    public async Task A_photo_that_comes_again_is_one_and_its_echo_holds_no_picture()
    {
        var talk = await (await site.Start()).Greeted();
        var plate = DataUri(APlate(), "image/png");
        await Ask(talk, plate, "same");
        await talk.Post(Activity(plate, "same"));
        await talk.Ask("/trogiup");
        var own = Assert.Single((await talk.Read()).Activities, activity => activity is { From.Role: "user", Attachments: not null });
        Assert.Null(Assert.Single(own.Attachments!).ContentUrl);
    }

    [Fact]
    public async Task Nothing_of_the_picture_is_on_the_disk_or_in_the_tray_afterwards()
    {
        var talk = await (await site.Start()).Greeted();
        await Ask(talk, DataUri(APlate(), "image/png"));
        Assert.Equal(0, site.Services.GetRequiredService<PhotoTray>().Count);
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var bodies = await db.Database.SqlQuery<long>($"SELECT length(Body) AS Value FROM WebActivities WHERE ChatKey = {talk.Ticket.ConversationId} UNION ALL SELECT length(Body) FROM Inbox").ToListAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(bodies);
        Assert.All(bodies, length => Assert.InRange(length, 0, 4_000));
    }

    [Fact]
    public async Task Too_much_is_refused_with_or_without_a_photo_in_it()
    {
        var talk = await (await site.Start()).Greeted();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await talk.Post(Activity(DataUri(new byte[Limits.WebPhotoBytes + 100_000])))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await talk.Post(new { type = "message", text = new string('a', 100_000) })).StatusCode);
        // The length is not said beforehand.
        var chunked = new StreamContent(new Unmeasured(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type = "message", text = new string('a', 100_000) }))));
        chunked.Headers.ContentType = new("application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await talk.Post(chunked)).StatusCode);
    }

    [Fact]
    public async Task Who_sends_photo_after_photo_waits_and_may_still_write()
    {
        await using var own = await WebSite.With();
        var talk = await (await own.Start()).Greeted();
        for (var number = 0; number < Limits.PhotosPerMinute; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await talk.Post(Activity("data:image/jpeg;base64,AAAA"))).StatusCode);
        }
        var refused = await talk.Post(Activity("data:image/jpeg;base64,AAAA"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await talk.Say("/menu");
    }

    [Fact]
    public async Task The_page_has_a_button_for_it_and_makes_the_picture_small()
    {
        var page = await site.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("Gửi ảnh mã QR", page, StringComparison.Ordinal);
        Assert.Contains("capture=\"environment\"", page, StringComparison.Ordinal);
        Assert.Contains("toDataURL('image/jpeg'", await site.Http.GetStringAsync("/chat.js", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
