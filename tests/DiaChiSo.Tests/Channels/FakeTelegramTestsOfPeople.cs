using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.People;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DiaChiSo.Tests.Channels;

/// <summary>What people do reaches the bot in the shapes of the samples; profile methods; inline questions.</summary>
public class FakeTelegramTestsOfPeople
{
    public static TheoryData<string, string> Acts { get; } = new()
    {
        { "says", "update-text.json" },
        { "starts", "update-start-deeplink.json" },
        { "edits", "update-edited-text.json" },
        { "shares a place", "update-location.json" },
        { "shares a venue", "update-venue.json" },
        { "shares a live place", "update-live-location-start.json" },
        { "moves", "update-live-location-edit.json" },
        { "sends a photo", "update-photo.json" },
        { "blocks", "update-my-chat-member-blocked.json" },
        { "mentions in a group", "update-group-mention.json" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task What_a_person_does_has_the_shape_of_the_sample(string act, string sample)
    {
        await using var talk = await TelegramTalk.Start();
        var asked = act == "shares a place" ? (await talk.Bot.SendMessage(talk.An.Id, "Anh/chị gửi vị trí giúp em.")).Id : (int?)null;
        var group = talk.Telegram.Group("Nhóm", talk.An);
        Action what = act switch
        {
            "says" => () => talk.An.Say("phở gần đây"),
            "starts" => () => talk.An.Start("poi_8f3A-2"),
            "edits" => () => talk.An.EditMessage(talk.An.Say("phở"), "phở bò gần đây"),
            "shares a place" => () => talk.An.SharePlace(10.776889, 106.700806, 12, replyTo: asked),
            "shares a venue" => () => talk.An.ShareVenue(10.7725, 106.698, "Chợ Bến Thành", "Lê Lợi, Quận 1"),
            "shares a live place" => () => talk.An.ShareLivePlace(10.776889, 106.700806),
            "moves" => () => talk.An.ShareLivePlace(10.776889, 106.700806).Move(10.7771, 106.7012, 45),
            "sends a photo" => () => talk.An.SendPhoto(TelegramSamples.Png(1280, 960), "chỗ này là đâu?"),
            "blocks" => talk.An.Block,
            _ => () => talk.An.In(group).Say($"@{talk.Telegram.BotUsername} cơm tấm"),
        };
        what();

        var (_, answer) = await talk.Raw("getUpdates?offset=-1");

        Assert.Equal(TelegramSamples.Shape(TelegramSamples.Json(sample)), TelegramSamples.Shape(answer["result"]![0]));
    }

    [Fact]
    public async Task The_real_client_reads_every_kind_of_message()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        talk.An.SendSticker();
        talk.An.SendVoice();
        talk.An.SendContact("+84900000000", "An", own: true);
        talk.An.SendDocument([1, 2], "a.pdf", "tệp");
        talk.An.SharePlace(21.8563, 103.3291, forwardedFrom: talk.Telegram.Someone("Bình"));
        talk.An.SendAlbum([TelegramSamples.Png(), TelegramSamples.Png()], "hai ảnh");
        var live = talk.An.ShareLivePlace(21.8, 103.3);
        live.Stop();
        talk.An.SendRaw("""{"dice":{"emoji":"🎲","value":3}}""");

        var updates = await talk.Bot.GetUpdates();

        Assert.Equal(
            ["Sticker", "Voice", "Contact", "Document", "Location", "Photo", "Photo", "Location", "Location", "Dice"],
            updates.Select(update => (update.Message ?? update.EditedMessage)!.Type.ToString()));
        Assert.NotNull(updates[4].Message!.ForwardOrigin);
        Assert.Equal(updates[5].Message!.MediaGroupId, updates[6].Message!.MediaGroupId);
        Assert.Null(updates[8].EditedMessage!.Location!.LivePeriod);
    }

    [Fact]
    public async Task In_groups_the_bot_hears_commands_mentions_and_replies_to_itself_only()
    {
        await using var talk = await TelegramTalk.Start(open: false);
        var group = talk.Telegram.Group("Nhóm", talk.An);
        var an = talk.An.In(group);
        var asked = await talk.Bot.SendMessage(group.Id, "Dạ?");
        await talk.Bot.DropPendingUpdates();

        an.Say("chuyện riêng");
        an.Say("/tracuu@another_bot");
        an.Say("/tracuu");
        an.Say($"@{talk.Telegram.BotUsername} ơi");
        an.Say("đúng", replyTo: asked.Id);

        Assert.Equal(["/tracuu", $"@{talk.Telegram.BotUsername} ơi", "đúng"], (await talk.Bot.GetUpdates()).Select(update => update.Message!.Text));
    }

    [Fact]
    public async Task A_bot_that_was_thrown_out_of_a_group_gets_403()
    {
        await using var talk = await TelegramTalk.Start();
        var group = talk.Telegram.Group("Nhóm", talk.An);
        group.ThrowOut(talk.An);

        Assert.Equal("Forbidden: bot was kicked from the supergroup chat", (await TelegramTalk.Refused(() => talk.Bot.SendMessage(group.Id, "a"))).Message);
    }

    [Fact]
    public async Task A_button_that_is_not_on_the_screen_cannot_be_pressed()
    {
        await using var talk = await TelegramTalk.Start();

        Assert.Throws<InvalidOperationException>(() => talk.An.Press("Xem"));
    }

    [Fact]
    public async Task Commands_are_kept_by_scope_and_language()
    {
        await using var talk = await TelegramTalk.Start();

        await talk.Json("setMyCommands", TelegramSamples.Text("request-setMyCommands-vi.json"));
        await talk.Bot.SetMyCommands([new BotCommand("start", "Start")]);

        Assert.Empty(talk.Telegram.Refusals);
        Assert.Equal("Bắt đầu", talk.Telegram.Profile.Commands("all_private_chats", "vi")[0].Description);
        Assert.Equal("Start", Assert.Single(await talk.Bot.GetMyCommands()).Description);
        await talk.Bot.DeleteMyCommands();
        Assert.Empty(await talk.Bot.GetMyCommands());
    }

    [Theory]
    [InlineData("""{"commands":[{"command":"Tra-cứu","description":"a"}]}""")]
    [InlineData("""{"commands":[{"command":"a2345678901234567890123456789012x","description":"a"}]}""")]
    [InlineData("""{"commands":[{"command":"tracuu","description":""}]}""")]
    [InlineData("""{"commands":[{"command":"tracuu","description":"a"}],"language_code":"vie"}""")]
    [InlineData("""{"commands":[{"command":"tracuu","description":"a"}],"scope":{"type":"everywhere"}}""")]
    [InlineData("""{"commands":{"command":"tracuu","description":"a"}}""")]
    public async Task A_bad_command_menu_is_refused(string body)
    {
        await using var talk = await TelegramTalk.Start();

        Assert.StartsWith("Bad Request: ", await talk.RefusedJson("setMyCommands", body));
    }

    [Fact]
    public async Task More_than_100_commands_are_refused()
    {
        await using var talk = await TelegramTalk.Start();
        var commands = Enumerable.Range(0, 101).Select(i => new BotCommand($"c{i}", "a"));

        Assert.Equal(400, (await TelegramTalk.Refused(() => talk.Bot.SetMyCommands(commands))).ErrorCode);
    }

    [Theory]
    [InlineData("setMyName", "name", 64)]
    [InlineData("setMyDescription", "description", 512)]
    [InlineData("setMyShortDescription", "short_description", 120)]
    public async Task Words_about_the_bot_have_their_lengths(string method, string field, int longest)
    {
        await using var talk = await TelegramTalk.Start();
        string Body(int length) => new JsonObject { [field] = new string('ộ', length), ["language_code"] = "vi" }.ToJsonString();

        var (_, answer) = await talk.Json(method, Body(longest));

        Assert.True((bool)answer["result"]!);
        Assert.StartsWith("Bad Request: ", await talk.RefusedJson(method, Body(longest + 1)));
        Assert.Equal(longest, talk.Telegram.Profile.Words(field, "vi").Length);
    }

    [Fact]
    public async Task An_inline_question_is_answered_once_within_30_seconds()
    {
        var clock = new NotedClock();
        await using var talk = await TelegramTalk.Start(new() { Clock = clock });
        var (first, second) = (talk.An.AskInline("chợ"), talk.An.AskInline("chợ"));

        await talk.Bot.AnswerInlineQuery(first, []);
        clock.Advance(TimeSpan.FromSeconds(31));
        var late = await TelegramTalk.Refused(() => talk.Bot.AnswerInlineQuery(second, []));

        Assert.Contains("query is too old", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_and_the_bot_are_told_apart_by_their_ids()
    {
        await using var talk = await TelegramTalk.Start();
        FakePerson binh = talk.Telegram.Someone("Bình");

        Assert.Equal([700000001, 700000002], new[] { talk.An.Id, binh.Id });
    }
}
