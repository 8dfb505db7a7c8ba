using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Channels;
using DiaChiSo.Tests.Channels.ZaloBot;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Privacy;

/// <summary>
/// Somebody with every role, in the middle of a visit, says in groups whatever the bot understands: each group gets the one sentence, and no name,
/// phone or e-mail that the store holds. In the private chat the same person is shown some, so there is something to look for.
/// </summary>
public sealed class GroupsLearnNothing
{
    private const string Sentence = "Em chỉ trả lời trong tin nhắn riêng";
    private const string Home = "3260600012";

    [Fact]
    public async Task On_Telegram()
    {
        await using var bot = await BotUnderTest.Start();
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.NextMessage();
        await bot.UntilQuiet();
        await bot.Arrange(GiveEverything);
        an.Say("/thongbao " + Home);
        await bot.UntilQuiet();
        an.Say("bắt đầu thông báo");
        await bot.UntilQuiet();
        var values = await bot.Ask(Canaries.ValuesIn);
        Assert.Contains(values, value => an.Chat.Messages.Any(message => message.Text.Contains(value, StringComparison.Ordinal)));

        foreach (var line in Lines(bot.Services))
        {
            var group = bot.Telegram.Group("Thôn", an);
            an.In(group).Say(line.StartsWith('/') ? line : $"@{bot.Telegram.BotUsername} {line}");
            await group.Screen.NextMessage();
            await bot.UntilQuiet();
            Holds(group.Screen.Messages.Select(message => message.Text), values);
        }
    }

    [Fact]
    public async Task On_the_Zalo_bot()
    {
        await using var bot = await ZaloBotUnderTest.Start();
        var an = bot.Zalo.Someone("An");
        an.Say("/start");
        await an.Chat.Next();
        await bot.UntilQuiet();
        await bot.Arrange(GiveEverything);
        an.Say("/thongbao " + Home);
        await bot.UntilQuiet();
        an.Say("bắt đầu thông báo");
        await bot.UntilQuiet();
        var values = await bot.Ask(Canaries.ValuesIn);
        Assert.Contains(values, value => an.Chat.Messages.Any(message => message.Text.Contains(value, StringComparison.Ordinal)));

        foreach (var line in Lines(bot.Services))
        {
            var group = bot.Zalo.Group();
            an.Say(line, group);
            await group.Chat.Next();
            await bot.UntilQuiet();
            Holds(group.Chat.Messages.Select(message => message.Text), values);
        }
    }

    private static IEnumerable<string> Lines(IServiceProvider services) =>
        services.GetRequiredService<Catalogue>().All.Select(entry => entry.About.Command).OfType<string>().Select(command => "/" + command)
            .Concat([$"/thongbao {Home}", $"/tracuu {Home}", Home, "1", "Xem số điện thoại", "bắt đầu thông báo", "Người Thử Một", "0912 000 001", "mot@example.invalid", "Tổ dân phố Thắng Lợi II"]);

    private static void Holds(IEnumerable<string> seen, IReadOnlyList<string> values)
    {
        var said = Assert.Single(seen);
        Assert.StartsWith(Sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain(values, value => Canaries.Plain(said).Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task GiveEverything(BotDb db)
    {
        var person = await db.Conversations.Select(row => row.PersonId).SingleAsync();
        db.Grants.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = person, Role = role, Area = "*", GrantedAt = DateTimeOffset.UnixEpoch }));
        await db.SaveChangesAsync();
    }
}
