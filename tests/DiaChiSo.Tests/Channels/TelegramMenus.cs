using DiaChiSo.Bot.Channels.Telegram;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Channels;

/// <summary>What Telegram is told about the bot: commands by role and language, descriptions; once, and again only when it changed.</summary>
public sealed class TelegramMenus
{
    [Fact]
    public async Task A_role_has_its_commands_in_its_own_chat_until_it_is_taken_back()
    {
        await using var bot = await BotUnderTest.Start();
        var (an, binh) = (bot.Telegram.Someone("An"), bot.Telegram.Someone("Bình"));
        an.Start();
        binh.Start();
        await binh.Chat.NextMessage();
        await bot.UntilQuiet();
        var grant = await Give(bot, an.Id, Role.Collaborator);
        await Look(bot);

        var own = bot.Telegram.Profile.Commands($"chat:{an.Id}");
        Assert.Equal("thongbao", own[0].Command);
        Assert.DoesNotContain(own, command => command.Command == "duyet");
        Assert.Contains(own, command => command.Command == "tracuu");
        Assert.Empty(bot.Telegram.Profile.Commands($"chat:{binh.Id}"));
        Assert.DoesNotContain(bot.Telegram.Profile.Commands("all_private_chats"), command => command.Command is "thongbao" or "duyet");

        // Nothing changed: nothing is said, also after a restart.
        var said = Said(bot);
        await Look(bot);
        await bot.Stop();
        await bot.Start();
        await Look(bot);
        Assert.Equal(said, Said(bot));

        await Grants(bot, grants => grants.Revoke(grant.Id, default));
        await Look(bot);
        Assert.Empty(bot.Telegram.Profile.Commands($"chat:{an.Id}"));
        await bot.UntilQuiet();
        Assert.Empty(bot.Telegram.Refusals);
    }

    [Fact]
    public async Task Two_roles_are_shown_together_in_the_language_of_the_conversation()
    {
        await using var bot = await BotUnderTest.Start();
        var ann = bot.Telegram.Someone("Ann", languageCode: "en");
        ann.Start();
        await ann.Chat.NextMessage();
        await bot.UntilQuiet();
        await Give(bot, ann.Id, Role.Collaborator);
        await Give(bot, ann.Id, Role.Reviewer);
        await Look(bot);

        Assert.Equal(["confirm", "review"], bot.Telegram.Profile.Commands($"chat:{ann.Id}").Take(2).Select(command => command.Command));
    }

    [Fact]
    public async Task A_menu_that_Telegram_does_not_take_now_is_tried_at_the_next_look()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        await Give(bot, an.Id, Role.Reviewer);
        bot.Telegram.Script.Next(DiaChiSo.Fakes.Telegram.ScriptedAnswer.TooManyRequests(3600), "setMyCommands");
        await Look(bot);
        await Look(bot);

        Assert.Equal("duyet", bot.Telegram.Profile.Commands($"chat:{an.Id}")[0].Command);
    }

    [Fact]
    public async Task The_bot_says_of_itself_what_it_is_for_in_both_languages_and_not_at_every_start()
    {
        await using var bot = await BotUnderTest.Start();
        await Described(bot);
        Assert.StartsWith("Em là bot địa chỉ số", bot.Telegram.Profile.Words("description"));
        Assert.StartsWith("I am the bot", bot.Telegram.Profile.Words("description", "en"));
        Assert.StartsWith("Tra cứu", bot.Telegram.Profile.Words("short_description"));
        Assert.StartsWith("Look up", bot.Telegram.Profile.Words("short_description", "en"));
        Assert.DoesNotContain(bot.Telegram.Requests, request => request.Method == "setMyName");
        Assert.Equal(6, Said(bot));
        // Said and noted are two steps; who is stopped between them says it once more.
        await BotUnderTest.Until(() => bot.Ask(async db => await db.Set<ChannelNote>().CountAsync(note => note.Name.StartsWith("said ")) == 6));

        await bot.Stop();
        await bot.Start();
        bot.Telegram.Someone("An").Say("/menu");
        await bot.UntilQuiet();
        Assert.Equal(6, Said(bot));
    }

    [Fact]
    public void The_texts_about_the_bot_fit_into_what_Telegram_allows()
    {
        var texts = new Texts(typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        foreach (var language in Texts.Languages)
        {
            Assert.InRange(Length("bot-description"), 1, 512);
            Assert.InRange(Length("bot-short"), 1, 120);

            int Length(string key) => texts.SharedText(language, key).Length;
        }
    }

    [Fact]
    public async Task A_wait_that_Telegram_asks_for_over_a_description_keeps_nobody_waiting()
    {
        await using var bot = await BotUnderTest.Prepare();
        bot.Telegram.Script.Next(DiaChiSo.Fakes.Telegram.ScriptedAnswer.TooManyRequests(3600), "setMyDescription");
        await bot.Start();
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.Chat.NextMessage()).Text);
    }

    private static Task Described(BotUnderTest bot) => BotUnderTest.Until(() => Task.FromResult(bot.Telegram.Profile.Words("short_description", "en").StartsWith("Look", StringComparison.Ordinal)));

    private static int Said(BotUnderTest bot) => bot.Telegram.Requests.Count(request => request.Method.StartsWith("setMy", StringComparison.Ordinal) || request.Method == "deleteMyCommands");

    private static Task Look(BotUnderTest bot) => bot.Services.GetRequiredService<RoleMenus>().Look(TestContext.Current.CancellationToken);

    private static async Task<RoleGrant> Give(BotUnderTest bot, long chat, Role role)
    {
        var person = await bot.Ask(db => db.Conversations.Where(row => row.ChatKey == chat.ToString()).Select(row => row.PersonId).SingleAsync());
        return (await Grants(bot, grants => grants.Give(person, role, "03217", null, default)!))!;
    }

    private static async Task<RoleGrant?> Grants(BotUnderTest bot, Func<Grants, Task<RoleGrant?>> act)
    {
        await using var scope = bot.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<Grants>());
    }
}
