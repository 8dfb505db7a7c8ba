using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Fakes.ZaloOa.People;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>A person asks for a code for a new home, from the look-up that found nothing to the receipt.</summary>
internal static class OaForm
{
    public static async Task Fill(OaBot bot, FakeOaPerson person, bool isTapping)
    {
        person.Say("Bản Tà Là Cáo, Mường Báng");
        await person.WaitForMessage(Offers("Yêu cầu cấp mã mới"));
        await HasAccount(bot, person.Id);
        await Choose("Yêu cầu cấp mã mới", Offers("Nhà ở"));
        await Choose("Nhà ở", Offers("Không có tên"));
        await Choose("Không có tên", Offers("Đúng rồi"));
        await Choose("Đúng rồi", Offers("Chủ địa chỉ"));
        await Choose("Chủ địa chỉ", Says("Họ và tên"));
        await Write("vàng a páo", Says("Số điện thoại"));
        await Write("0912 000 009", Says("E-mail của"));
        await Choose("Không có", Says("Họ tên: Vàng A Páo"));
        await Choose("Đúng rồi", Says("gửi vị trí"));
        person.ShareLocation(21.9100, 103.3700);
        await person.WaitForMessage(Offers("Đúng rồi"));
        await Choose("Đúng rồi", Offers("Gửi yêu cầu"));
        await Choose("Gửi yêu cầu", Says("YC26-"));

        async Task Choose(string label, Func<SeenOaMessage, bool> until)
        {
            if (isTapping)
            {
                person.Tap(person.Messages.Last(message => message.Buttons.Count > 0).Labels.First(found => found.EndsWith(label, StringComparison.Ordinal)));
            }
            else
            {
                person.Say(label);
            }
            await person.WaitForMessage(until);
        }

        async Task Write(string words, Func<SeenOaMessage, bool> until)
        {
            person.Say(words);
            await person.WaitForMessage(until);
        }
    }

    /// <summary>What the account dialog would have written: consent, and a verified e-mail.</summary>
    public static Task HasAccount(OaBot bot, string chatKey, string email = "an@example.invalid") => bot.Arrange(async db =>
    {
        await using var scope = bot.Services.CreateAsyncScope();
        var conversation = await db.Conversations.SingleAsync(row => row.ChatKey == chatKey);
        await Givens.Accounts.Agree(scope.ServiceProvider, db, conversation, DateTimeOffset.UtcNow);
        await Givens.Accounts.Verify(scope.ServiceProvider, db, conversation, email, DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    });

    // In the words of the message, whatever is on buttons.
    private static Func<SeenOaMessage, bool> Offers(string label) => message => message.Text.Contains(label, StringComparison.Ordinal);

    private static Func<SeenOaMessage, bool> Says(string words) => message => message.Text.Contains(words, StringComparison.Ordinal);
}
