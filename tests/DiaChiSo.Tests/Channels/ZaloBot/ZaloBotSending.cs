using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloBot;
using DiaChiSo.Tests.Photos;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloBot;

/// <summary>What the platform refuses or loses, and what the person sees of it; and what the plan allows.</summary>
public sealed class ZaloBotSending
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_platform_that_stumbles_is_tried_again(bool http200)
    {
        await using var bot = await ZaloBotUnderTest.Start(options: new FakeZaloBotOptions { ErrorsAreHttp200 = http200 });
        bot.Zalo.Next(BotFault.ServerError, "sendPhoto");
        bot.Zalo.Next(BotFault.BadGateway, "sendMessage");
        bot.Zalo.Next(BotFault.TooMany(1), "sendMessage");
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.Chat.Next(message => message.Text.Contains("1. Đúng rồi", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Equal(["sendPhoto", "sendMessage"], an.Chat.Messages.Select(message => message.Method));
        var calls = bot.Zalo.Calls.Where(call => call.Method == "sendMessage").ToList();
        Assert.Equal([502, 429, 0], calls.Select(call => call.Code));
        Assert.True(calls[2].At - calls[1].At >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_goes_out_again_and_only_that_one()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(BotFault.CutAfterDelivery, "sendMessage");
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 3));
        await bot.UntilQuiet();
        Assert.Equal(["sendPhoto", "sendMessage", "sendMessage"], an.Chat.Messages.Select(message => message.Method));
        // All that the platform may have counted is counted.
        Assert.Equal(3, (await bot.Health()).Counts["messagesThisMonth"]);
        Assert.Equal(3, bot.Zalo.MessagesSent);
    }

    [Fact]
    public async Task A_picture_that_is_refused_is_said_in_words()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(BotFault.BadRequest, "sendPhoto");
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        var card = await an.Chat.Next();
        Assert.Equal("sendMessage", card.Method);
        Assert.Contains("Mã QR của địa chỉ số 32607 00023", card.Text, StringComparison.Ordinal);
        await an.Chat.Next(message => message.Text.Contains("1. Đúng rồi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_outside_can_reach_the_bot_no_picture_is_tried()
    {
        await using var bot = await ZaloBotUnderTest.Prepare();
        bot.IsReachable = false;
        await bot.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        Assert.Equal("sendMessage", (await an.Chat.Next()).Method);
        await bot.UntilQuiet();
        Assert.DoesNotContain(bot.Zalo.Calls, call => call.Method == "sendPhoto");
    }

    [Fact]
    public async Task What_is_refused_for_good_is_parked_and_the_next_page_goes_out()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(new BotFault(400, "Bad request: 3260700023 of yours"), "sendMessage");
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Parked)));
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Log, line => line.Contains("3260700023"));
    }

    [Fact]
    public async Task Who_wants_no_messages_is_left_alone_until_they_write()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(BotFault.Blocked, "sendMessage");
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await BotUnderTest.Until(() => bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.Next()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_makes_health_red_and_the_answers_wait()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(BotFault.Unauthorized, "sendMessage");
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await BotUnderTest.Until(async () => (await bot.Ask(db => db.Outbox.FirstOrDefaultAsync()))?.Attempts == 1);
        Assert.Empty(an.Chat.Messages);
        Assert.Equal(RowStatus.Pending, (await bot.Ask(db => db.Outbox.SingleAsync())).Status);
        bot.Time.Ahead = TimeSpan.FromMinutes(6);
        Assert.StartsWith("Chào anh/chị", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        await BotUnderTest.Until(async () => (await bot.Health()).State == "up");
    }

    [Fact]
    public async Task The_months_messages_are_counted_over_a_restart_and_begin_anew_with_the_month()
    {
        await using var bot = await ZaloBotUnderTest.Prepare(settings: ["--ZaloBot:MonthlyMessages=5", "--ZaloBot:MostUsers=2"]);
        // Half an hour before December begins in Vietnam, which is seven hours ahead of UTC.
        bot.Time.Ahead = new DateTimeOffset(DateTimeOffset.UtcNow.Year + 1, 11, 30, 16, 30, 0, TimeSpan.Zero) - DateTimeOffset.UtcNow;
        await bot.Start();
        var (an, binh) = (bot.Zalo.Someone("An"), bot.Zalo.Someone("Bình"));
        for (var times = 0; times < 4; times++)
        {
            an.Say("/menu");
            await an.Chat.Next();
        }
        await bot.UntilQuiet();
        var near = await bot.Health();
        Assert.Equal(("up", 4, 5), (near.State, near.Counts["messagesThisMonth"], near.Counts["messagesAllowed"]));
        Assert.Equal("4 of 5 messages of this month are sent; when they are used up answers wait for the next month.", Assert.Single(near.Warnings));

        await bot.Stop();
        await bot.Start();
        var again = await bot.Health();
        Assert.Equal((4, 1, 2), (again.Counts["messagesThisMonth"], again.Counts["people"], again.Counts["peopleAllowed"]));
        an.Say("/menu");
        await an.Chat.Next();
        binh.Say("/menu");
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Attempts == 1)));
        var red = await bot.Health();
        Assert.Equal("red", red.State);
        Assert.StartsWith("The 5 messages of this month are used up; answers wait for the next month.", Assert.Single(red.ToDo), StringComparison.Ordinal);
        Assert.Empty(binh.Chat.Messages);
        Assert.Equal(5, bot.Zalo.MessagesSent);

        bot.Time.Ahead += TimeSpan.FromMinutes(31);
        await binh.Chat.Next();
        await BotUnderTest.Until(async () => (await bot.Health()) is { State: "up" } health && health.Counts["messagesThisMonth"] == 1);
        await bot.Stop();
        await bot.Start();
        var anew = await bot.Health();
        Assert.Equal((1, 2), (anew.Counts["messagesThisMonth"], anew.Counts["people"]));
        Assert.StartsWith("2 of 2 people of the Zalo bot's plan", Assert.Single(anew.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_plan_lets_what_waits_go_at_the_next_start()
    {
        await using var bot = await ZaloBotUnderTest.Start(settings: "--ZaloBot:MonthlyMessages=1");
        var an = bot.Zalo.Someone("An");
        an.Say("/menu");
        await an.Chat.Next();
        an.Say("3260600014");
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Attempts == 1)));
        await bot.Stop();
        await bot.Start("--ZaloBot:MonthlyMessages=3000");
        Assert.Contains("32606 00014", (await an.Chat.Next()).Text, StringComparison.Ordinal);
        Assert.Equal("up", (await bot.Health()).State);
    }

    [Fact]
    public async Task When_the_platform_itself_says_that_the_plan_is_used_up_the_answers_wait()
    {
        await using var bot = await ZaloBotUnderTest.Start(options: new FakeZaloBotOptions { MonthlyMessages = 1 });
        var an = bot.Zalo.Someone("An");
        an.Say("/menu");
        await an.Chat.Next();
        an.Say("/menu");
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Attempts == 1)));
        bot.Time.Ahead += TimeSpan.FromMinutes(2);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal("red", (await bot.Health()).State);
        Assert.StartsWith("The Zalo Bot Platform says that the plan's messages are used up", Assert.Single((await bot.Health()).ToDo), StringComparison.Ordinal);
        Assert.Equal(RowStatus.Pending, await bot.Ask(db => db.Outbox.OrderByDescending(row => row.Id).Select(row => row.Status).FirstAsync()));
    }

    [Theory, InlineData("photo_url"), InlineData("photo")]
    public async Task A_photographed_plate_is_looked_up(string field)
    {
        ReadingPhotos.NeedsZbar();
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380, 17);
        var address = an.SendPhoto(photo.Jpeg(), field: field);
        Assert.Contains("32606 00012", (await an.Chat.Next(TimeSpan.FromSeconds(40))).Text, StringComparison.Ordinal);
        Assert.Equal(1, an.ReadsOf(address));
        Assert.Equal(1, an.Chat.TimesTyping);
        Assert.DoesNotContain(bot.Log, line => line.Contains(address));
    }

    [Theory]
    [InlineData("https://evil.example/x.jpg")]
    [InlineData("http://localhost:1/x.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1.evil.example/x.jpg")]
    [InlineData("no address at all")]
    public async Task A_photo_that_lies_elsewhere_is_not_fetched(string address)
    {
        ReadingPhotos.NeedsZbar();
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        bot.Zalo.Deliver($$$"""{"event_name":"message.image.received","message":{"from":{"id":"{{{an.Id}}}","is_bot":false},"chat":{"id":"{{{an.Id}}}","chat_type":"PRIVATE"},"message_id":"x1","date":1795378417602,"photo_url":"{{{address}}}"}}""");
        Assert.StartsWith("Em chưa tải được ảnh của anh/chị.", (await an.Chat.Next(TimeSpan.FromSeconds(40))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_that_was_moved_elsewhere_is_not_followed()
    {
        ReadingPhotos.NeedsZbar();
        await using var bot = await ZaloBotUnderTest.Start();
        bot.Zalo.Next(new BotFault(302), "(photo)");
        var an = bot.Zalo.Someone("An");
        var address = an.SendPhoto([1, 2, 3]);
        Assert.StartsWith("Em chưa tải được ảnh của anh/chị.", (await an.Chat.Next(TimeSpan.FromSeconds(40))).Text, StringComparison.Ordinal);
        Assert.Equal(1, an.ReadsOf(address));
    }
}
