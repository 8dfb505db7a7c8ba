using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Bot.Channels.ZaloOa.Receive;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.ZaloOa;
using DiaChiSo.Fakes.ZaloOa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>What comes to the webhook: proved, committed before it is answered, taken once, and never in anybody's way.</summary>
public sealed class OaReceiving
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples => [.. OaSamples.Events];

    [Theory, MemberData(nameof(Samples))]
    public async Task Every_event_of_the_samples_is_taken_with_its_signature_and_only_once(string name)
    {
        await using var bot = await OaBot.Start();
        var body = Fresh(bot, OaSamples.Json(name + ".json"));
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(body));
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(body));
        // The account's own message, and the good-bye of somebody who was never here.
        Assert.Equal(name is "webhook-oa_send_text" or "webhook-unfollow" ? 0 : 1, await Rows(bot));
        Assert.Equal(0, bot.Pulse.Counts[WebhookEndpoint.RefusedCount]);
    }

    [Fact]
    public async Task A_bare_hex_signature_is_as_good_and_the_headers_time_will_do()
    {
        await using var bot = await OaBot.Start();
        var body = Text(bot, "xin chào");
        Assert.Equal(HttpStatusCode.OK, await bot.Post(body, (Signature.Header, bot.Zalo.MacOf(body))));
        var other = Text(bot, "chào em", "2");
        Assert.Equal(HttpStatusCode.OK, await bot.Post(other, (Signature.Header, "mac=" + bot.Zalo.MacOf(other, "1795378417999")), (Signature.TimestampHeader, "1795378417999")));
        Assert.Equal(2, await Rows(bot));
    }

    [Fact]
    public async Task A_missing_or_wrong_signature_is_refused_and_counted()
    {
        await using var bot = await OaBot.Start();
        var body = Text(bot, "xin chào");
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.Post(body));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.Post(body, (Signature.Header, "mac=" + new string('0', 64))));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.Post(body + " ", (Signature.Header, "mac=" + bot.Zalo.MacOf(body))));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.Post("{no json", (Signature.Header, "mac=" + bot.Zalo.MacOf(body))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await bot.Post(new string(' ', 600 * 1024)));
        Assert.Equal(5, bot.Health().Counts["refusedWebhooks"]);
        Assert.Equal(0, await Rows(bot));
        Assert.Null(bot.Health().HeardSecondsAgo);
    }

    [Fact]
    public async Task Without_a_key_everything_is_refused_and_health_says_what_to_do()
    {
        await using var bot = await OaBot.Start(settings: "--ZaloOa:OaSecretKey=");
        var body = Text(bot, "xin chào");
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.Post(body, (Signature.Header, "mac=" + bot.Zalo.MacOf(body))));
        Assert.Equal(0, await Rows(bot));
        Assert.Equal("red", bot.Health().State);
        Assert.Contains(bot.Health().ToDo, line => line.Contains("ZaloOa:OaSecretKey"));
    }

    [Fact]
    public async Task Without_a_key_development_takes_what_comes_from_this_machine()
    {
        await using var bot = await OaBot.Start(settings: ["--ZaloOa:OaSecretKey=", "--Environment=Development"]);
        Assert.Equal(HttpStatusCode.OK, await bot.Post(Text(bot, "xin chào")));
        Assert.Equal(1, await Rows(bot));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"ping":1}""")]
    public async Task The_ping_when_the_address_is_saved_is_answered_with_200(string body)
    {
        await using var bot = await OaBot.Start();
        Assert.Equal(HttpStatusCode.OK, await bot.Post(body));
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(bot.Zalo.WebhookUrl, Ct)).StatusCode);
        Assert.Equal(0, await Rows(bot));
    }

    [Fact]
    public async Task An_event_that_nobody_can_read_is_answered_with_200_and_holds_nobody_up()
    {
        await using var bot = await OaBot.Start();
        foreach (var poison in new[]
        {
            """{"event_name":"user_send_text","timestamp":"1"}""",
            """{"event_name":"user_send_location","timestamp":"1795378417738","sender":{"id":"1"},"message":{"attachments":[7,{"payload":null}]}}""",
            """{"event_name":"user_send_image","timestamp":"99999999999999999999","sender":[],"message":"x"}""",
        })
        {
            Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(poison));
        }
        const string noJson = "{bí mật";
        Assert.Equal(HttpStatusCode.OK, await bot.Post(noJson, (Signature.Header, "mac=" + bot.Zalo.MacOf(noJson, "7")), (Signature.TimestampHeader, "7")));
        var an = bot.Zalo.Someone("An");
        an.Say("3260700023");
        Assert.Contains("32607 00023", (await an.NextMessage()).Text);
        Assert.DoesNotContain(bot.Log, line => line.Contains("bí mật"));
    }

    [Fact]
    public async Task What_is_brought_three_times_is_answered_once_also_after_a_restart()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await an.NextMessage();
        var body = bot.Zalo.EventOf(an, "user_send_text");
        body["message"] = new JsonObject { ["text"] = "3260700023", ["msg_id"] = "m1" };
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(body.ToJsonString()));
        }
        await bot.UntilQuiet();
        var before = an.Messages.Count;
        await bot.Stop();
        await bot.Start();
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(body.ToJsonString()));
        await bot.UntilQuiet();
        Assert.Equal(before, an.Messages.Count);
        Assert.Single(an.Messages, message => message.Text.Contains("Trạm y tế"));
    }

    [Fact]
    public async Task What_comes_out_of_order_does_no_harm()
    {
        await using var bot = await OaBot.Start();
        var an = bot.Zalo.Someone("An");
        an.Follow();
        await an.NextMessage();
        await bot.UntilQuiet();
        // A good-bye that was late on the way: the person has come back and written since.
        var late = bot.Zalo.EventOf(an, "unfollow");
        late.Remove("sender");
        late.Remove("recipient");
        (late["follower"], late["oa_id"]) = (new JsonObject { ["id"] = an.Id }, bot.Zalo.Options.OaId);
        late["timestamp"] = Milliseconds(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(late.ToJsonString()));
        await bot.UntilQuiet();
        Assert.False(await bot.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        // A tap on a page that is over, brought behind the newer words.
        var menu = an.Last;
        an.Say("3260700023");
        await an.WaitForMessage(message => message.Text.Contains("1. Đúng rồi"));
        an.TapOn(menu, "1. Tra cứu địa chỉ");
        Assert.StartsWith("Nút này đã cũ", (await an.NextMessage()).Text);
        an.Tap("1. Đúng rồi");
        Assert.Contains("1. Tra cứu địa chỉ", (await an.NextMessage()).Labels);
    }

    [Fact]
    public async Task What_is_older_than_the_inbox_remembers_and_what_is_for_another_account_is_left_out()
    {
        await using var bot = await OaBot.Start();
        var old = JsonNode.Parse(Text(bot, "xin chào"))!;
        old["timestamp"] = Milliseconds(DateTimeOffset.UtcNow - Limits.InboxKept - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(old.ToJsonString()));
        var foreign = JsonNode.Parse(Text(bot, "xin chào"))!;
        foreign["recipient"]!["id"] = "999999999999999999";
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(foreign.ToJsonString()));
        Assert.Equal(0, await Rows(bot));
        Assert.Contains(bot.Log, line => line.Contains("ZaloOa:OaId"));
    }

    [Fact]
    public async Task Zalo_is_answered_within_two_seconds_also_while_the_bot_has_much_to_do()
    {
        await using var bot = await OaBot.Start();
        bot.Zalo.Someone("the first, who waits until the program is warm").Say("3260700023");
        await bot.UntilQuiet();
        var people = Enumerable.Range(0, 20).Select(at => bot.Zalo.Someone($"Người {at}")).ToList();
        people.ForEach(person => person.Say("3260700023"));
        await bot.Zalo.WaitUntilAllEventsAreTaken(TimeSpan.FromSeconds(30));
        Assert.All(bot.Zalo.Deliveries, delivery => Assert.Equal((200, 0), (delivery.Status, delivery.Try)));
        // Nineteen of twenty: the machine may be busy with other tests.
        var slow = bot.Zalo.Deliveries.Select(delivery => delivery.Took).Order().ElementAt(bot.Zalo.Deliveries.Count * 19 / 20);
        Assert.InRange(slow, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task While_the_disk_takes_nothing_Zalo_is_told_so_and_comes_again()
    {
        await using var bot = await OaBot.Start();
        var body = Text(bot, "3260700023");
        await bot.Arrange(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER broken BEFORE INSERT ON Inbox BEGIN SELECT RAISE(FAIL, 'disk full'); END", Ct));
        Assert.Equal(HttpStatusCode.InternalServerError, await bot.Zalo.BringOnce(body));
        await bot.Arrange(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER broken", Ct));
        Assert.Equal(HttpStatusCode.OK, await bot.Zalo.BringOnce(body));
        Assert.Equal(1, await Rows(bot));
    }

    private static Task<int> Rows(OaBot bot) => bot.Ask(db => db.Inbox.CountAsync(Ct));

    // The samples are of a day that is over, and of an application of their own.
    private static string Fresh(OaBot bot, JsonObject body)
    {
        body["timestamp"] = Milliseconds(DateTimeOffset.UtcNow);
        Assert.Equal(bot.Zalo.Options.AppId, (string?)body["app_id"]);
        return body.ToJsonString();
    }

    private static string Text(OaBot bot, string words, string id = "1")
    {
        var body = OaSamples.Json("webhook-user_send_text.json");
        body["message"] = new JsonObject { ["text"] = words, ["msg_id"] = "m" + id };
        return Fresh(bot, body);
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
