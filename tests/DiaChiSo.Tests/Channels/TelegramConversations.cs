using System.Text;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.Telegram.People;
using DiaChiSo.Tests.Plates;

namespace DiaChiSo.Tests.Channels;

/// <summary>Whole conversations over HTTP, the same by polling and by webhook.</summary>
public sealed class TelegramConversations
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_citizen_starts_looks_a_code_up_and_says_that_it_is_right(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var an = bot.Telegram.Someone("An");
        an.Start();
        var menu = await an.Chat.NextMessage();
        Assert.Contains(menu.Labels, label => label == "1. Tra cứu địa chỉ");

        an.Press("1. Tra cứu địa chỉ");
        var question = await an.Chat.NextMessage();
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", question.Text);
        Assert.Equal("", (await an.Chat.NextToast()).Text);

        an.Say("32607 00023");
        var card = await an.Chat.NextMessage();
        Assert.Contains("Trạm y tế Mường Báng (bịa)", card.Text);
        Assert.Contains("32607 00023", card.Text);
        var photo = await an.Chat.NextMessage();
        Assert.Equal("sendPhoto", photo.Method);
        Assert.Equal("Mã QR của địa chỉ số 32607 00023", photo.Text);
        var venue = await an.Chat.NextMessage();
        Assert.Equal("sendVenue", venue.Method);
        Assert.Equal((21.84180, 103.35110), (venue.Place!.Latitude, venue.Place.Longitude));
        Assert.Equal(["1. Đúng rồi", "2. Không đúng, tìm lại", "3. Báo sai, cần sửa", "4. Lấy thẻ để in"], venue.Labels);

        an.Press("1. Đúng rồi");
        Assert.Contains((await an.Chat.NextMessage()).Labels, label => label == "1. Tra cứu địa chỉ");
        await bot.UntilQuiet();
        Assert.Empty(bot.Telegram.Refusals);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_QR_that_was_sent_leads_to_the_link_of_its_code(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var an = bot.Telegram.Someone("An");
        an.Say("3260600012");
        var photo = await an.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        Assert.Equal("https://diachiso.gov.vn/#/map/3260600012", Pictures.Decode(photo.File!.Bytes));
    }

    [Fact]
    public async Task The_numbers_and_the_words_of_a_choice_are_as_good_as_a_press()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        an.Say("1");
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.Chat.NextMessage()).Text);
        an.Say("thoi");
        Assert.Contains("1. Tra cứu địa chỉ", (await an.Chat.WaitForMessage(message => message.Labels.Count > 0)).Labels);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_old_button_has_no_effect_and_is_answered_with_a_toast(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var an = bot.Telegram.Someone("An");
        an.Start();
        var menu = await an.Chat.NextMessage();
        an.PressOn(menu, "1. Tra cứu địa chỉ");
        await an.Chat.NextMessage();
        Assert.Equal("", (await an.Chat.NextToast()).Text);
        await bot.UntilQuiet();
        var before = an.Chat.Messages.Count;

        an.PressOn(menu, "1. Tra cứu địa chỉ");
        an.Forge("t1.99");
        an.Forge("\" ; drop table");

        for (var presses = 0; presses < 3; presses++)
        {
            Assert.Equal("Nút này đã cũ. Anh/chị dùng các nút ở tin nhắn mới nhất nhé.", (await an.Chat.NextToast()).Text);
        }
        await bot.UntilQuiet();
        Assert.Equal(before, an.Chat.Messages.Count);
    }

    [Fact]
    public async Task A_deep_link_with_a_code_shows_its_address()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Fact]
    public async Task A_phone_that_speaks_English_is_spoken_to_in_English()
    {
        await using var bot = await BotUnderTest.Start();
        var ann = bot.Telegram.Someone("Ann", languageCode: "en-GB");
        ann.Say("3260700023");
        Assert.StartsWith("QR of the digital address", (await ann.Chat.WaitForMessage(message => message.Method == "sendPhoto")).Text);
    }

    [Fact]
    public async Task A_picture_that_was_sent_before_is_sent_by_its_file_id_even_after_a_restart()
    {
        await using var bot = await BotUnderTest.Start();
        var (an, binh) = (bot.Telegram.Someone("An"), bot.Telegram.Someone("Bình"));
        an.Say("3260700023");
        var first = await an.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        await bot.UntilQuiet();
        await bot.Stop();
        await bot.Start();
        binh.Say("3260700023");
        var second = await binh.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        Assert.Equal(first.File!.FileId, second.File!.FileId);
        Assert.Single(bot.Telegram.Requests, request => request.ContentType.StartsWith("multipart/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_id_that_Telegram_no_longer_takes_is_forgotten_and_the_picture_uploaded_again()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        var first = await an.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        await bot.UntilQuiet();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("wrong remote file identifier specified: can't unserialize it"), "sendPhoto");
        an.Say("3260700023");
        var second = await an.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        Assert.NotEqual(first.File!.FileId, second.File!.FileId);
        Assert.Equal(first.File.Bytes, second.File.Bytes);
    }

    [Fact]
    public async Task A_file_is_sent_by_its_id_too_and_uploaded_again_where_that_is_refused()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        var first = await Card(bot, an);
        Assert.Equal(first.File!.FileId, (await Card(bot, an)).File!.FileId);
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("wrong remote file identifier specified: can't unserialize it"), "sendDocument");
        var third = await Card(bot, an);
        Assert.NotEqual(first.File.FileId, third.File!.FileId);
        Assert.StartsWith("%PDF", Encoding.Latin1.GetString(third.File.Bytes[..4]));
        Assert.Equal(third.File.FileId, (await Card(bot, an)).File!.FileId);
        Assert.Equal(2, bot.Telegram.Requests.Count(request => request.Method == "sendDocument" && request.ContentType.StartsWith("multipart/", StringComparison.Ordinal)));
    }

    private static async Task<SeenMessage> Card(BotUnderTest bot, FakePerson person)
    {
        person.Say("3260700023");
        await person.Chat.WaitForMessage(message => message.Labels.Any(label => label.Contains("Lấy thẻ để in", StringComparison.Ordinal)));
        await bot.UntilQuiet();
        person.Press(person.Chat.Messages.Last(message => message.Labels.Count > 0).Labels.First(label => label.Contains("Lấy thẻ để in", StringComparison.Ordinal)));
        var card = await person.Chat.WaitForMessage(message => message.Method == "sendDocument");
        await bot.UntilQuiet();
        return card;
    }

    [Fact]
    public async Task The_commands_are_announced_in_both_languages()
    {
        await using var bot = await BotUnderTest.Start();
        await BotUnderTest.Until(() => Task.FromResult(bot.Telegram.Profile.Commands("all_private_chats", "en").Count > 0));
        var vietnamese = bot.Telegram.Profile.Commands("all_private_chats");
        var english = bot.Telegram.Profile.Commands("all_private_chats", "en");
        Assert.Contains(vietnamese, command => command is { Command: "tracuu", Description: "Tra cứu địa chỉ" });
        Assert.Contains(english, command => command is { Command: "lookup" });
        Assert.Contains(vietnamese, command => command.Command == "huy");
        Assert.Equal(vietnamese.Count, english.Count);
        Assert.Empty(bot.Telegram.Profile.Commands());
    }
}
