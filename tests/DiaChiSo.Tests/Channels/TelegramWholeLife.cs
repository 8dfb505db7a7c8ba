using System.Text.RegularExpressions;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Fakes.Telegram.People;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels;

/// <summary>An address from "nobody has it" to "confirmed at the gate", by three people, over HTTP, by polling and by webhook.</summary>
public sealed partial class TelegramWholeLife
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_new_address_is_asked_for_gets_its_code_and_is_confirmed_at_the_gate(bool webhook)
    {
        await using var bot = await BotUnderTest.Start(webhook);
        var (dan, duyet, tam) = (bot.Telegram.Someone("Dân"), bot.Telegram.Someone("Duyệt"), bot.Telegram.Someone("Tâm"));

        await Do(bot, dan, "/start", "Bản Tà Là Cáo, Mường Báng", "[Yêu cầu cấp mã mới]", "[Đồng ý]", "dan@example.invalid");
        await Do(bot, dan, await CodeInTheMail(bot), "[🏠 Nhà ở]", "[Không có tên]", "[Đúng rồi]", "[Chủ địa chỉ]", "vàng a páo", "0912 000 009", "[Không có]", "[Đúng rồi]");
        var seen = dan.Chat.Messages.Count;
        dan.SharePlace(21.9100, 103.3700, 9);
        await BotUnderTest.Until(() => Task.FromResult(dan.Chat.Messages.Count > seen));
        await bot.UntilQuiet();
        await Do(bot, dan, "[Đúng rồi]", "[Gửi yêu cầu]");
        Assert.Contains("YC26-000001", Texts(dan));
        Assert.Equal(1, await bot.Ask(db => db.Set<DiaChiSo.Core.Requests.Request>().CountAsync()));

        await Do(bot, duyet, "/start");
        await Grant(bot, duyet, Role.Reviewer);
        await Do(bot, duyet, "/duyet YC26-000001", "[Cấp mã]", "3260700099", "[Đúng, gửi đi]");
        Assert.Contains("32607 00099", Texts(dan));

        await Do(bot, tam, "/start");
        await Grant(bot, tam, Role.Collaborator);
        await Do(bot, tam, "/thongbao 3260700099", "[Bắt đầu thông báo]", "[Đúng hết]", "[Đồng ý bằng lời]");
        Assert.Contains("BB26-000001", Texts(tam));

        var address = await bot.Ask(db => db.Set<DigitalAddress>().SingleAsync(row => row.Code == new AddressCode("3260700099")));
        Assert.Equal(AddressStatus.Confirmed, address.Status);
        Assert.Equal((21.9100, 103.3700), (address.Latitude!.Value, address.Longitude!.Value));

        // Whoever looks it up now gets the gate as it was taken, and no name or phone.
        await Do(bot, duyet, "[Xong]", "3260700099");
        var venue = duyet.Chat.Messages.Last(message => message.Method == "sendVenue");
        Assert.Equal((21.9100, 103.3700), (venue.Place!.Latitude, venue.Place.Longitude));
        Assert.Empty(bot.Telegram.Refusals);
    }

    // [Label] presses it, with or without its number before it; anything else is typed.
    private static async Task Do(BotUnderTest bot, FakePerson person, params string[] steps)
    {
        foreach (var step in steps)
        {
            var seen = person.Chat.Messages.Count;
            if (step is ['[', .. var label, ']'])
            {
                var offered = person.Chat.Messages.Where(message => !message.Deleted).Reverse().SelectMany(message => message.Labels)
                    .Concat(person.Chat.Keyboard.SelectMany(row => row).Select(button => button.Label)).ToList();
                var shown = offered.FirstOrDefault(found => Number().Replace(found, "") == label);
                Assert.True(shown is not null, $"no button «{label}» after: {person.Chat.Last.Text}");
                person.Press(shown);
            }
            else
            {
                person.Say(step);
            }
            await BotUnderTest.Until(() => Task.FromResult(person.Chat.Messages.Count > seen));
            await bot.UntilQuiet();
        }
    }

    private static string Texts(FakePerson person) => string.Join("\n", person.Chat.Messages.Select(message => message.Text));

    // The citizen opens the mail: a file of the pickup folder.
    private static async Task<string> CodeInTheMail(BotUnderTest bot)
    {
        string? newest = null;
        await BotUnderTest.Until(() => Task.FromResult((newest = Directory.EnumerateFiles(bot.MailFolder, "*.eml").OrderBy(File.GetCreationTimeUtc).LastOrDefault()) is not null));
        var mail = await MimeKit.MimeMessage.LoadAsync(newest!, TestContext.Current.CancellationToken);
        Assert.Equal("dan@example.invalid", mail.To.Mailboxes.Single().Address);
        return SixDigits().Match(mail.TextBody ?? "").Value;
    }

    private static Task Grant(BotUnderTest bot, FakePerson person, Role role) => bot.Arrange(async db =>
    {
        var key = person.Chat.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var conversation = await db.Conversations.SingleAsync(row => row.ChatKey == key);
        db.Grants.Add(new RoleGrant { PersonId = conversation.PersonId, Role = role, Area = "*", GrantedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
    });

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
