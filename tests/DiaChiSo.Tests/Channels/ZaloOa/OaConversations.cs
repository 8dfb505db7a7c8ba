using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Tests.Plates;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>Whole conversations over HTTP: by somebody who taps, and by somebody who types numbers and words.</summary>
public sealed class OaConversations
{
    [Fact]
    public async Task A_citizen_follows_looks_a_code_up_by_buttons_and_says_that_it_is_right()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        var menu = await an.NextMessage();
        Assert.Contains("1. Tra cứu địa chỉ", menu.Labels);
        Assert.Contains("\n1. Tra cứu địa chỉ", menu.Text);
        Assert.All(menu.Buttons, button => Assert.Equal("oa.query.hide", button.Type));
        Assert.All(menu.Buttons, button => Assert.StartsWith("#t", button.Value));

        an.Tap("1. Tra cứu địa chỉ");
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.NextMessage()).Text);

        an.Say("32607 00023");
        var card = await an.NextMessage();
        Assert.Contains("Trạm y tế Mường Báng (bịa)", card.Text);
        Assert.Contains("32607 00023", card.Text);
        var picture = await an.NextMessage();
        Assert.Equal("Mã QR của địa chỉ số 32607 00023", picture.Text);
        Assert.Equal("https://diachiso.gov.vn/#/map/3260700023", Pictures.Decode(picture.Image!));
        var pin = await an.NextMessage();
        Assert.Contains("21.84180,103.35110", pin.Text);
        Assert.Contains("https://www.openstreetmap.org/?mlat=21.84180&mlon=103.35110", pin.Text);
        Assert.Contains("1. Đúng rồi", pin.Labels);
        Assert.Contains("1. Đúng rồi", pin.Text);

        an.Tap("1. Đúng rồi");
        Assert.Contains("1. Tra cứu địa chỉ", (await an.NextMessage()).Labels);
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
        Assert.All(bot.Zalo.Deliveries, delivery => Assert.Equal(200, delivery.Status));
    }

    [Fact]
    public async Task Who_types_numbers_and_words_gets_as_far_without_any_button()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:Buttons=Off");
        var an = bot.Zalo.Someone("An");
        an.Say("xin chào");
        Assert.Contains("1. Tra cứu địa chỉ", (await an.NextMessage()).Text);
        an.Say("một");
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.NextMessage()).Text);
        an.Say("3260700023");
        var pin = await an.WaitForMessage(message => message.Text.Contains("1. Đúng rồi"));
        Assert.Empty(pin.Labels);
        an.Say("dung roi");
        await an.WaitForMessage(message => message.Text.Contains("1. Tra cứu địa chỉ"));
        Assert.All(an.Messages, message => Assert.Empty(message.Buttons));
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task A_card_to_print_comes_as_a_pdf()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Labels.Contains("4. Lấy thẻ để in"));
        an.Tap("4. Lấy thẻ để in");
        var file = await an.WaitForMessage(message => message.File is not null);
        Assert.Equal("dia-chi-so-3260700023.pdf", file.File!.Name);
        Assert.Contains("1. Xong", (await an.NextMessage()).Labels);
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task A_form_is_filled_by_taps_and_words_and_its_request_is_there_once()
    {
        await using var bot = await OaBot.Start();
        await OaForm.Fill(bot, bot.Zalo.Someone("An"), isTapping: true);
        Assert.Equal(1, await bot.Ask(db => db.Set<DiaChiSo.Core.Requests.Request>().CountAsync()));
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task The_same_form_by_typing_alone()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:Buttons=Off");
        await OaForm.Fill(bot, bot.Zalo.Someone("An"), isTapping: false);
        Assert.Equal(1, await bot.Ask(db => db.Set<DiaChiSo.Core.Requests.Request>().CountAsync()));
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task A_place_is_looked_up_and_a_map_link_is_the_place_that_it_holds()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.ShareLocation(21.84180, 103.35110);
        Assert.Contains("Trạm y tế Mường Báng (bịa)", (await an.NextMessage()).Text);
        await bot.UntilQuiet();
        var before = an.Messages.Count;
        an.SendLink("https://www.google.com/maps?q=21.84180,103.35110");
        await BotUnderTest.Until(() => Task.FromResult(an.Messages.Count > before));
        Assert.Contains("Trạm y tế Mường Báng (bịa)", an.Messages[before].Text);
    }

    [Fact]
    public async Task Every_kind_of_message_is_answered()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        foreach (var (send, answer) in new (Action, string)[]
        {
            (an.SendSticker, "Em cảm ơn hình"),
            (() => an.SendFile("a.pdf"), "Em không nhận tệp"),
            (() => an.SendLink("https://example.vn/x"), "Em không mở đường dẫn lạ"),
            (() => an.SendOther("audio"), "Em chưa nghe được tin nhắn thoại"),
            (() => an.SendOther("video"), "Em chưa xem được video"),
            (() => an.SendOther("business_card"), "Em chưa dùng được loại tin nhắn này"),
            (() => an.SendImagesAt("", "https://a.zdn.vn/1", "https://a.zdn.vn/2"), "Em nhận được nhiều ảnh một lúc"),
            (() => an.SubmitInfo("Nguyễn An", "84912345678"), "Em đã nhận danh thiếp"),
            (() => an.Say("/khongco"), "Em không có lệnh này"),
        })
        {
            send();
            Assert.StartsWith(answer, (await an.WaitForMessage(message => message.Text.StartsWith("Em ", StringComparison.Ordinal))).Text);
        }
        an.Sees();
        await bot.UntilQuiet();
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task An_old_button_has_no_effect_and_is_answered_with_one_line()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        var menu = await an.NextMessage();
        an.TapOn(menu, "1. Tra cứu địa chỉ");
        await an.NextMessage();
        await bot.UntilQuiet();
        an.TapOn(menu, "1. Tra cứu địa chỉ");
        an.Say("#t1.99");
        an.Say("##d0123456789abcdef0123456789abcdef");
        Assert.Equal("Nút này đã cũ. Anh/chị dùng các nút ở tin nhắn mới nhất nhé.", (await an.NextMessage()).Text);
        Assert.Equal("Nút này đã cũ. Anh/chị dùng các nút ở tin nhắn mới nhất nhé.", (await an.NextMessage()).Text);
        Assert.StartsWith("Việc này đã xong", (await an.NextMessage()).Text);
    }

    [Fact]
    public async Task Who_leaves_is_not_written_to_and_who_comes_back_is()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await an.NextMessage();
        await bot.UntilQuiet();
        an.Unfollow();
        await bot.UntilQuiet();
        Assert.True(await bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        an.Follow();
        await bot.UntilQuiet();
        Assert.False(await bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        // Coming back is no reason to greet again.
        Assert.Single(an.Messages);
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.NextMessage()).Text);
    }

    [Fact]
    public async Task A_hundred_people_at_once_are_answered_once_each_and_the_limit_is_not_reached()
    {
        await using var bot = await OaBot.Start(OaBot.Patient with { Patience = TimeSpan.FromSeconds(60) });
        bot.Zalo.Someone("the first, who waits until the program is warm").Follow();
        await bot.UntilQuiet();
        var people = Enumerable.Range(0, 100).Select(at => bot.Zalo.Someone($"Người {at}")).ToList();
        people.ForEach(person => person.Follow());
        foreach (var person in people)
        {
            await person.NextMessage();
        }
        await bot.UntilQuiet();
        Assert.All(people, person => Assert.Single(person.Messages));
        Assert.DoesNotContain(bot.Zalo.Requests, request => request.Error == -32);
        Assert.Empty(bot.Zalo.Refusals);
        Assert.Equal(101, await bot.Ask(db => db.Conversations.CountAsync()));
        Assert.Equal(100, people.Select(person => person.Last.Id).Distinct().Count());
    }
}
