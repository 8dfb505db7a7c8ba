namespace DiaChiSo.Tests.Channels;

/// <summary>Asking for a place, and the places that come.</summary>
public sealed class TelegramPlaces
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_keys_come_with_the_wish_work_like_buttons_and_go_with_it(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var an = bot.Telegram.Someone("An");
        an.Say("/tracuu");
        var question = await an.Chat.NextMessage();
        Assert.Equal(["request_location", "text"], question.Keyboard!.SelectMany(row => row).Select(key => key.Action));
        Assert.Empty(question.Labels);

        an.Press("Thôi");
        var home = await an.Chat.WaitForMessage(message => message.Labels.Count > 0);
        Assert.Contains("1. Tra cứu địa chỉ", home.Labels);
        Assert.Empty(an.Chat.Keyboard);

        await bot.UntilQuiet();
        an.Say("/menu");
        Assert.Contains("1. Tra cứu địa chỉ", (await an.Chat.NextMessage()).Labels);
        Assert.Empty(bot.Telegram.Refusals);
    }

    [Fact]
    public async Task The_keys_go_after_a_restart_too()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Say("/tracuu");
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        await bot.Stop();
        await bot.Start();
        an.SharePlace(21.84180, 103.35110, accuracy: 6);
        await an.Chat.WaitForMessage(message => message.Labels.Count > 0);
        Assert.Empty(an.Chat.Keyboard);
    }

    [Fact]
    public async Task A_pin_a_venue_and_a_forwarded_place_are_looked_up()
    {
        await using var bot = await BotUnderTest.Start();
        var (an, binh) = (bot.Telegram.Someone("An"), bot.Telegram.Someone("Bình"));
        an.SharePlace(21.84180, 103.35110, accuracy: 6);
        Assert.Contains((await an.Chat.NextMessage()).Labels, label => label.Contains("Trạm y tế"));
        an.ShareVenue(21.84180, 103.35110, "Trạm", "Mường Báng");
        Assert.Contains((await an.Chat.NextMessage()).Labels, label => label.Contains("Trạm y tế"));
        an.SharePlace(21.84180, 103.35110, forwardedFrom: binh);
        Assert.Contains((await an.Chat.NextMessage()).Labels, label => label.Contains("Trạm y tế"));
    }

    [Fact]
    public async Task A_live_location_is_answered_when_it_starts_and_not_at_every_step()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        var live = an.ShareLivePlace(21.84180, 103.35110);
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        var before = an.Chat.Messages.Count;
        for (var step = 1; step <= 5; step++)
        {
            live.Move(21.84180 + step * 0.0001, 103.35110);
        }
        live.Stop();
        await bot.UntilQuiet();
        Assert.Equal(before, an.Chat.Messages.Count);
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task Every_kind_of_message_is_answered()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        var said = an.Say("Một câu không có trong danh bạ nào");
        await an.Chat.NextMessage();
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 100, 0, 0, 0, 100];
        (string Kind, Action Send)[] kinds =
        [
            ("sticker", () => an.SendSticker()), ("voice", () => an.SendVoice()), ("photo", () => an.SendPhoto(png)), ("caption", () => an.SendPhoto(png, "3260700023")),
            ("document", () => an.SendDocument(png, "Tệp có dấu.pdf")), ("own contact", () => an.SendContact("84912000001", "An", own: true)),
            ("contact", () => an.SendContact("84912000002", "Bình")), ("edit", () => an.EditMessage(said, "Câu khác")), ("album", () => an.SendAlbum([png, png])),
            ("dice", () => an.SendRaw("""{"dice":{"emoji":"🎲","value":3}}""")), ("poll", () => an.SendRaw("""{"poll":{"id":"1","question":"?","options":[],"total_voter_count":0,"is_closed":false,"is_anonymous":true,"type":"regular","allows_multiple_answers":false}}""")),
            ("tomorrow", () => an.SendRaw("""{"something_new":{"x":1}}""")), ("unknown command", () => an.Say("/khongco")), ("video", () => an.SendRaw("""{"video":{"file_id":"f","file_unique_id":"u","width":1,"height":1,"duration":1}}""")),
        ];
        foreach (var (kind, send) in kinds)
        {
            await bot.UntilQuiet();
            var before = an.Chat.Messages.Count;
            send();
            await bot.UntilQuiet();
            Assert.True(an.Chat.Messages.Count > before, kind + " was not answered");
        }
        Assert.Empty(bot.Telegram.Refusals);
    }
}
