using System.Text.RegularExpressions;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Fakes.ZaloBot;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloBot;

/// <summary>Whole talks over HTTP by typing: numbers, numbers in words, labels with and without tones. There are no buttons on this channel.</summary>
public sealed partial class ZaloBotConversations
{
    /// <summary>How a person types a choice.</summary>
    public enum Typing { Number, Word, Label, WithoutTones }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(true, true)]
    public async Task An_address_is_looked_up_by_its_code(bool webhook, bool enveloped)
    {
        await using var bot = await ZaloBotUnderTest.Start(webhook, new FakeZaloBotOptions { Enveloped = enveloped, PollsGiveArrays = enveloped });
        var an = bot.Zalo.Someone("Người Có Tên");
        an.Say("/tracuu 3260700023");
        var card = await an.Chat.Next();
        // The words and the picture are one message: the plan counts messages.
        Assert.Equal("sendPhoto", card.Method);
        Assert.StartsWith("Trạm y tế Mường Báng (bịa)", card.Text, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], card.Photo![..4]);
        var gate = await an.Chat.Next();
        Assert.Contains("Vị trí cổng: 21.84180", gate.Text, StringComparison.Ordinal);
        Assert.Contains("https://www.openstreetmap.org/?mlat=21.84180", gate.Text, StringComparison.Ordinal);
        Assert.Contains("1. Đúng rồi", gate.Text, StringComparison.Ordinal);
        await bot.UntilQuiet();
        Assert.Equal(2, an.Chat.Messages.Count);
        Assert.Empty(bot.Zalo.Refusals);
        Assert.DoesNotContain(bot.Log, line => line.Contains("Người Có Tên") || line.Contains("3260700023") || line.Contains(bot.Zalo.Token.Split(':')[1]) || line.Contains(an.Id));
    }

    [Theory, InlineData(Typing.Number), InlineData(Typing.Word), InlineData(Typing.Label), InlineData(Typing.WithoutTones)]
    public async Task A_whole_form_is_filled_by_typing(Typing typing)
    {
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        await Do(bot, an, typing, "/start", "Bản Tà Là Cáo, Mường Báng", "[Yêu cầu cấp mã mới]", "[Đồng ý]", "dan@example.invalid");
        await Do(bot, an, typing, await CodeInTheMail(bot), "[🏠 Nhà ở]", "[Không có tên]", "[Đúng rồi]", "[Chủ địa chỉ]", "vàng a páo", "0912 000 009", "[Không có]", "[Đúng rồi]");
        await Do(bot, an, typing, "21,91000; 103,37000", "[Đúng rồi]", "[Gửi yêu cầu]");
        Assert.Contains("YC26-000001", Texts(an), StringComparison.Ordinal);
        var request = await bot.Ask(db => db.Set<Request>().SingleAsync());
        Assert.Equal(RequestStatus.Sent, request.Status);
        Assert.Empty(bot.Zalo.Refusals);
        Assert.All(an.Chat.Messages, message => Assert.InRange(message.Text.Length, 1, 2_000));
    }

    [Fact]
    public async Task A_position_comes_through_a_one_time_address()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("/tracuu");
        await an.Chat.Next();
        await bot.UntilQuiet();
        var conversation = await bot.Ask(db => db.Conversations.Select(row => row.Id).SingleAsync());
        var link = await ((DiaChiSo.Bot.Places.PlaceLinks)bot.Services.GetService(typeof(DiaChiSo.Bot.Places.PlaceLinks))!).LinkOf(conversation, TestContext.Current.CancellationToken);
        Assert.StartsWith(bot.Url + "/vt/", link, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(link, new StringContent("""{"latitude":21.84181,"longitude":103.35111,"accuracy":6}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains("Trạm y tế Mường Báng (bịa)", (await an.Chat.Next()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_seen_is_answered_with_one_short_help_text_and_the_question()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        for (var times = 0; times < 3; times++)
        {
            an.SendUnsupported();
        }
        Assert.StartsWith("Ứng dụng không chuyển được tin vừa rồi cho em", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        an.SendVoice();
        Assert.StartsWith("Em chưa nghe được tin nhắn thoại", (await an.Chat.Next(message => message.Text.StartsWith("Em chưa nghe", StringComparison.Ordinal))).Text, StringComparison.Ordinal);
        an.SendSticker();
        await an.Chat.Next(message => message.Text.StartsWith("Em cảm ơn hình", StringComparison.Ordinal));
        await bot.UntilQuiet();
        // Two at most, where the ten seconds ended in between.
        Assert.InRange(an.Chat.Messages.Count(message => message.Text.StartsWith("Ứng dụng", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task In_a_group_there_is_one_sentence_every_ten_minutes_and_nothing_personal()
    {
        await using var bot = await ZaloBotUnderTest.Start(settings: "--Logging:LogLevel:Default=Trace");
        var an = bot.Zalo.Someone("An");
        var group = bot.Zalo.Group();
        an.SendUnsupported(group);
        an.SendSticker(group);
        an.Say("3260700023", group);
        var said = await group.Chat.Next();
        Assert.Equal("Em chỉ trả lời trong tin nhắn riêng để giữ kín thông tin của anh/chị. Mời anh/chị nhắn riêng cho bot.DiaChiSo.", said.Text);
        an.Say("3260700023", group);
        await bot.UntilQuiet();
        Assert.Single(group.Chat.Messages);
        Assert.Equal(0, await bot.Ask(db => db.Inbox.CountAsync()));
        Assert.Equal(0, await bot.Ask(db => db.Conversations.CountAsync()));
        bot.Time.Ahead = TimeSpan.FromMinutes(11);
        an.Say("3260700023", group);
        await group.Chat.Next();
        Assert.Equal(2, bot.Zalo.MessagesSent);
        await BotUnderTest.Until(async () => (await bot.Health()).Counts["messagesThisMonth"] == 2);
    }

    [Fact]
    public async Task A_long_page_goes_out_in_parts_of_two_thousand_characters()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        await bot.UntilQuiet();
        var sentence = "Câu này dài vừa phải để đếm cho đúng. ";
        var page = new DiaChiSo.Core.Turns.Page([new DiaChiSo.Core.Turns.Words([new(string.Concat(Enumerable.Repeat(sentence, 150)))])], [new("Đúng rồi", "t1.0", 1), new("Thôi", "t1.1", 2)]);
        await bot.Arrange(async db =>
        {
            var conversation = await db.Conversations.Select(row => row.Id).SingleAsync();
            db.Outbox.Add(new DiaChiSo.Core.Turns.OutboxRow { ConversationId = conversation, Body = System.Text.Json.JsonSerializer.Serialize(page, DiaChiSo.Core.Turns.Saved.Json), CreatedAt = bot.Time.GetUtcNow() });
            await db.SaveChangesAsync();
        });
        await an.Chat.Next(message => message.Text.Contains("2. Thôi", StringComparison.Ordinal));
        var parts = an.Chat.Messages.Skip(1).ToList();
        Assert.Equal(3, parts.Count);
        Assert.All(parts, part => Assert.InRange(part.Text.Length, 1, 2_000));
        Assert.All(parts[..^1], part => Assert.EndsWith(".", part.Text, StringComparison.Ordinal));
        Assert.Empty(bot.Zalo.Refusals);
    }

    // [Label] chooses it in the given way; anything else is typed as it is.
    private static async Task Do(ZaloBotUnderTest bot, FakeZaloPerson person, Typing typing, params string[] steps)
    {
        foreach (var step in steps)
        {
            var seen = person.Chat.Messages.Count;
            person.Say(step is ['[', .. var label, ']'] ? Typed(person, label, typing) : step);
            await BotUnderTest.Until(() => Task.FromResult(person.Chat.Messages.Count > seen));
            await bot.UntilQuiet();
        }
    }

    private static string Typed(FakeZaloPerson person, string label, Typing typing)
    {
        string[] spoken = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
        var lines = person.Chat.Messages[^1].Text.Split('\n');
        var line = lines.FirstOrDefault(found => Number().Replace(found, "") == label);
        // Where figures are an answer themselves, the labels stand in a sentence and are typed.
        var offered = line is not null || lines.Any(found => found.Contains($"«{label}»", StringComparison.Ordinal));
        Assert.True(offered, $"«{label}» was not offered: {lines[0]}");
        var number = line is null ? null : Number().Match(line).Value.TrimEnd('.', ' ');
        return typing switch
        {
            Typing.Number when number is not null => number,
            Typing.Word when number is not null => spoken[int.Parse(number)],
            Typing.WithoutTones => VietnameseText.Fold(label),
            _ => label,
        };
    }

    private static string Texts(FakeZaloPerson person) => string.Join("\n", person.Chat.Messages.Select(message => message.Text));

    private static async Task<string> CodeInTheMail(ZaloBotUnderTest bot)
    {
        string? newest = null;
        await BotUnderTest.Until(() => Task.FromResult((newest = Directory.EnumerateFiles(bot.MailFolder, "*.eml").OrderBy(File.GetCreationTimeUtc).LastOrDefault()) is not null));
        var mail = await MimeKit.MimeMessage.LoadAsync(newest!, TestContext.Current.CancellationToken);
        return SixDigits().Match(mail.TextBody ?? "").Value;
    }

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
