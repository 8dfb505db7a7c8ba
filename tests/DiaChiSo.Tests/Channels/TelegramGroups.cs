using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels;

/// <summary>In a group the bot says one sentence, when it is addressed, and never anything personal.</summary>
public sealed class TelegramGroups
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_addresses_the_bot_in_a_group_is_shown_the_way_to_the_private_chat(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var an = bot.Telegram.Someone("An");
        var group = bot.Telegram.Group("Thôn", an);
        await Known(bot);
        an.In(group).Say($"@{bot.Telegram.BotUsername} 3260700023");
        var said = await group.Screen.NextMessage();
        Assert.Equal($"Em chỉ trả lời trong tin nhắn riêng để giữ kín thông tin của anh/chị. Mời anh/chị bấm vào đây: https://t.me/{bot.Telegram.BotUsername}", said.Text);
        Assert.Empty(said.Labels);
    }

    [Fact]
    public async Task Once_in_a_while_is_enough()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        var (group, other) = (bot.Telegram.Group("Thôn", an), bot.Telegram.Group("Bản", an));
        await Known(bot);
        an.In(group).Say("/tracuu");
        var said = await group.Screen.NextMessage();
        an.In(group).Say("/tracuu 3260700023");
        an.In(group).Say("3260700023", replyTo: said.Id);
        an.In(other).Say("/menu");
        await other.Screen.NextMessage();
        await bot.UntilQuiet();
        Assert.Single(group.Screen.Messages);
    }

    [Fact]
    public async Task Nothing_of_a_group_is_kept_and_a_refusal_there_disturbs_nobody()
    {
        await using var bot = await BotUnderTest.Start();
        bot.Telegram.Script.Next(DiaChiSo.Fakes.Telegram.ScriptedAnswer.ServerError, "sendMessage");
        var an = bot.Telegram.Someone("An");
        var group = bot.Telegram.Group("Thôn", an);
        await Known(bot);
        an.In(group).Say("/start");
        await bot.Telegram.WaitForRequest(request => request is { Method: "sendMessage", Status: 500 });
        Assert.Equal(0, await bot.Ask(db => db.Conversations.CountAsync()));
        Assert.Equal(0, await bot.Ask(db => db.Inbox.CountAsync()));
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    [Theory]
    [InlineData("chuyện riêng của nhóm")]
    [InlineData("/start@some_other_bot")]
    [InlineData("@some_other_bot 3260700023")]
    public async Task Who_does_not_address_the_bot_is_not_answered_where_it_hears_everything(string words)
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        await Known(bot);
        // As with privacy mode switched off at BotFather.
        var entities = words[0] == '/' ? """[{"type":"bot_command","offset":0,"length":21}]""" : words[0] == '@' ? """[{"type":"mention","offset":0,"length":15}]""" : "[]";
        bot.Telegram.Deliver("message", $$"""{"message_id":5,"from":{"id":{{an.Id}},"is_bot":false,"first_name":"An"},"chat":{"id":-100500,"type":"supergroup","title":"T"},"date":1790000000,"text":"{{words}}","entities":{{entities}}}""");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        Assert.Single(bot.Telegram.Requests, request => request.Method == "sendMessage");
    }

    private static Task Known(BotUnderTest bot) => bot.Telegram.WaitForRequest(request => request is { Method: "setMyCommands", Status: 200 });
}
