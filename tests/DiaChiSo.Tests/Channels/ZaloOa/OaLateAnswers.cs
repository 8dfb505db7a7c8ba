using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Fakes.ZaloOa.People;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>News for somebody who was not heard for 47 hours, for 49, for eight days: sent, kept back, or by e-mail; never at the account's expense.</summary>
public sealed class OaLateAnswers
{
    private const string Email = "an@example.invalid";

    [Theory, InlineData("Wait"), InlineData("Email")]
    public async Task Within_48_hours_news_is_sent(string setting)
    {
        await using var bot = await OaBot.Start(settings: $"--ZaloOa:LateAnswers={setting}");
        var an = await Silent(bot, TimeSpan.FromHours(47));
        await News(bot, an);
        Assert.Contains("YC26-000001", (await an.WaitForMessage(message => message.Text.Contains("YC26"))).Text);
        Assert.Empty(Mails(bot));
    }

    [Fact]
    public async Task After_48_hours_it_waits_until_they_write_and_comes_before_the_answer()
    {
        await using var bot = await OaBot.Start();
        var an = await Silent(bot, TimeSpan.FromHours(49));
        var before = an.Messages.Count;
        await News(bot, an);
        await bot.UntilQuiet();
        Assert.Equal(before, an.Messages.Count);
        Assert.Empty(Mails(bot));
        // Looked at again when the seven days are over.
        var row = await bot.Ask(db => db.Outbox.SingleAsync(row => row.Status == RowStatus.Pending));
        Assert.InRange(row.NotBefore - DateTimeOffset.UtcNow, TimeSpan.FromHours(118), TimeSpan.FromHours(119));
        an.Say("3260700023");
        Assert.Contains("YC26-000001", (await an.WaitForMessage(message => message.Text.Contains("YC26"))).Text);
        Assert.Contains("32607 00023", (await an.NextMessage()).Text);
        await bot.UntilQuiet();
        Assert.All(an.Messages, message => Assert.False(message.IsBilled));
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Fact]
    public async Task After_48_hours_by_setting_it_goes_by_e_mail_once()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:LateAnswers=Email");
        var an = await Silent(bot, TimeSpan.FromHours(49));
        var before = an.Messages.Count;
        await News(bot, an);
        var mail = await Mail(bot);
        Assert.Contains(Email, mail);
        Assert.Contains("YC26-000001", Unfolded(mail));
        await bot.UntilQuiet();
        Assert.Equal(before, an.Messages.Count);
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Text.Contains("32607 00023"));
        Assert.DoesNotContain(an.Messages, message => message.Text.Contains("YC26-000001"));
        Assert.Single(Mails(bot));
    }

    [Theory, InlineData("Wait"), InlineData("Email")]
    public async Task After_seven_days_it_goes_by_e_mail_only(string setting)
    {
        await using var bot = await OaBot.Start(settings: $"--ZaloOa:LateAnswers={setting}");
        var an = await Silent(bot, TimeSpan.FromDays(8));
        var calls = bot.Zalo.Messages.Count;
        await News(bot, an);
        Assert.Contains("YC26-000001", Unfolded(await Mail(bot)));
        await bot.UntilQuiet();
        Assert.Equal(calls, bot.Zalo.Messages.Count);
    }

    [Fact]
    public async Task Without_a_verified_e_mail_it_waits_until_they_write()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:LateAnswers=Email");
        var an = await Silent(bot, TimeSpan.FromDays(8), hasEmail: false);
        await News(bot, an);
        await bot.UntilQuiet();
        Assert.Empty(Mails(bot));
        an.Say("xin chào");
        Assert.Contains("YC26-000001", (await an.WaitForMessage(message => message.Text.Contains("YC26"))).Text);
    }

    [Theory, InlineData(-230), InlineData(-232), InlineData(-227)]
    public async Task Where_Zalo_says_too_late_it_is_too_late_whatever_the_clock_says(int error)
    {
        await using var bot = await OaBot.Start();
        var an = await Silent(bot, TimeSpan.FromHours(1));
        bot.Zalo.Script.Next("message/cs", OaAnswer.Refused(error));
        await News(bot, an);
        Assert.Contains("YC26-000001", Unfolded(await Mail(bot)));
        await bot.UntilQuiet();
        Assert.Equal("up", bot.Health().State);
    }

    [Fact]
    public async Task The_open_question_behind_late_news_holds_up_no_later_news_and_is_in_no_mail()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:LateAnswers=Email");
        var an = bot.Zalo.Someone("An");
        an.Say("/tracuu");
        await an.NextMessage();
        await OaForm.HasAccount(bot, an.Id, Email);
        await bot.UntilQuiet();
        await BeSilent(bot, an, TimeSpan.FromHours(49));
        await News(bot, an, "YC26-000001");
        await BotUnderTest.Until(() => Task.FromResult(Mails(bot).Length == 1));
        await News(bot, an, "YC26-000002");
        await BotUnderTest.Until(() => Task.FromResult(Mails(bot).Length == 2));
        Assert.All(Mails(bot), file => Assert.DoesNotContain("Anh/chị gửi mã", Unfolded(File.ReadAllText(file))));
        // The question comes with whatever they write next.
        an.SendSticker();
        Assert.Contains("Anh/chị gửi mã", (await an.NextMessage()).Text);
    }

    [Fact]
    public async Task An_answer_that_is_late_because_the_bot_was_waits_and_is_in_no_mail()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:LateAnswers=Email");
        var an = await Silent(bot, TimeSpan.FromHours(1));
        bot.Zalo.Script.Next("message/cs", OaAnswer.Refused(-224));
        an.Say("3260700023");
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && row.Attempts == 1)));
        await BeSilent(bot, an, TimeSpan.FromHours(60));
        await bot.Arrange(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, DateTimeOffset.UtcNow)));
        await BotUnderTest.Until(() => bot.Ask(db => db.Conversations.AnyAsync(row => row.IsHeldBack)));
        Assert.Empty(Mails(bot));
        an.Say("/menu");
        Assert.Contains("32607 00023", (await an.WaitForMessage(message => message.Text.Contains("32607"))).Text);
    }

    // Somebody with an account who looked around, and was then silent.
    private static async Task<FakeOaPerson> Silent(OaBot bot, TimeSpan time, bool hasEmail = true)
    {
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await an.NextMessage();
        if (hasEmail)
        {
            await OaForm.HasAccount(bot, an.Id, Email);
        }
        await bot.UntilQuiet();
        await BeSilent(bot, an, time);
        return an;
    }

    private static async Task BeSilent(OaBot bot, FakeOaPerson person, TimeSpan time)
    {
        person.WasSilentFor(time);
        var then = DateTimeOffset.UtcNow - time;
        await bot.Arrange(db => db.Conversations.Where(row => row.ChatKey == person.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastHeardAt, then)));
    }

    private static Task News(OaBot bot, FakeOaPerson person, string number = "YC26-000001") => bot.Arrange(async db =>
    {
        var conversation = await db.Conversations.SingleAsync(row => row.ChatKey == person.Id);
        var scope = new EffectScope(db, new TurnContext(conversation.PersonId, conversation.Id, "vi", DateTimeOffset.UtcNow, conversation.Channel), bot.Services);
        var holes = new Dictionary<string, string> { ["number"] = number, ["reason"] = "", ["code"] = "32607 00099", ["original"] = "" };
        await new Tell(conversation.PersonId, "Track", "notice-code-issued", holes, number, "Track", new Query(number)).Apply(scope, default);
        await db.SaveChangesAsync();
    });

    private static string[] Mails(OaBot bot) => Directory.GetFiles(bot.MailFolder, "*.eml");

    private static async Task<string> Mail(OaBot bot)
    {
        await BotUnderTest.Until(() => Task.FromResult(Mails(bot).Length > 0));
        return await File.ReadAllTextAsync(Assert.Single(Mails(bot)), TestContext.Current.CancellationToken);
    }

    private static string Unfolded(string mail)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return MimeKit.MimeMessage.Load(stream).TextBody ?? "";
    }
}
