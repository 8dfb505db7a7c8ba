using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Tests.Channels;

/// <summary>Photos, documents, albums, downloads, locations and venues.</summary>
public class FakeTelegramTestsOfFilesAndPlaces
{
    [Fact]
    public async Task An_uploaded_photo_is_seen_byte_for_byte_and_its_id_can_be_sent_again()
    {
        await using var talk = await TelegramTalk.Start();
        var bytes = TelegramSamples.Png(600, 600, 5000);

        var first = await talk.Bot.SendPhoto(talk.An.Id, InputFile.FromStream(new MemoryStream(bytes), "qr.png"));
        await talk.Bot.SendPhoto(talk.An.Id, first.Photo![^1].FileId);

        Assert.Equal((600, 600), (first.Photo[^1].Width, first.Photo[^1].Height));
        Assert.All(talk.An.Chat.Messages, message => Assert.Equal(bytes, message.File!.Bytes));
        Assert.Single(talk.An.Chat.Messages.Select(message => message.File!.FileId).Distinct());
    }

    [Fact]
    public async Task A_file_id_of_another_bot_and_a_file_unique_id_are_refused()
    {
        await using var talk = await TelegramTalk.Start();
        await using var other = await TelegramTalk.Start(new() { Seed = 7 });
        var elsewhere = await other.Bot.SendPhoto(other.An.Id, new MemoryStream(TelegramSamples.Png()));
        var here = await talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(TelegramSamples.Png()));

        var foreign = await TelegramTalk.Refused(() => talk.Bot.SendPhoto(talk.An.Id, elsewhere.Photo![^1].FileId));
        var unique = await TelegramTalk.Refused(() => talk.Bot.SendPhoto(talk.An.Id, here.Photo![^1].FileUniqueId));

        Assert.Equal("Bad Request: wrong file identifier/HTTP URL specified", foreign.Message);
        Assert.Equal("Bad Request: wrong file identifier/HTTP URL specified", unique.Message);
    }

    [Fact]
    public async Task A_document_cannot_be_sent_as_a_photo_by_its_id()
    {
        await using var talk = await TelegramTalk.Start();
        var sent = await talk.Bot.SendDocument(talk.An.Id, InputFile.FromStream(new MemoryStream([1, 2, 3]), "biên bản.pdf"));

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendPhoto(talk.An.Id, sent.Document!.FileId));

        Assert.Equal("Bad Request: can't use file of type Document as Photo", refusal.Message);
    }

    [Fact]
    public async Task A_file_name_with_Vietnamese_letters_arrives()
    {
        await using var talk = await TelegramTalk.Start();

        var sent = await talk.Bot.SendDocument(talk.An.Id, InputFile.FromStream(new MemoryStream([1, 2, 3]), "biên bản số 7.pdf"), "Biên bản");

        Assert.Equal(("biên bản số 7.pdf", "application/pdf"), (sent.Document!.FileName, sent.Document.MimeType));
        Assert.Equal("biên bản số 7.pdf", talk.An.Chat.Last.File!.Name);
    }

    [Fact]
    public async Task A_photo_is_a_picture_of_at_most_10_MB_and_of_a_sensible_shape()
    {
        await using var talk = await TelegramTalk.Start();

        async Task<string> Refusal(byte[] bytes) =>
            (await TelegramTalk.Refused(() => talk.Bot.SendPhoto(talk.An.Id, new MemoryStream(bytes)))).Message;

        Assert.Equal("Bad Request: IMAGE_PROCESS_FAILED", await Refusal([1, 2, 3]));
        Assert.Equal("Bad Request: file must be non-empty", await Refusal([]));
        Assert.Equal("Bad Request: PHOTO_INVALID_DIMENSIONS", await Refusal(TelegramSamples.Png(9000, 1001)));
        Assert.Equal("Bad Request: PHOTO_INVALID_DIMENSIONS", await Refusal(TelegramSamples.Png(2100, 100)));
        Assert.Contains("is too big for a photo", await Refusal(TelegramSamples.Png(length: (10 * 1024 * 1024) + 1)));
        Assert.Empty(talk.An.Chat.Messages);
    }

    [Fact]
    public async Task A_document_of_more_than_50_MB_gets_413()
    {
        await using var talk = await TelegramTalk.Start();

        var refusal = await TelegramTalk.Refused(() => talk.Bot.SendDocument(talk.An.Id, new MemoryStream(new byte[(50 * 1024 * 1024) + 1])));

        Assert.Equal(413, refusal.ErrorCode);
    }

    [Fact]
    public async Task A_photo_that_a_person_sent_can_be_downloaded()
    {
        await using var talk = await TelegramTalk.Start();
        var bytes = TelegramSamples.Png(1280, 960, 3000);
        talk.An.SendPhoto(bytes, "chỗ này là đâu?");
        var update = Assert.Single(await talk.Bot.GetUpdates(-1));
        using var copy = new MemoryStream();

        await talk.Bot.GetInfoAndDownloadFile(update.Message!.Photo![^1].FileId, copy);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal("chỗ này là đâu?", update.Message.Caption);
    }

    [Fact]
    public async Task A_file_of_more_than_20_MB_cannot_be_downloaded()
    {
        await using var talk = await TelegramTalk.Start();
        talk.An.SendDocument(new byte[(20 * 1024 * 1024) + 1], "big.zip");
        var update = Assert.Single(await talk.Bot.GetUpdates(-1));

        var refusal = await TelegramTalk.Refused(() => talk.Bot.GetFile(update.Message!.Document!.FileId));
        var unknown = await TelegramTalk.Refused(() => talk.Bot.GetFile("AgACnowhere"));

        Assert.Equal("Bad Request: file is too big", refusal.Message);
        Assert.Equal(400, unknown.ErrorCode);
    }

    [Fact]
    public async Task An_album_has_2_to_10_items_of_one_kind()
    {
        await using var talk = await TelegramTalk.Start();
        InputMediaPhoto[] Photos(int count) => [.. Enumerable.Range(0, count).Select(i =>
            new InputMediaPhoto(InputFile.FromStream(new MemoryStream(TelegramSamples.Png()), $"{i}.png")) { Caption = i == 0 ? "hai ảnh" : null })];

        var sent = await talk.Bot.SendMediaGroup(talk.An.Id, Photos(2));
        var one = await TelegramTalk.Refused(() => talk.Bot.SendMediaGroup(talk.An.Id, Photos(1)));
        var eleven = await TelegramTalk.Refused(() => talk.Bot.SendMediaGroup(talk.An.Id, Photos(11)));
        IAlbumInputMedia[] mixed = [Photos(1)[0], new InputMediaDocument(InputFile.FromStream(new MemoryStream([1]), "a.pdf"))];
        var both = await TelegramTalk.Refused(() => talk.Bot.SendMediaGroup(talk.An.Id, mixed));

        Assert.Equal(2, sent.Length);
        Assert.Single(talk.An.Chat.Messages.Select(message => message.AlbumId).Distinct());
        Assert.Equal("hai ảnh", talk.An.Chat.Messages[0].Text);
        Assert.All([one, eleven, both], refusal => Assert.Equal(400, refusal.ErrorCode));
    }

    [Fact]
    public async Task A_venue_is_seen_with_its_place_and_words()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Json("sendVenue", TelegramSamples.Text("request-sendVenue.json"));

        var place = talk.An.Chat.Last.Place!;
        Assert.Equal((10.7725, 106.698, "Chợ Bến Thành", "Lê Lợi, Quận 1"), (place.Latitude, place.Longitude, place.Title, place.Address));
    }

    [Theory]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":90.1,"longitude":0}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":0,"longitude":-180.1}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":21.8}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"horizontal_accuracy":1501}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"live_period":59}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"live_period":86401}""")]
    [InlineData("sendLocation", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"live_period":60,"heading":361}""")]
    [InlineData("sendVenue", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"title":"a"}""")]
    [InlineData("sendVenue", """{"chat_id":700000001,"latitude":21.8,"longitude":103.3,"title":"","address":"a"}""")]
    public async Task A_place_out_of_its_range_or_without_its_words_is_refused(string method, string body)
    {
        await using var talk = await TelegramTalk.Start();

        Assert.StartsWith("Bad Request: ", await talk.RefusedJson(method, body));
        Assert.Empty(talk.An.Chat.Messages);
    }

    [Fact]
    public async Task A_location_at_the_edge_of_its_ranges_is_taken()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Bot.SendLocation(talk.An.Id, -90, 180, horizontalAccuracy: 1500, livePeriod: 0x7FFFFFFF, heading: 360);

        Assert.Equal((-90, 180, 1500), (talk.An.Chat.Last.Place!.Latitude, talk.An.Chat.Last.Place!.Longitude, talk.An.Chat.Last.Place!.Accuracy));
    }
}
