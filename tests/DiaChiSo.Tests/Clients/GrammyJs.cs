using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.Telegram.People;
using DiaChiSo.Tests.Channels;

namespace DiaChiSo.Tests.Clients;

/// <summary>grammY, unmodified, on our fake Telegram: what the fake does otherwise than Telegram, another client of it stumbles over.</summary>
public sealed class GrammyJs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_polls_and_listens_on_the_fake_and_answers_whatever_a_person_sends()
    {
        await using var telegram = await FakeTelegram.Start(new FakeTelegramOptions { Flood = FloodLimits.None, Patience = Patience, AllowsMisfits = true });
        var running = NodeClient.Run("grammy.mjs", new
        {
            api = telegram.BaseUrl,
            token = telegram.Token,
            name = telegram.BotUsername,
            picture = Convert.ToBase64String(TelegramSamples.Png()),
        }, needs: "grammy");
        var an = telegram.Someone("An");
        var talking = Task.Run(async () =>
        {
            await Talk(telegram, an);
            await telegram.WaitForRequest(request => request is { Method: "setWebhook", Status: 200 });
            await Talk(telegram, an);
        });
        // Where the script fails (or is skipped), its own words say why, not our waiting.
        if (await Task.WhenAny(running, talking) == running)
        {
            await running;
        }
        await talking;
        Assert.Empty(telegram.Misfits);

        string[] answers = ["a text is answered", "a press is answered once, its message edited", "a place is answered by a venue",
            "a photo is fetched, others uploaded and sent again by id", "an inline question is answered once"];
        Assert.Equal(
        [
            .. answers.Select(answer => $"polling: {answer}"),
            "webhook: meanwhile nobody may poll",
            .. answers.Select(answer => $"webhook: {answer}"),
        ], (await running).OrderBy(line => line.StartsWith("webhook", StringComparison.Ordinal)).ThenBy(line => line.Contains("meanwhile") ? -1 : Array.FindIndex(answers, line.EndsWith)));
    }

    /// <summary>The schema in tests/data is what the pinned packages give; nobody has edited it.</summary>
    [Fact]
    public async Task The_schema_of_the_Bot_API_is_what_its_packages_give() =>
        Assert.Equal(["the schema is what the packages give"], await NodeClient.Run("telegram-schema.mjs", new { }, needs: "@gramio/types"));

    private static async Task Talk(FakeTelegram telegram, FakePerson an)
    {
        an.Say("xin chào");
        await an.Chat.NextMessage();
        var before = telegram.Requests.Count;
        an.Press("Đúng");
        await telegram.WaitForRequest(request => request.Number > before && request.Refusal?.Contains("not modified", StringComparison.Ordinal) == true);
        Assert.Equal("Đã nhận", an.Chat.Toasts[^1].Text);
        Assert.Equal("Đã chọn: đúng", an.Chat.Last.Text);
        an.SharePlace(21.8563, 103.3291, accuracy: 8);
        await an.Chat.WaitForMessage(message => message.Keyboard is not null);
        an.SendPhoto(TelegramSamples.Png(), caption: "biển");
        await an.Chat.WaitForMessage(message => message.Method == "sendDocument");
        var question = an.AskInline("32606 12345");
        await telegram.WaitForRequest(request => request is { Method: "answerInlineQuery", Status: 200 } && (string?)request.Arguments["inline_query_id"] == question);
        an.Say("/het");
        await an.Chat.WaitForMessage(message => message.RemovesKeyboard);
    }
}
