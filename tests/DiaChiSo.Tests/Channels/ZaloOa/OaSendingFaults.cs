using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Fakes.ZaloOa.People;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>What Zalo refuses, class by class (HTTP 200 with a number), and what then becomes of the message.</summary>
public sealed class OaSendingFaults
{
    private const string Cs = "message/cs";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Theory, InlineData(-200), InlineData(-9999)]
    public async Task A_fault_of_Zalos_own_is_tried_again_and_nothing_is_lost_or_doubled(int error)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(error));
        bot.Zalo.Script.Next(Cs, OaAnswer.Http(502), only: request => bot.Zalo.Messages.Count == 2);
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Labels.Count > 0, Patience);
        Assert.Equal(3, an.Messages.Count);
        Assert.Equal("up", bot.Health().State);
    }

    [Fact]
    public async Task Too_fast_means_that_nobody_calls_for_a_while()
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(-32, "limit call api of user 246845883529197922"));
        var an = bot.Zalo.Someone("An");
        an.Follow();
        var binh = bot.Zalo.Someone("Bình");
        await bot.Zalo.WaitForRequest(request => request.Error == -32);
        binh.Follow();
        await an.NextMessage(Patience);
        await binh.NextMessage(Patience);
        var calls = bot.Zalo.Messages;
        Assert.Equal([-32, 0, 0], calls.Select(call => call.Error));
        Assert.True(calls[1].At - calls[0].At >= TimeSpan.FromSeconds(4.9));
        // Two meanings, so Zalo's words are logged; what may be an id is not.
        Assert.Contains(bot.Log, line => line.Contains("-32: limit call api of user #"));
    }

    [Theory, InlineData(-213), InlineData(-217)]
    public async Task Who_left_is_not_written_to_again_until_they_write(int error)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(error));
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await BotUnderTest.Until(() => bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        await bot.UntilQuiet();
        Assert.Empty(an.Messages);
        Assert.Single(bot.Zalo.Messages);
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.NextMessage()).Text);
    }

    [Theory, InlineData(-201), InlineData(-210), InlineData(-233)]
    public async Task Buttons_that_are_refused_go_out_as_numbered_lines(int error)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(error));
        var an = bot.Zalo.Someone("An");
        an.Follow();
        var menu = await an.NextMessage();
        Assert.Empty(menu.Labels);
        Assert.Contains("1. Tra cứu địa chỉ", menu.Text);
        await BotUnderTest.Until(() => Task.FromResult(bot.Health().Counts.GetValueOrDefault("refusedButtons") == 1));
        an.Say("1");
        Assert.StartsWith("Anh/chị gửi mã địa chỉ số", (await an.NextMessage()).Text);
    }

    [Theory, InlineData(-201), InlineData(-244), InlineData(-233)]
    public async Task What_is_refused_in_every_form_is_parked_and_the_next_page_goes_out(int error)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(error, "3260700023 is bad"), times: error == -244 ? 1 : 2);
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Parked)));
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.NextMessage()).Text);
        Assert.DoesNotContain(bot.Log, line => line.Contains("3260700023"));
    }

    [Theory]
    [InlineData(-224, "package")]
    [InlineData(-204, "oa.zalo.me")]
    [InlineData(-205, "oa.zalo.me")]
    [InlineData(-209, "activate")]
    [InlineData(-211, "quota")]
    [InlineData(-218, "quota")]
    [InlineData(-212, "developers.zalo.me")]
    [InlineData(-223, "developers.zalo.me")]
    [InlineData(-221, "verified")]
    [InlineData(-240, "newer DiaChiSo.Bot")]
    [InlineData(-320, "bill")]
    [InlineData(-321, "bill")]
    public async Task What_only_an_operator_can_mend_turns_health_red_and_the_message_waits(int error, string says)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(error));
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await BotUnderTest.Until(() => Task.FromResult(bot.Health().State == "red"));
        Assert.Contains(says, Assert.Single(bot.Health().ToDo));
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && row.Attempts == 1)));
        Assert.Empty(an.Messages);
        Assert.Single(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains($"({error})"));
        // It is mended: what waits goes out, and all is well again.
        await bot.Arrange(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, DateTimeOffset.UtcNow)));
        await an.NextMessage();
        await bot.UntilQuiet();
        Assert.Equal("up", bot.Health().State);
    }

    [Fact]
    public async Task What_waits_for_an_operator_is_not_given_up_after_days()
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(-224), times: 2);
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Attempts == 1)));
        var now = DateTimeOffset.UtcNow;
        await bot.Arrange(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, 500).SetProperty(row => row.CreatedAt, now - TimeSpan.FromDays(9)).SetProperty(row => row.NotBefore, now)));
        await BotUnderTest.Until(() => bot.Ask(db => db.Outbox.AnyAsync(row => row.Attempts == 501 && row.Status == RowStatus.Pending)));
        await bot.Arrange(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, DateTimeOffset.UtcNow)));
        await an.NextMessage();
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_goes_out_again_and_only_that_one()
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next(Cs, OaAnswer.CutAfterwards, only: request => ((string?)request.Json?["message"]?["text"])?.StartsWith("Mã QR", StringComparison.Ordinal) == true);
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Labels.Count > 0, Patience);
        Assert.Equal(4, an.Messages.Count);
        Assert.Equal(an.Messages[1].Text, an.Messages[2].Text);
    }

    [Fact]
    public async Task The_night_ban_is_waited_out_and_by_day_it_is_a_refusal()
    {
        await using var bot = await OaBot.Start();
        var isNight = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(7)).Hour is >= 22 or < 6;
        bot.Zalo.Script.Next(Cs, OaAnswer.Refused(-234));
        bot.Zalo.Someone("An").Follow();
        await BotUnderTest.Until(() => bot.Ask(db => isNight
            ? db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && row.NotBefore > DateTimeOffset.UtcNow)
            : db.Outbox.AnyAsync(row => row.Status == RowStatus.Parked)));
    }

    [Fact]
    public async Task A_picture_is_uploaded_once_and_again_when_Zalo_has_forgotten_it()
    {
        await using var bot = await OaBot.Start();
        var (an, binh, chi) = (bot.Zalo.Someone("An"), bot.Zalo.Someone("Bình"), bot.Zalo.Someone("Chi"));
        var first = await Card(an);
        await bot.UntilQuiet();
        await bot.Stop();
        await bot.Start();
        Assert.Equal(first, await Card(binh));
        Assert.Single(Uploads());
        bot.Zalo.ForgetImages();
        Assert.NotEqual(first, await Card(chi));
        Assert.Equal(2, Uploads().Count);
        // The new one is known from now on.
        chi.Say("/menu");
        await bot.UntilQuiet();
        await Card(chi);
        Assert.Equal(2, Uploads().Count);

        List<OaRequest> Uploads() => [.. bot.Zalo.Requests.Where(request => request.Call.EndsWith("upload/image", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_picture_older_than_Zalo_keeps_it_is_uploaded_before_it_is_refused()
    {
        await using var bot = await OaBot.Start();
        await Card(bot.Zalo.Someone("An"));
        await bot.UntilQuiet();
        await bot.Arrange(async db =>
        {
            var note = await db.Set<ChannelNote>().SingleAsync(row => row.Name.StartsWith("file "));
            note.Value = $"{DateTimeOffset.UtcNow.AddDays(-6.6).ToUnixTimeSeconds()} {note.Value.Split(' ')[1]}";
            await db.SaveChangesAsync();
        });
        await Card(bot.Zalo.Someone("Bình"));
        Assert.Equal(2, bot.Zalo.Requests.Count(request => request.Call.EndsWith("upload/image", StringComparison.Ordinal)));
        Assert.Empty(bot.Zalo.Refusals);
    }

    [Theory, InlineData(-211), InlineData(-201), InlineData(-210)]
    public async Task A_picture_that_cannot_be_uploaded_is_said_in_words_and_the_choices_stay(int error)
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Script.Next("upload/image", OaAnswer.Refused(error));
        bot.Zalo.Script.Next("upload/file", OaAnswer.Refused(error));
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        var words = await an.WaitForMessage(message => message.Text == "Mã QR của địa chỉ số 32607 00023");
        Assert.Null(words.Image);
        await an.WaitForMessage(message => message.Labels.Contains("1. Đúng rồi"));
        an.Tap("4. Lấy thẻ để in");
        await an.WaitForMessage(message => message.Text.StartsWith("Thẻ địa chỉ số 32607 00023", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_renewal_stops_sending_turns_health_red_and_zalo_login_heals_it()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await an.NextMessage();
        await bot.UntilQuiet();
        bot.Zalo.RevokeTokens();
        an.Say("3260700023");
        await BotUnderTest.Until(() => Task.FromResult(bot.Health().State == "red"));
        Assert.Contains("zalo login", Assert.Single(bot.Health().ToDo));
        Assert.Contains(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("zalo login"));
        Assert.Single(an.Messages);
        // Beside the server that is running.
        var (code, output, error) = await OaLogin.Run(bot.Folder, bot.Zalo, "login");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Logged in.", output);
        Assert.Contains("32607 00023", (await an.NextMessage(Patience)).Text);
        await bot.UntilQuiet();
        Assert.Equal("up", bot.Health().State);
    }

    [Fact]
    public async Task No_token_no_text_and_no_id_of_a_person_reaches_a_log_or_health()
    {
        await using var bot = await OaBot.Start(settings: "--Logging:LogLevel:Default=Trace");
        foreach (var answer in new[] { OaAnswer.Refused(-220), OaAnswer.Http(502), OaAnswer.CutBefore, OaAnswer.Refused(-32, "246845883529197923 is too fast"), OaAnswer.Refused(-7777, "«bí mật» of 246845883529197923") })
        {
            bot.Zalo.Script.Next(Cs, answer);
        }
        bot.Zalo.Script.Next("access_token", OaAnswer.Http(500));
        var an = bot.Zalo.Someone("Người Có Tên");
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Labels.Count > 0, Patience + Patience);
        await bot.UntilQuiet();
        var secrets = bot.Zalo.Requests.Select(request => request.AccessToken).OfType<string>()
            .Concat(bot.Zalo.Requests.SelectMany(request => request.Form.Values).Where(value => value.StartsWith("FAKE", StringComparison.Ordinal)))
            .Concat([bot.Zalo.Options.AppSecret, bot.Zalo.Options.OaSecretKey, an.Id, "Người Có Tên", "3260700023", "Trạm y tế"]).Distinct().ToList();
        Assert.True(secrets.Count >= 8);
        var health = System.Text.Json.JsonSerializer.Serialize(bot.Health());
        Assert.Contains(bot.Log, line => line.Contains("was not sent"));
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(bot.Log, line => line.Contains(secret));
            Assert.DoesNotContain(secret, health);
        });
    }

    private static async Task<string?> Card(FakeOaPerson person)
    {
        person.Say("3260700023");
        var picture = await person.WaitForMessage(message => message.Image is not null, Patience);
        await person.WaitForMessage(message => message.Labels.Contains("1. Đúng rồi"), Patience);
        return picture.AttachmentId;
    }
}
