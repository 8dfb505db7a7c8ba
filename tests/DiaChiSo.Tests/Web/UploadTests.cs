using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Plates;
using DiaChiSo.Tests.Photos;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Web;

/// <summary><c>POST …/upload</c>, as Bot Framework clients send files.</summary>
public sealed class UploadTests(WebSite site) : IClassFixture<WebSite>
{
    private static byte[] APlate() => QrCode.Png(WebSite.AnAddress.Code, new PlateSettings());

    [Fact]
    public async Task A_photographed_plate_that_is_uploaded_is_looked_up()
    {
        ReadingPhotos.NeedsZbar();
        var talk = await (await site.Start(own: false)).Greeted();
        await talk.Answer(await IdIn(await Upload(talk, Parts(
            new { type = "message", attachments = new[] { new { contentType = "image/png", name = "plate.png" } }, channelData = new { clientActivityID = "up-1" } }, ("plate.png", "image/png", APlate())))));
        var heard = (await talk.Read()).Activities;
        Assert.Contains(heard, activity => activity is { From.Role: "bot", Entities.Count: > 0 } && activity.Text!.Contains(WebSite.AnAddress.Code.Grouped, StringComparison.Ordinal));
        Assert.Equal(0, site.Services.GetRequiredService<PhotoTray>().Count);

        var own = Assert.Single(heard, activity => activity is { From.Role: "user", Attachments: not null });
        Assert.Equal("up-1", own.ChannelData!.Value.GetProperty("clientActivityID").GetString());
        var (picture, sent) = (Assert.Single(own.Attachments!), APlate());
        Assert.Equal(("image/png", "plate.png"), (picture.ContentType, picture.Name));
        Assert.StartsWith(site.Address + "v3/directline/uploads/", picture.ContentUrl);
        var shown = await site.Send(HttpMethod.Get, new Uri(picture.ContentUrl!).PathAndQuery, null, null);
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(sent, await shown.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_is_the_whole_body_is_taken_too()
    {
        ReadingPhotos.NeedsZbar();
        var talk = await (await site.Start(own: false)).Greeted();
        var body = new ByteArrayContent(APlate());
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = "b.png" };
        await talk.Answer(await IdIn(await Upload(talk, body)));
        Assert.Contains((await talk.Read()).Activities, activity => activity is { From.Role: "bot", Entities.Count: > 0 } && activity.Text!.Contains(WebSite.AnAddress.Code.Grouped, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_only_calls_itself_a_picture_is_never_handed_back()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        var answer = await talk.Answer(await IdIn(await Upload(talk, Parts(null, ("x.png", "image/png", Encoding.UTF8.GetBytes("<script>alert(1)</script>"))))));
        Assert.NotEmpty(answer.Text!);
        var own = (await talk.Read()).Activities.Last(activity => activity.From!.Role == "user");
        Assert.Null(Assert.Single(own.Attachments!).ContentUrl);
    }

    [Theory]
    [InlineData("a.pdf", "application/pdf", "tệp")]
    [InlineData("a.ogg", "audio/ogg", "thoại")]
    public async Task Every_kind_of_file_has_an_answer(string name, string type, string word)
    {
        var talk = await (await site.Start(own: false)).Greeted();
        Assert.Contains(word, (await talk.Answer(await IdIn(await Upload(talk, Parts(new { type = "message" }, (name, type, [1, 2, 3])))))).Text);
    }

    [Fact]
    public async Task Several_files_are_an_album_and_a_repeated_upload_is_one()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        var activity = new { type = "message", channelData = new { clientActivityID = "two" } };
        var first = await IdIn(await Upload(talk, Parts(activity, ("1.png", "image/png", APlate()), ("2.png", "image/png", APlate()))));
        Assert.Contains("nhiều ảnh", (await talk.Answer(first)).Text);
        Assert.Equal(first, await IdIn(await Upload(talk, Parts(activity, ("1.png", "image/png", APlate()), ("2.png", "image/png", APlate())))));
        Assert.Single((await talk.Read()).Activities, one => one.From!.Role == "user");
    }

    [Fact]
    public async Task An_uploaded_picture_is_shown_for_ten_minutes_and_is_a_name_afterwards()
    {
        await using var alone = await WebSite.With();
        var talk = await (await alone.Start(own: false)).Greeted();
        await Upload(talk, Parts(new { type = "message" }, ("plate.png", "image/png", APlate())));
        var before = await Own();
        alone.Time.Ahead = Limits.UploadShown + TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.NotFound, (await alone.Send(HttpMethod.Get, new Uri(before.ContentUrl!).PathAndQuery, null, null)).StatusCode);
        var after = await Own();
        Assert.Equal((null, "plate.png", "application/octet-stream"), (after.ContentUrl, after.Name, after.ContentType));

        async Task<Attachment> Own() => Assert.Single((await talk.Read()).Activities.Last(activity => activity.From!.Role == "user").Attachments!);
    }

    [Fact]
    public async Task What_is_no_upload_is_refused_with_its_reason()
    {
        var talk = await (await site.Start(own: false)).Greeted();
        await Refused(HttpStatusCode.BadRequest, "MissingProperty", Parts(new { type = "message" }));
        await Refused(HttpStatusCode.BadRequest, "MissingProperty", new ByteArrayContent([]) { Headers = { ContentType = new("image/png") } });
        await Refused(HttpStatusCode.BadRequest, "BadArgument", new ByteArrayContent([1, 2, 3]));
        await Refused(HttpStatusCode.BadRequest, "BadSyntax", new StringContent("no parts at all") { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") } });
        await Refused(HttpStatusCode.BadRequest, "BadSyntax", new StringContent("--") { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data") } });
        await Refused(HttpStatusCode.BadRequest, "BadSyntax", Parts("not an activity", ("1.png", "image/png", [1])));
        await Refused(HttpStatusCode.RequestEntityTooLarge, "MessageSizeTooBig", Parts(new { type = "message" }, ("1.png", "image/png", new byte[Limits.UploadBytes])));
        await Refused(HttpStatusCode.RequestEntityTooLarge, "MessageSizeTooBig", Parts(new { type = "message", text = new string('a', 70_000) }, ("1.png", "image/png", [1])));
        Assert.DoesNotContain((await talk.Read()).Activities, activity => activity.From!.Role == "user");

        async Task Refused(HttpStatusCode status, string code, HttpContent body)
        {
            // The pace of photos is not what is tried here.
            var one = await (await site.Start(own: false)).Greeted();
            var response = await Upload(one, body);
            Assert.Equal((status, code), (response.StatusCode, await WebSite.ErrorCode(response)));
        }
    }

    [Fact]
    public async Task A_token_of_another_conversation_uploads_nothing()
    {
        var (mine, theirs) = (await site.Start(own: false), await site.Start(own: false));
        var response = await site.Send(HttpMethod.Post, mine.Path + "/upload?userId=web", theirs.Ticket.Token, Parts(null, ("1.png", "image/png", APlate())));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Send(HttpMethod.Post, mine.Path + "/upload", null, Parts(null, ("1.png", "image/png", APlate())))).StatusCode);
    }

    private Task<HttpResponseMessage> Upload(Talk talk, HttpContent body) => talk.Site.Send(HttpMethod.Post, talk.Path + "/upload?userId=web", talk.Ticket.Token, body);

    private static MultipartFormDataContent Parts(object? activity, params (string Name, string Type, byte[] Bytes)[] files)
    {
        var parts = new MultipartFormDataContent();
        if (activity is not null)
        {
            var words = new StringContent(JsonSerializer.Serialize(activity));
            words.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
            parts.Add(words, "activity", "blob");
        }
        foreach (var (name, type, bytes) in files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue(type);
            parts.Add(file, "file", name);
        }
        return parts;
    }

    private static async Task<string> IdIn(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Talk.Number((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
    }
}
