using DiaChiSo.Core;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using DiaChiSo.Dialogs.Account;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.People;

public sealed class Consents
{
    private static readonly string Purpose = AccountNeed.ForRequests.Purpose;

    [Fact]
    public async Task A_consent_is_kept_with_the_words_that_were_read_the_channel_and_the_time()
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", stage.NewKey(), new Commanded("taikhoan"));
        var shown = stage.Delivered.Values.Last().Page.PlainText();
        await stage.Deliver("an", stage.NewKey(), new Said("đồng ý"));

        var consent = await stage.Ask(db => db.Set<Consent>().SingleAsync());
        var words = await stage.Ask(db => db.Set<ConsentText>().SingleAsync());
        Assert.Equal((Purpose, Stage.Channel, stage.Time.GetUtcNow(), null), (consent.Purpose, consent.Channel, consent.GivenAt, consent.WithdrawnAt));
        Assert.Equal(consent.Version, words.Version);
        Assert.Equal(shown, words.Words);
    }

    [Theory]
    [InlineData("không đồng ý")]
    [InlineData("ok")]
    [InlineData("ừ")]
    [InlineData("để xem đã")]
    public async Task Nothing_but_the_answer_itself_is_consent(string said)
    {
        await using var stage = await Stage.Open();
        await stage.Deliver("an", stage.NewKey(), new Commanded("taikhoan"));
        await stage.Deliver("an", stage.NewKey(), new Said(said));
        Assert.Equal(0, await stage.Ask(db => db.Set<Consent>().CountAsync()));
    }

    [Fact]
    public void Changed_words_are_another_version()
    {
        Assert.NotEqual(new ConsentNotice("Em giữ e-mail.").Version, new ConsentNotice("Em giữ e-mail và tên.").Version);
        Assert.Equal(new ConsentNotice("Em giữ e-mail.").Version, new ConsentNotice("Em giữ e-mail.").Version);
    }

    [Theory]
    [InlineData("vi", "nước ngoài")]
    [InlineData("en", "abroad")]
    public void On_Telegram_the_notice_says_that_data_leave_the_country(string language, string abroad)
    {
        var office = new OfficeSettings();
        var telegram = Account.NoticeOf(AllDialogs.Texts, office, Purpose, language, "telegram");
        var web = Account.NoticeOf(AllDialogs.Texts, office, Purpose, language, "web");
        Assert.Contains(abroad, telegram.Words);
        Assert.DoesNotContain(abroad, web.Words);
        // Who agreed on the web has not agreed to that.
        Assert.NotEqual(telegram.Version, web.Version);
    }

    [Fact]
    public void The_notice_names_the_office_that_keeps_the_data()
    {
        var office = new OfficeSettings { Name = "UBND xã Thử Nghiệm" };
        Assert.Contains("UBND xã Thử Nghiệm", Account.NoticeOf(AllDialogs.Texts, office, Purpose, "vi", "web").Words);
    }

    [Fact]
    public async Task A_consent_that_was_taken_back_counts_no_more_and_stays_provable()
    {
        await using var stage = await Stage.Open();
        var conversation = await stage.ConversationOf("an");
        await Givens.Arrange(stage, "an", "consent");
        var version = await stage.Ask(db => db.Set<Consent>().Select(row => row.Version).SingleAsync());
        Assert.True(await stage.Ask(db => new Accounts(db).HasAgreed(conversation.PersonId, Purpose, [version], default)));
        Assert.False(await stage.Ask(db => new Accounts(db).HasAgreed(conversation.PersonId, "another purpose", [version], default)));

        await stage.Arrange((services, db) => new WithdrawConsent(Purpose).Apply(
            new EffectScope(db, new TurnContext(conversation.PersonId, conversation.Id, "vi", stage.Time.GetUtcNow(), Stage.Channel), services), default));
        Assert.False(await stage.Ask(db => new Accounts(db).HasAgreed(conversation.PersonId, Purpose, [version], default)));
        Assert.NotNull(await stage.Ask(db => db.Set<Consent>().Select(row => row.WithdrawnAt).SingleAsync()));
    }
}
