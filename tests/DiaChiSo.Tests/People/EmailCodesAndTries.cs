using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.People;

public sealed class EmailCodesAndTries
{
    private const string Email = "an@example.invalid";

    [Fact]
    public async Task A_code_is_in_the_mail_and_nowhere_else()
    {
        await using var stage = await Stage.Open();
        var code = await Send(stage, "an");
        var rows = await stage.Ask(db => db.Set<EmailCode>().ToListAsync());
        var row = Assert.Single(rows);
        Assert.Matches("^[0-9]{6}$", code);
        Assert.DoesNotContain(code, row.CodeHash);
        Assert.DoesNotContain("an@", row.EmailHash);
    }

    [Fact]
    public async Task The_right_code_is_right_for_its_person_and_its_email_only()
    {
        await using var stage = await Stage.Open();
        var code = await Send(stage, "an");
        Assert.Equal(CodeVerdict.Right, (await Judge(stage, "an", Email, code)).Verdict);
        Assert.Equal(CodeVerdict.Right, (await Judge(stage, "an", "AN@example.invalid", $"mã là {code[..3]} {code[3..]}")).Verdict);
        Assert.Equal(CodeVerdict.NoneSent, (await Judge(stage, "binh", Email, code)).Verdict);
        Assert.Equal(CodeVerdict.NoneSent, (await Judge(stage, "an", "other@example.invalid", code)).Verdict);
    }

    [Fact]
    public async Task A_code_opens_once()
    {
        await using var stage = await Stage.Open();
        var code = await Send(stage, "an");
        await Verify(stage, "an", code);
        Assert.Equal(CodeVerdict.NoneSent, (await Judge(stage, "an", Email, code)).Verdict);
        var conversation = await stage.ConversationOf("an");
        Assert.Equal(Email, await stage.Ask(db => new Accounts(db).EmailOf(conversation.PersonId, default)));
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes_and_no_longer()
    {
        await using var stage = await Stage.Open();
        var code = await Send(stage, "an");
        stage.Time.Advance(Limits.EmailCodeValid);
        Assert.Equal(CodeVerdict.Right, (await Judge(stage, "an", Email, code)).Verdict);
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CodeVerdict.Expired, (await Judge(stage, "an", Email, code)).Verdict);
    }

    [Fact]
    public async Task The_fifth_wrong_answer_shuts_the_code()
    {
        await using var stage = await Stage.Open();
        var code = await Send(stage, "an");
        for (var left = Limits.EmailCodeTries - 1; left >= 0; left--)
        {
            var judged = await Judge(stage, "an", Email, "000000");
            Assert.Equal((left == 0 ? CodeVerdict.UsedUp : CodeVerdict.Wrong, left, true), (judged.Verdict, judged.TriesLeft, judged.IsTry));
            await Apply(stage, "an", new CountEmailCodeTry(judged.EmailCodeId));
        }
        var after = await Judge(stage, "an", Email, code);
        Assert.Equal((CodeVerdict.UsedUp, false), (after.Verdict, after.IsTry));
    }

    [Fact]
    public async Task What_is_no_code_is_not_counted()
    {
        await using var stage = await Stage.Open();
        await Send(stage, "an");
        var judged = await Judge(stage, "an", Email, "chưa thấy thư");
        Assert.Equal((CodeVerdict.NotACode, false), (judged.Verdict, judged.IsTry));
    }

    [Fact]
    public async Task The_newest_code_is_the_one_that_counts()
    {
        await using var stage = await Stage.Open();
        var first = await Send(stage, "an");
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        var second = await Send(stage, "an");
        Assert.NotEqual(first, second);
        Assert.Equal(CodeVerdict.Wrong, (await Judge(stage, "an", Email, first)).Verdict);
        Assert.Equal(CodeVerdict.Right, (await Judge(stage, "an", Email, second)).Verdict);
    }

    [Fact]
    public async Task Three_codes_an_hour_and_five_a_day_go_to_one_email_whoever_asks()
    {
        await using var stage = await Stage.Open();
        var began = stage.Time.GetUtcNow();
        await Send(stage, "an");
        stage.Time.Advance(TimeSpan.FromMinutes(10));
        await Send(stage, "binh");
        await Send(stage, "chi");
        var refused = await Ask(stage, "dung", Email);
        Assert.Equal((false, began.AddHours(1)), (refused.IsSent, refused.FreeAt));

        stage.Time.SetUtcNow(began.AddHours(1));
        await Send(stage, "an");
        stage.Time.SetUtcNow(began.AddHours(2));
        await Send(stage, "an");
        var refusedForTheDay = await Ask(stage, "an", Email);
        Assert.Equal((false, began.AddDays(1)), (refusedForTheDay.IsSent, refusedForTheDay.FreeAt));
        Assert.Equal(5, await stage.Ask(db => db.Mails.CountAsync()));
    }

    [Fact]
    public async Task One_person_cannot_flood_many_mailboxes()
    {
        await using var stage = await Stage.Open();
        for (var sent = 0; sent < Limits.EmailCodesPerPersonPerDay; sent++)
        {
            Assert.True((await Ask(stage, "an", $"a{sent}@example.invalid")).IsSent);
        }
        Assert.False((await Ask(stage, "an", "one-more@example.invalid")).IsSent);
        Assert.True((await Ask(stage, "binh", "one-more@example.invalid")).IsSent);
    }

    private static async Task<CodeSending> Ask(Stage stage, string who, string email)
    {
        CodeSending? answer = null;
        await Apply(stage, who, new SendEmailCode(email, sending => answer = sending));
        return answer!;
    }

    private static async Task<string> Send(Stage stage, string who)
    {
        Assert.True((await Ask(stage, who, Email)).IsSent);
        var body = await stage.Ask(db => db.Mails.OrderByDescending(mail => mail.Id).Select(mail => mail.Body).FirstAsync());
        return System.Text.RegularExpressions.Regex.Match(body, @"\d{6}").Value;
    }

    private static async Task Verify(Stage stage, string who, string code)
    {
        var judged = await Judge(stage, who, Email, code);
        await Apply(stage, who, new VerifyEmail(judged.EmailCodeId, Email));
    }

    private static async Task<CodeJudgement> Judge(Stage stage, string who, string email, string typed)
    {
        var conversation = await stage.ConversationOf(who);
        await using var scope = stage.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<EmailCodes>().Judge(conversation.PersonId, email, typed, stage.Time.GetUtcNow(), default);
    }

    private static async Task Apply(Stage stage, string who, Effect effect)
    {
        var conversation = await stage.ConversationOf(who);
        await stage.Arrange((services, db) => effect.Apply(
            new EffectScope(db, new TurnContext(conversation.PersonId, conversation.Id, "vi", stage.Time.GetUtcNow(), Stage.Channel), services), default));
    }
}
